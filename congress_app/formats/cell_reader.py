"""Reads the cells of one row; every cell that cannot be read becomes a fault of the sheet.

A roster derives its own reader from this one and says which cells make up its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from congress_app.formats.faults import Fault, as_shown, missing_value
from congress_app.formats.records import Record
from congress_app.formats.sheet import Value
from congress_app.kernel.sentences import N_, Sentence

Read = TypeVar("Read")

TOO_LONG = N_("Nội dung dài {length} ký tự, quá {most}. Hãy rút ngắn.")


class CellReader:
    """One record, the letters of the sheet's columns, and the faults found so far.

    `longest` tells how many characters the table takes of a field, `headers` its name.
    """

    def __init__(
        self,
        record: Record,
        columns: Mapping[str, str],
        faults: list[Fault],
        *,
        longest: Mapping[str, int],
        headers: Mapping[str, str],
    ) -> None:
        self.record = record
        self.columns = columns
        self._faults = faults
        self._longest = longest
        self._headers = headers

    def fault(self, key: str, code: str, template: str, **params: object) -> None:
        """Note what is wrong with the cell of the field; `value` is what it holds."""
        value = as_shown(self.record.value(key))
        sentence = Sentence(template, **({"value": value} | params))
        self._faults.append(self.record.fault(key, code, sentence))

    def missing(self, key: str) -> None:
        """Note that the cell of the field is blank and must not be."""
        letter = self.columns.get(key, "")
        self._faults.append(missing_value(self.record.row, letter, self._headers[key]))

    def cell(
        self, key: str, read: Callable[[Value], Read], code: str, template: str
    ) -> Read | None:
        """The cell as `read` understands it; None when blank or not to be understood."""
        if not self.record.has(key):
            return None
        try:
            return read(self.record.value(key))
        except ValueError:
            self.fault(key, code, template)
            return None

    def text(self, key: str) -> str | None:
        """The cell as text; None when blank or longer than the table takes."""
        text = self.record.text(key)
        most = self._longest[key]
        if len(text) > most:
            self.fault(key, "bad_value", TOO_LONG, length=len(text), most=most)
            return None
        return text or None
