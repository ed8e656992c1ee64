"""The numbers under which a workbook keeps the styles of a list's cells.

Styles are registered with openpyxl by giving them to a cell that is then dropped; rows
written beside openpyxl refer to them by number.
"""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

DATE_FORMAT = "dd/mm/yyyy"
MOMENT_FORMAT = "dd/mm/yyyy hh:mm"
_ALIGNMENTS = {"text": "left", "centre": "center", "date": "center", "number": "right"}


class CellStyles:
    """Style numbers by kind of column; `note` is the plain text under a list."""

    def __init__(self, sheet: Worksheet, border: Border, font: str) -> None:
        self._sheet = sheet
        self._border = border
        self._font = Font(name=font, size=12)
        self._letters: list[str] = []
        self._plain = {kind: self._register(side) for kind, side in _ALIGNMENTS.items()}
        self._quoted = {
            kind: self._register(side, quoted=True) for kind, side in _ALIGNMENTS.items()
        }
        self._whole = self._register("right", "#,##0")
        self._whole_centre = self._register("center", "0")
        self._fraction = self._register("right", "#,##0.0##")
        self.date = self._register("center", DATE_FORMAT)
        self.moment = self._register("center", MOMENT_FORMAT)
        self.note = self._register("left", bordered=False, wrapped=False)

    def plain(self, kind: str) -> int:
        """The style of text and blanks in a column of the kind."""
        return self._plain[kind]

    def quoted(self, kind: str) -> int:
        """As `plain`, for text that would begin a formula."""
        return self._quoted[kind]

    def number(self, kind: str, value: int | float) -> int:
        """The style of a number: thousands grouped in number columns, bare elsewhere."""
        if isinstance(value, float):
            return self._fraction
        return self._whole if kind == "number" else self._whole_centre

    def letter(self, index: int) -> str:
        """The letter of the column (0 = A), remembered: it is asked for at every cell."""
        while len(self._letters) <= index:
            self._letters.append(get_column_letter(len(self._letters) + 1))
        return self._letters[index]

    def _register(
        self,
        side: str,
        number_format: str = "General",
        *,
        quoted: bool = False,
        bordered: bool = True,
        wrapped: bool = True,
    ) -> int:
        cell = Cell(self._sheet, row=1, column=1)
        cell.font = self._font
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=wrapped)
        if bordered:
            cell.border = self._border
        cell.number_format = number_format
        cell.quotePrefix = quoted
        return int(cell.style_id)
