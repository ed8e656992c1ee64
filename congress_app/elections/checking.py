"""A teller's sheet while it is filled in: what was typed, and which totals cannot be true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from congress_app.elections import counting
from congress_app.elections.count import Mode
from congress_app.elections.figures import (
    AGAINST,
    FOR,
    INVALID,
    KEEPS,
    NOT_A_COUNT,
    OTHER,
    VOTES,
    Fault,
    Figures,
    Hands,
    cell,
)
from congress_app.elections.naming import Label, labels
from congress_app.elections.rules import Form, Marking
from congress_app.elections.sheet import Vote, cells
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import nfc, number

# No congress counts ten million of anything; more digits are a slip of the keyboard.
_LONGEST = 7
_WHOLE = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+|[0-9]+")


def read(vote: Vote, typed: Mapping[str, str]) -> tuple[dict[str, int], tuple[Fault, ...]]:
    """The numbers in the cells that were filled in, and what is no number (NOT_A_COUNT).

    "1.234" is one thousand two hundred and thirty-four. Cells the sheet does not have are
    passed over.
    """
    numbers: dict[str, int] = {}
    wrong: list[Fault] = []
    for one in cells(vote):
        text = nfc(typed.get(one.key) or "")
        if not text:
            continue
        found = _whole(text)
        if found is None:
            wrong.append(not_a_count(one.key, one.label, text))
        else:
            numbers[one.key] = found
    return numbers, tuple(wrong)


def not_a_count(key: str, label: Label, value: object) -> Fault:
    """The fault of a cell that holds no whole number from 0 upwards."""
    return Fault(
        NOT_A_COUNT,
        Sentence(
            "{cell}: “{value}” không phải là số nguyên từ 0 trở lên. Hãy nhập lại.",
            cell=label,
            value=value,
        ),
        (key,),
    )


def faults(vote: Vote, filled: Mapping[str, int]) -> tuple[Fault, ...]:
    """What cannot be true in the cells filled in so far; empty cells are not compared."""
    return (*_issued(vote, filled), *counting.faults(_figures(vote, filled)))


def _issued(vote: Vote, filled: Mapping[str, int]) -> Iterator[Fault]:
    """More ballots handed out than there are delegates who may vote."""
    voters, issued = vote.convened + vote.absent_replaced, filled.get("issued", 0)
    if vote.rules.mode is Mode.SHOW_OF_HANDS or not voters or issued <= voters:
        return
    yield Fault(
        "ISSUED_OVER_VOTERS",
        Sentence(
            "Số phiếu phát ra ({issued}) nhiều hơn số đại biểu được bầu cử ({voters}). Hãy đếm "
            "lại số phiếu phát ra.",
            issued=number(issued),
            voters=number(voters),
        ),
        ("issued",),
    )


def _figures(vote: Vote, filled: Mapping[str, int]) -> Figures:
    if vote.rules.mode is Mode.SHOW_OF_HANDS:
        return _hands(vote, filled)
    got = filled.get
    return Figures(
        mode=vote.rules.mode,
        seats=vote.seats,
        votes={one.key: got(cell(VOTES, one.key)) for one in vote.listed},
        shown=labels(vote.listed),
        issued=got("issued"),
        collected=got("collected"),
        valid=got("valid"),
        invalid=got("invalid"),
        invalid_by={one.code: got(cell(INVALID, one.code)) for one in vote.rules.invalid_reasons},
        keeps={names: got(cell(KEEPS, names)) for names in range(1, vote.most_kept + 1)},
        allow_empty=vote.marking is Marking.COLUMNS,
    )


def _hands(vote: Vote, filled: Mapping[str, int]) -> Figures:
    whole = vote.rules.form is Form.HANDS_LIST
    voted_on = [""] if whole else [one.key for one in vote.listed]
    got = filled.get
    return Figures(
        mode=vote.rules.mode,
        seats=vote.seats,
        votes={which: got(cell(FOR, which)) for which in voted_on},
        shown=labels(vote.listed),
        valid=vote.present,
        hands={
            which: Hands(got(cell(AGAINST, which)), got(cell(OTHER, which))) for which in voted_on
        },
    )


def _whole(text: str) -> int | None:
    if not _WHOLE.fullmatch(text):
        return None
    digits = text.replace(".", "")
    return int(digits) if len(digits) <= _LONGEST else None
