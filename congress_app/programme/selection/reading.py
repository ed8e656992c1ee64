"""Read a selection file: JSON to a Problem, every fault named with its place.

`row` is the number of the speech in the list (from 1; 0 for the rules above it), `column`
the key. Numbers are read as written, so 0.1 is one tenth.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc
from congress_app.programme.selection.problem import ATTRIBUTES, SHARES, Offer, Problem, id_key

# Longer figures lose digits inside the solver; more speeches are no register of a congress.
SMALLEST = Fraction(1, 1_000_000)
LARGEST = 100_000
MOST_SPEECHES = 2000

NUMBER = N_("không phải là số hợp lệ; hãy ghi số có nhiều nhất 6 chữ số thập phân")
COUNT = N_("không phải là số nguyên không âm")
SHARE = N_("không phải là tỷ lệ từ 0 đến 1")
OBJECT = N_("phải là một đối tượng JSON")
LIST = N_("phải là một danh sách")
WORD = N_("phải là một chuỗi chữ")
MISSING = N_("còn thiếu")
TWICE = N_("đã dùng cho một tham luận khác")
STRANGE = N_("không có trong danh sách tham luận")
UNKNOWN = N_("không phải là tiêu chí có thể dùng")
MANY = N_("có quá nhiều tham luận (nhiều nhất 2000)")
KIND = N_("phải là “individual” hoặc “collective”")
SEX = N_("phải là “M” hoặc “F”")


class Reader:
    """Collects faults while the parts are read; `refuse` raises them all at once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._faults: list[tuple[str, Sentence, dict[str, object]]] = []

    def fault(self, code: str, row: int, column: str, value: object, why: str) -> None:
        """Note one fault."""
        shown = "" if value is None else str(value)[:80]
        said = Sentence(
            N_("{file}, tham luận thứ {row}, mục {column}: giá trị “{value}” {why}.")
            if row
            else N_("{file}, mục {column}: giá trị “{value}” {why}."),
            file=self._file,
            row=row,
            column=column,
            value=shown,
            why=Sentence(why),
        )
        detail = {"row": row, "column": column, "value": shown, "code": code, "message": said}
        self._faults.append((code, said, detail))

    def refuse(self) -> None:
        """Raise Unreadable when anything was noted; its code is that of the first fault."""
        if self._faults:
            code, sentence, _ = self._faults[0]
            raise Unreadable(code, sentence, [detail for _, _, detail in self._faults])

    def number(self, value: object, row: int, column: str, low: int | None = 0) -> Fraction:
        """An exact number, at least `low`."""
        if value is None:
            self.fault("missing_value", row, column, value, MISSING)
            return Fraction(0)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            # The size is looked at first: 1e999999 must not be written out.
            exact = Fraction(value) if -LARGEST <= value <= LARGEST else None
            if exact is not None and _is_short(exact) and (low is None or exact >= low):
                return exact
        self.fault("bad_number", row, column, value, NUMBER)
        return Fraction(0)

    def count(self, value: object, column: str) -> int:
        """A whole number from 0."""
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST:
            return value
        self.fault("bad_number", 0, column, value, COUNT)
        return 0

    def share(self, value: object, column: str) -> Fraction:
        """A part of one."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and 0 <= value <= 1:
            return self.number(value, 0, column)
        self.fault("bad_number", 0, column, value, SHARE)
        return Fraction(0)

    def word(self, value: object, row: int, column: str) -> str:
        """A text or a whole number as text, composed; empty for null."""
        if value is None or isinstance(value, str):
            return nfc(value or "")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self.fault("bad_value", row, column, value, WORD)
        return ""

    def mapping(self, value: object, column: str) -> Mapping[str, Any]:
        """An object; empty for null."""
        if value is None or isinstance(value, dict):
            return value or {}
        self.fault("bad_value", 0, column, value, OBJECT)
        return {}

    def sequence(self, value: object, column: str) -> list[Any]:
        """A list; empty for null."""
        if value is None or isinstance(value, list):
            return value or []
        self.fault("bad_value", 0, column, value, LIST)
        return []


def read_problem(data: bytes, file: str) -> Problem:
    """The problem of a selection file.

    Raises Unreadable: `unreadable_file`, `missing_value`, `bad_number`, `bad_value`,
    `duplicate_in_file`; `details` holds every fault with row, column, value.
    """
    try:
        text = data.decode("utf-8-sig")
        body = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise _unreadable(file, str(error)) from error
    if not isinstance(body, dict):
        raise _unreadable(file, "JSON object")
    return problem_from(body, file)


def problem_from(body: Mapping[str, Any], file: str) -> Problem:
    """The problem of a parsed file; raises as `read_problem`."""
    reader = Reader(file)
    offers = _offers(reader, reader.sequence(body.get("speeches"), "speeches"))
    if body.get("speeches") is None:
        reader.fault("missing_value", 0, "speeches", None, MISSING)
    known = {offer.id for offer in offers}
    limit = body.get("max_per_unit")
    problem = Problem(
        offers=offers,
        budget=reader.number(body.get("budget_minutes"), 0, "budget_minutes"),
        changeover=reader.number(body.get("changeover_minutes", 0), 0, "changeover_minutes"),
        max_per_unit=None if limit is None else reader.count(limit, "max_per_unit"),
        shares=_shares(reader, body.get("min_share")),
        least=_counts(reader, body.get("min"), "min"),
        most=_counts(reader, body.get("max"), "max"),
        topic_penalty=reader.number(body.get("topic_penalty", 0), 0, "topic_penalty"),
        locked_in=_locks(reader, body, "locked_in", known),
        locked_out=_locks(reader, body, "locked_out", known),
    )
    reader.refuse()
    return problem


def _unreadable(file: str, why: str) -> Unreadable:
    return Unreadable(
        "unreadable_file",
        Sentence(
            N_("{file} không phải là tệp JSON đọc được ({why}). Hãy kiểm tra lại tệp."),
            file=file,
            why=why[:200],
        ),
    )


def _is_short(number: Fraction) -> bool:
    return (number / SMALLEST).denominator == 1


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _offers(reader: Reader, rows: list[Any]) -> tuple[Offer, ...]:
    if len(rows) > MOST_SPEECHES:
        reader.fault("bad_value", 0, "speeches", len(rows), MANY)
        return ()
    found: dict[str, Offer] = {}
    for row, each in enumerate(rows, start=1):
        if not isinstance(each, dict):
            reader.fault("bad_value", row, "speeches", each, OBJECT)
            continue
        name = reader.word(each.get("id"), row, "id")
        if not name:
            reader.fault("missing_value", row, "id", each.get("id"), MISSING)
        elif name in found:
            reader.fault("duplicate_in_file", row, "id", name, TWICE)
        found[name] = _offer(reader, row, name, each)
    return tuple(sorted(found.values(), key=lambda offer: id_key(offer.id)))


def _offer(reader: Reader, row: int, name: str, each: Mapping[str, Any]) -> Offer:
    marks = {key: reader.word(each.get(key), row, key) for key in ATTRIBUTES}
    checks: tuple[tuple[str, tuple[str, ...], str], ...] = (
        ("kind", ("", "individual", "collective"), KIND),
        ("sex", ("", "M", "F"), SEX),
    )
    for key, allowed, why in checks:
        if marks[key] not in allowed:
            reader.fault("bad_value", row, key, marks[key], why)
    return Offer(
        name,
        minutes=reader.number(each.get("minutes"), row, "minutes"),
        score=reader.number(each.get("score"), row, "score", low=None),
        marks={key: value for key, value in marks.items() if value},
    )


def _shares(reader: Reader, value: object) -> dict[str, Fraction]:
    found = {}
    for key, share in reader.mapping(value, "min_share").items():
        column = f"min_share.{key}"
        if key not in SHARES:
            reader.fault("bad_value", 0, column, key, UNKNOWN)
        found[key] = reader.share(share, column)
    return found


def _counts(reader: Reader, value: object, column: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for attribute, limits in reader.mapping(value, column).items():
        place = f"{column}.{attribute}"
        if attribute not in ATTRIBUTES:
            reader.fault("bad_value", 0, place, attribute, UNKNOWN)
        found[attribute] = {
            nfc(name): reader.count(limit, f"{place}.{name}")
            for name, limit in reader.mapping(limits, place).items()
        }
    return found


def _locks(reader: Reader, body: Mapping[str, Any], column: str, known: set[str]) -> frozenset[str]:
    names = [reader.word(each, 0, column) for each in reader.sequence(body.get(column), column)]
    for name in names:
        if name not in known:
            reader.fault("bad_value", 0, column, name, STRANGE)
    return frozenset(names)
