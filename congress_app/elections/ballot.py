"""What stands on a ballot: how many names for how many seats, and who may be on the next one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from congress_app.elections.conduct import RoundKind
from congress_app.elections.count import Count, Outcome
from congress_app.elections.rules import Marking, Rules
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number


@dataclass(frozen=True, slots=True)
class NextRound:
    """The round that follows: who may stand, how many names a ballot may keep.

    A re-vote lists exactly the tied and the higher number wins; an additional round lists
    who is left of the adopted list and needs the majority again.
    """

    kind: RoundKind
    listed: tuple[str, ...]
    seats: int
    needs_majority: bool
    reason: Sentence


def surplus(candidates: int, seats: int) -> int:
    """How many more stand than can be elected; negative when names are missing."""
    return candidates - seats


def surplus_limit(rules: Rules, seats: int) -> int | None:
    """The most names over the seats; None without a limit.

    A share of the seats, rounded down, but one name over is always within it: with three
    seats and 30 percent there could be no surplus at all.
    """
    if rules.surplus_percent is None:
        return None
    return max(1, seats * rules.surplus_percent // 100)


def surplus_warning(rules: Rules, candidates: int, seats: int) -> Sentence | None:
    """What is to be thought about before the list is adopted; it never blocks."""
    over = surplus(candidates, seats)
    if over < 0:
        return Sentence(
            "Danh sách có {candidates} người cho {seats} suất, còn thiếu {missing}. Hãy giới "
            "thiệu thêm, nếu không sẽ bầu thiếu.",
            candidates=number(candidates),
            seats=number(seats),
            missing=number(-over),
        )
    limit = surplus_limit(rules, seats)
    if limit is None or over <= limit:
        return None
    return Sentence(
        "Số dư là {over} người, quá {percent} % của {seats} suất (nhiều nhất {limit} người). "
        "Hãy rút bớt hoặc để đại hội quyết định.",
        over=number(over),
        percent=number(rules.surplus_percent or 0),
        seats=number(seats),
        limit=number(limit),
    )


def instruction(rules: Rules, candidates: int, seats: int) -> Sentence:
    """How to fill in a ballot, as printed on it."""
    if rules.marking(candidates, seats) is Marking.COLUMNS:
        return Sentence(
            N_(
                "Đánh dấu X vào cột “Đồng ý” hoặc “Không đồng ý” bên cạnh họ và tên từng người. "
                "Không ký tên, không viết thêm."
            )
        )
    return Sentence(
        "Bầu nhiều nhất {seats} người: gạch cả họ và tên những người không bầu. "
        "Không ký tên, không viết thêm.",
        seats=number(seats),
    )


def following(count: Count, outcome: Outcome) -> NextRound | None:
    """The round a result asks for; None when all seats are filled.

    `listed` of an additional round is empty when everybody of the list is elected: then it
    needs new names.
    """
    if outcome.tied is not None:
        return NextRound(
            RoundKind.REVOTE,
            outcome.tied.codes,
            outcome.tied.seats,
            False,
            Sentence(
                "{count} người bằng phiếu, còn {seats} suất",
                count=number(len(outcome.tied.codes)),
                seats=number(outcome.tied.seats),
            ),
        )
    if not outcome.vacant:
        return None
    left = tuple(one.id for one in outcome.ranking if not one.elected)
    return NextRound(
        RoundKind.ADDITIONAL,
        left,
        outcome.vacant,
        True,
        Sentence(
            "Còn thiếu {vacant}/{seats} suất",
            vacant=number(outcome.vacant),
            seats=number(count.seats),
        ),
    )


def check_listed(
    plan: NextRound, listed: Sequence[str], elected: Collection[str], *, new_names: bool
) -> None:
    """May these stand in the round? `elected` are those elected in all rounds so far.

    `new_names`: the congress decided that names may be added. Raises RuleViolation
    `not_the_tied`, `already_elected`, `new_name` or `nobody_listed`.
    """
    if plan.kind is RoundKind.REVOTE and set(listed) != set(plan.listed):
        raise RuleViolation(
            "not_the_tied",
            Sentence(N_("Lượt bầu lại chỉ gồm đúng những người bằng phiếu. Hãy sửa danh sách.")),
            [{"codes": list(plan.listed)}],
        )
    if not listed:
        raise RuleViolation(
            "nobody_listed", Sentence(N_("Danh sách chưa có ai. Hãy thêm người rồi mở lượt bầu."))
        )
    if again := [code for code in listed if code in elected]:
        raise RuleViolation(
            "already_elected",
            Sentence(N_("Có người trong danh sách đã trúng cử. Hãy bỏ tên người đó.")),
            [{"codes": again}],
        )
    if not new_names and (added := [code for code in listed if code not in plan.listed]):
        raise RuleViolation(
            "new_name",
            Sentence(
                N_("Danh sách có người mới. Đại hội phải quyết định cho bổ sung trước khi bầu.")
            ),
            [{"codes": added}],
        )


def round_limit_warning(rules: Rules, held: int) -> Sentence | None:
    """Ask before a round beyond the rule's number; `held` counts the rounds so far."""
    if held < rules.rounds:
        return None
    return Sentence(
        "Đã bầu {held} lượt. Theo quy định, đại hội quyết định có bầu tiếp hay không.",
        held=number(held),
    )
