"""What may not be done to a unit, and how that is said."""

from __future__ import annotations

from typing import Protocol

from congress_app.kernel.errors import Forbidden, RuleViolation
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units import tree


class Named(Protocol):
    """What the rules need to know of a unit."""

    code: str
    name: str
    path: str

    @property
    def is_active(self) -> bool: ...  # noqa: D102


def called(unit: Named | None) -> str | None:
    """How the log names a unit."""
    return f"{unit.name} ({unit.code})" if unit else None


def must_edit(actor: Actor, path: str) -> None:
    """Raise Forbidden unless the actor may change the unit at the path."""
    if not actor.can(Permission.UNIT_EDIT, path):
        raise Forbidden(
            "forbidden",
            Sentence(
                N_(
                    "Bạn không được sửa cây đơn vị ở vị trí này. "
                    "Hãy đề nghị Ban tổ chức cấp trên thực hiện."
                )
            ),
        )


def must_edit_everything(actor: Actor) -> None:
    """Raise Forbidden unless the actor may change a whole tree, as clusters go across it.

    That holds for the clusters and for which of them a unit is in: seats given back are
    handed on within one, so no unit chooses its own.
    """
    if not actor.holds_at_root(Permission.UNIT_EDIT):
        raise Forbidden(
            "forbidden",
            Sentence(
                N_(
                    "Cụm thi đua và đơn vị trong cụm do cấp Ngành xếp. "
                    "Hãy đề nghị Ban tổ chức Ngành thực hiện."
                )
            ),
        )


def must_be_active(unit: Named) -> None:
    """Raise RuleViolation `merged_unit` when the unit was merged into another one."""
    if not unit.is_active:
        raise RuleViolation(
            "merged_unit",
            Sentence(
                N_("“{unit}” đã sáp nhập vào đơn vị khác nên không dùng được ở đây."),
                unit=unit.name,
            ),
        )


def must_not_loop(unit: Named, target: Named) -> None:
    """Raise RuleViolation `loop` when the target is the unit itself or stands below it."""
    if tree.would_loop(unit.path, target.path):
        raise RuleViolation(
            "loop",
            Sentence(
                N_("“{target}” là chính “{unit}” hoặc ở bên dưới nó. Hãy chọn đơn vị khác."),
                target=target.name,
                unit=unit.name,
            ),
        )
