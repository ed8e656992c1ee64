"""Faults of a sheet: what is wrong at which cell, listed all at once.

The codes are the outside contract of imports; `docs/formats.md` explains each.
"""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.formats.cells import text_of
from congress_app.formats.sheet import Value, column_letter
from congress_app.kernel.sentences import N_, Sentence, Translator

FAULT_CODES = (
    "missing_column",
    "duplicate_column",
    "missing_value",
    "bad_date",
    "bad_sex",
    "bad_number",
    "bad_phone",
    "bad_email",
    "bad_value",
    "unknown_unit",
    "ambiguous_unit",
    "unknown_category",
    "unknown_kind",
    "wrong_parent_kind",
    "loop",
    "outside_reach",
    "duplicate_in_file",
    "duplicate_in_database",
    "stale_answer",
    "over_cap",
    "over_quota",
    "unreadable_file",
    "legacy_encoding",
)

_SHOWN_LETTERS = 200


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the sheet's own row number, the column's letter, the value as read
    (the beginning of a long one).

    A fault of the whole file has row 0 and column ""; one of a whole column names the
    header's row.
    """

    row: int
    column: str
    value: str
    code: str
    sentence: Sentence

    def as_dict(self, translate: Translator = str) -> dict[str, object]:
        """The shape commands and the API print."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.sentence.render(translate),
        }


def as_shown(value: Value) -> str:
    """The cell as text, as much of it as helps to find it."""
    text = text_of(value)
    return text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1]}…"


def fault_at(row: int, index: int, value: Value, code: str, sentence: Sentence) -> Fault:
    """A fault at the cell in the row and column (0 = A), its value shown as text."""
    return Fault(row, column_letter(index), as_shown(value), code, sentence)


def missing_value(row: int, letter: str, header: str) -> Fault:
    """The cell of a required column is blank."""
    sentence = Sentence(
        N_("Ô {cell} bỏ trống: cần điền “{header}”."), cell=f"{letter}{row}", header=header
    )
    return Fault(row, letter, "", "missing_value", sentence)
