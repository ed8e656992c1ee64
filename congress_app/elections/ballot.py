"""What stands on a ballot: how many names for how many seats, and how it is filled in."""

from __future__ import annotations

from congress_app.elections.rules import Marking, Rules
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number


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


def round_limit_warning(rules: Rules, held: int) -> Sentence | None:
    """Ask before a round beyond the rule's number; `held` counts the rounds so far."""
    if held < rules.rounds:
        return None
    return Sentence(
        "Đã bầu {held} lượt. Theo quy định, đại hội quyết định có bầu tiếp hay không.",
        held=number(held),
    )
