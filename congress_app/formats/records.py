"""The entries of a sheet by field, and the whole outcome of matching one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from congress_app.formats.cells import text_of
from congress_app.formats.faults import Fault, as_shown
from congress_app.formats.sheet import Value
from congress_app.kernel.sentences import Sentence


@dataclass(frozen=True)
class Record:
    """One entry: its row in the sheet, its values by field, and where each one stands.

    Blank cells have no value. `letters` holds the column of every field of the sheet.
    """

    row: int
    values: Mapping[str, Value]
    letters: Mapping[str, str]

    def has(self, key: str) -> bool:
        """True when the cell of the field is filled."""
        return key in self.values

    def value(self, key: str) -> Value:
        """The value of the field as read; None when blank or without a column."""
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The value of the field as text; "" when blank or without a column."""
        return text_of(self.values.get(key))

    def fault(self, key: str, code: str, sentence: Sentence) -> Fault:
        """A fault at the cell of the field in this row."""
        return Fault(self.row, self.letters.get(key, ""), as_shown(self.value(key)), code, sentence)


@dataclass(frozen=True)
class Matched:
    """What a sheet holds: records, or the column faults that forbid reading them.

    `columns` maps a field's key to the letter of its column. `notes` are sentences about
    columns and rows that were passed over.
    """

    header_row: int | None
    columns: Mapping[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Sentence, ...] = ()
