"""Who may launch a movement and who may report on it, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from congress_app.exemplars.movements import MovementFacts, Quarter, quarters
from congress_app.kernel.errors import Forbidden, RuleViolation
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence


def must_launch(actor: Actor, unit_path: str) -> None:
    """Raise Forbidden unless the actor organises movements of the unit."""
    if not actor.can(Permission.EXEMPLAR_DECIDE, unit_path):
        raise Forbidden(
            "forbidden",
            Sentence(N_("Chỉ Ban tổ chức của đơn vị phát động mới lập, sửa được phong trào.")),
        )


def must_report(actor: Actor, unit_path: str) -> None:
    """Raise Forbidden unless the actor reports for the unit."""
    if not actor.can(Permission.EXEMPLAR_NOMINATE, unit_path):
        raise Forbidden(
            "forbidden",
            Sentence(N_("Bạn chỉ báo cáo được cho đơn vị mình và các đơn vị bên dưới.")),
        )


def must_be_asked(movement: MovementFacts, quarter: Quarter, *, unit: bool, today: date) -> None:
    """Raise RuleViolation unless this report may be written.

    `unit` tells whether the unit is one that reports. Codes `not_asked`,
    `no_such_quarter`, `quarter_not_begun`.
    """
    if not unit:
        raise RuleViolation(
            "not_asked",
            Sentence(
                N_("Đơn vị này không thuộc diện báo cáo của phong trào. Hãy chọn đơn vị khác.")
            ),
        )
    if quarter not in quarters(movement):
        raise RuleViolation(
            "no_such_quarter",
            Sentence(
                N_("Phong trào không diễn ra trong {quarter}. Hãy chọn quý khác."),
                quarter=quarter.words,
            ),
        )
    if quarter.first_day > today:
        raise RuleViolation(
            "quarter_not_begun",
            Sentence(
                N_("Chưa đến {quarter} nên chưa báo cáo được. Hãy chọn quý đã bắt đầu."),
                quarter=quarter.words,
            ),
        )


def must_keep_results(movement: MovementFacts, told: Iterable[Quarter]) -> None:
    """Raise RuleViolation `results_outside` when a reported quarter would fall out."""
    lost = sorted(set(told) - set(quarters(movement)))
    if lost:
        raise RuleViolation(
            "results_outside",
            Sentence(
                N_(
                    "Đã có đơn vị báo cáo {quarter}, nằm ngoài thời gian mới. "
                    "Hãy chọn thời gian gồm cả quý này."
                ),
                quarter=lost[0].words,
            ),
        )


def concerns(path: str, within: Sequence[str], *, above: bool = True) -> bool:
    """Does a unit stand within reach, or (with `above`) above a part of it?"""
    return any(
        path.startswith(reach) or (above and reach.startswith(path)) or reach == "/"
        for reach in within
    )
