"""Totals that cannot be true, each with its code, the cells it stands in and what to do.

Only figures that are there are compared, so the same function serves a sheet that is being
filled in, a sheet at closing and a counting file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from congress_app.elections.count import Count, Mode
from congress_app.elections.figures import (
    AGAINST,
    FOR,
    INVALID,
    KEEPS,
    NOT_A_COUNT,
    OTHER,
    Fault,
    Figures,
    Hands,
    cell,
)
from congress_app.elections.naming import labels
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number


def figures(count: Count) -> Figures:
    """The figures of a whole count."""
    return Figures(
        mode=count.mode,
        seats=count.seats,
        votes={one.id: one.votes for one in count.candidates},
        shown=labels([one.named for one in count.candidates]),
        issued=count.issued,
        collected=count.collected,
        valid=count.valid,
        invalid=count.invalid,
        keeps=count.keeps or {},
        hands={
            one.id: Hands(one.against, one.other)
            for one in count.candidates
            if one.against is not None or one.other is not None
        },
        allow_empty=count.allow_empty,
    )


def faults(found: Figures) -> tuple[Fault, ...]:
    """Everything that cannot be true, all at once; () when the totals can stand."""
    if negative := tuple(_negative(found)):
        # Sums that fit by a number below zero would hide what is wrong.
        return negative
    checks = (_over_valid, _hands) if found.mode is Mode.SHOW_OF_HANDS else _BALLOTS
    return tuple(fault for check in checks for fault in check(found))


def _negative(found: Figures) -> Iterator[Fault]:
    cells: dict[str, int | None] = {
        "issued": found.issued,
        "collected": found.collected,
        "valid": found.valid,
        "invalid": found.invalid,
    }
    cells |= {cell(INVALID, code): value for code, value in found.invalid_by.items()}
    cells |= {found.votes_cell(key): value for key, value in found.votes.items()}
    cells |= {cell(KEEPS, names): value for names, value in found.keeps.items()}
    for key, hands in found.hands.items():
        cells |= {cell(AGAINST, key): hands.against, cell(OTHER, key): hands.other}
    for key, value in cells.items():
        if value is not None and value < 0:
            yield Fault(
                NOT_A_COUNT,
                Sentence(
                    "Ô {cell}: {value} không phải là số nguyên từ 0 trở lên. Hãy nhập lại.",
                    cell=key,
                    value=number(value),
                ),
                (key,),
            )


def _collected(found: Figures) -> Iterator[Fault]:
    if found.collected is None or found.issued is None or found.collected <= found.issued:
        return
    yield Fault(
        "COLLECTED_OVER_ISSUED",
        Sentence(
            "Số phiếu thu về ({collected}) nhiều hơn số phiếu phát ra ({issued}). Hãy đếm lại hai "
            "số này.",
            collected=number(found.collected),
            issued=number(found.issued),
        ),
        ("collected", "issued"),
    )


def _valid_and_invalid(found: Figures) -> Iterator[Fault]:
    if found.valid is None or found.invalid is None or found.collected is None:
        return
    if found.valid + found.invalid == found.collected:
        return
    yield Fault(
        "VALID_PLUS_INVALID",
        Sentence(
            "Số phiếu hợp lệ ({valid}) cộng số phiếu không hợp lệ ({invalid}) là {sum}, khác số "
            "phiếu thu về ({collected}). Hãy đếm lại ba số này.",
            valid=number(found.valid),
            invalid=number(found.invalid),
            sum=number(found.valid + found.invalid),
            collected=number(found.collected),
        ),
        ("valid", "invalid", "collected"),
    )


def _reasons(found: Figures) -> Iterator[Fault]:
    counted = _filled(found.invalid_by)
    if not counted or found.invalid is None or sum(counted) == found.invalid:
        return
    yield Fault(
        "INVALID_BY_REASON",
        Sentence(
            "Số phiếu không hợp lệ theo từng lý do cộng lại là {sum}, khác số phiếu không hợp lệ "
            "({invalid}). Hãy xếp mỗi phiếu vào đúng một lý do.",
            sum=number(sum(counted)),
            invalid=number(found.invalid),
        ),
        ("invalid", *(cell(INVALID, code) for code in found.invalid_by)),
    )


def _over_valid(found: Figures) -> Iterator[Fault]:
    if found.valid is None:
        return
    what = (
        N_("{name}: {votes} lượt tán thành, nhiều hơn số người biểu quyết ({valid}). Hãy đếm lại.")
        if found.mode is Mode.SHOW_OF_HANDS
        else N_(
            "{name}: {votes} phiếu bầu, nhiều hơn số phiếu hợp lệ ({valid}). Hãy kiểm lại phiếu."
        )
    )
    for key, votes in found.votes.items():
        if votes is not None and votes > found.valid:
            yield Fault(
                "VOTES_OVER_VALID",
                Sentence(
                    what, name=found.name(key), votes=number(votes), valid=number(found.valid)
                ),
                (found.votes_cell(key), "valid"),
            )


def _over_seats(found: Figures) -> Iterator[Fault]:
    votes = _filled(found.votes)
    if not votes or found.valid is None or sum(votes) <= found.valid * found.seats:
        return
    yield Fault(
        "VOTES_OVER_SEATS",
        Sentence(
            "Tổng số lượt bầu là {sum}, nhiều hơn {valid} phiếu hợp lệ × {seats} suất = {most}. "
            "Phiếu bầu quá {seats} người là phiếu không hợp lệ: hãy kiểm lại.",
            sum=number(sum(votes)),
            valid=number(found.valid),
            seats=number(found.seats),
            most=number(found.valid * found.seats),
        ),
        ("valid", *(found.votes_cell(key) for key in found.votes)),
    )


def _under_valid(found: Figures) -> Iterator[Fault]:
    votes = _filled(found.votes)
    if votes is None or found.valid is None or found.allow_empty or sum(votes) >= found.valid:
        return
    yield Fault(
        "VOTES_UNDER_VALID",
        Sentence(
            "Tổng số lượt bầu là {sum}, ít hơn số phiếu hợp lệ ({valid}). Phiếu không bầu ai là "
            "phiếu không hợp lệ: hãy kiểm lại.",
            sum=number(sum(votes)),
            valid=number(found.valid),
        ),
        ("valid", *(found.votes_cell(key) for key in found.votes)),
    )


def _keeps(found: Figures) -> Iterator[Fault]:
    counted = _filled(found.keeps)
    if not counted or found.valid is None:
        return
    kept = {many: ballots for many, ballots in found.keeps.items() if ballots}
    # Sums over ballots that cannot be valid would only say the same once more.
    for sentence in tuple(_keeps_outside(found, kept)) or _keeps_sums(found, kept):
        yield Fault("KEEPS_MISMATCH", sentence, tuple(cell(KEEPS, many) for many in found.keeps))


def _keeps_outside(found: Figures, kept: Mapping[int, int | None]) -> Iterator[Sentence]:
    fewest, most = (0 if found.allow_empty else 1), min(found.seats, len(found.votes))
    for many, ballots in kept.items():
        if not fewest <= many <= most:
            yield Sentence(
                "{ballots} phiếu hợp lệ bầu {many} người, nhưng phiếu hợp lệ bầu từ {fewest} đến "
                "{most} người. Hãy kiểm lại.",
                ballots=number(ballots or 0),
                many=number(many),
                fewest=number(fewest),
                most=number(most),
            )


def _keeps_sums(found: Figures, kept: Mapping[int, int | None]) -> Iterator[Sentence]:
    ballots = sum(value or 0 for value in kept.values())
    valid = found.valid or 0
    # Where ballots may be empty and nobody counted those, they are what is left.
    if ballots > valid or (ballots < valid and not (found.allow_empty and 0 not in found.keeps)):
        yield Sentence(
            "Số phiếu theo số người được bầu cộng lại là {sum}, khác số phiếu hợp lệ ({valid}). "
            "Hãy kiểm lại.",
            sum=number(ballots),
            valid=number(valid),
        )
        return
    votes = _filled(found.votes)
    if votes is None:
        return
    names = sum(many * (value or 0) for many, value in kept.items())
    if names != sum(votes):
        yield Sentence(
            "Theo số người được bầu trên từng phiếu thì có {names} lượt bầu, nhưng số phiếu của "
            "từng người cộng lại là {sum}. Hãy kiểm lại.",
            names=number(names),
            sum=number(sum(votes)),
        )
    elif unlikely := _impossible(votes, kept):
        yield unlikely


def _impossible(votes: Sequence[int], kept: Mapping[int, int | None]) -> Sentence | None:
    """No set of ballots gives these votes (Gale and Ryser, 1957).

    The k highest together cannot have more votes than ballots hold with at most k of them.
    """
    ranked = sorted(votes, reverse=True)
    for many, together in enumerate(accumulate(ranked), start=1):
        most = sum(min(names, many) * (value or 0) for names, value in kept.items())
        if together > most:
            return Sentence(
                "{count} người nhiều phiếu nhất được tất cả {sum} phiếu, nhưng với số người được "
                "bầu trên từng phiếu thì chỉ có thể được nhiều nhất {most}. Hãy kiểm lại.",
                count=number(many),
                sum=number(together),
                most=number(most),
            )
    return None


def _hands(found: Figures) -> Iterator[Fault]:
    for key, hands in found.hands.items():
        raised = (found.votes.get(key), hands.against, hands.other)
        counted = [one for one in raised if one is not None]
        if found.valid is None or len(counted) < len(raised) or sum(counted) == found.valid:
            continue
        yield Fault(
            "HANDS_MISMATCH",
            Sentence(
                "{name}: tán thành {yes}, không tán thành {no}, ý kiến khác {other}, cộng lại là "
                "{sum}, khác số người biểu quyết ({voting}). Hãy đếm lại.",
                name=found.name(key),
                yes=number(counted[0]),
                no=number(counted[1]),
                other=number(counted[2]),
                sum=number(sum(counted)),
                voting=number(found.valid),
            ),
            (*(cell(kind, key) for kind in (FOR, AGAINST, OTHER)), "valid"),
        )


def _filled(cells: Mapping[int, int | None] | Mapping[str, int | None]) -> list[int] | None:
    """The numbers of all cells; None while one is empty."""
    counted = [value for value in cells.values() if value is not None]
    return counted if len(counted) == len(cells) else None


_BALLOTS = (
    _collected,
    _valid_and_invalid,
    _reasons,
    _over_valid,
    _over_seats,
    _under_valid,
    _keeps,
)
