"""Write a list as a workbook that opens well, prints well and runs nothing.

The frame (styles, page set-up, header) is made with openpyxl. The rows are then written
into its sheet directly: they are plain, and openpyxl needs a dozen times as long for
them, which a person waiting for an export would feel.

Text is stored as inline strings, which a spreadsheet never evaluates; what begins with
= + - @ also carries the quote mark, so that editing the cell does not turn it into a
formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from congress_app.formats.xlsx.cell_styles import CellStyles
from congress_app.kernel import clock
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import nfc, nfc_lines

Kind = Literal["text", "number", "date", "centre"]
Cell = str | int | float | Decimal | Fraction | bool | date | datetime | PartialDate | None

FONT = "Times New Roman"
_EPOCH = date(1899, 12, 30)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# XML 1.0 forbids them even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_TEXT = 32_767
_SHEET_PART = "xl/worksheets/sheet1.xml"
_PROPERTIES_PART = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_THIN = Side(style="thin", color="8A8378")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEADER_FILL = PatternFill("solid", fgColor="F6E7C8")


@dataclass(frozen=True)
class Column:
    """A column to write: its header, its width in characters, what its cells hold.

    `text` is set left, `centre` in the middle, `number` and `date` as real numbers and
    dates; a value of another type in such a column keeps its own nature.
    """

    header: str
    width: float = 16
    kind: Kind = "text"


def write_sheet(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str | None = None,
    subtitle: str | None = None,
    sheet_name: str = "Danh sách",
    landscape: bool = True,
    footer: Sequence[str] = (),
) -> bytes:
    """An .xlsx file of the rows under a header that stays in sight and repeats in print.

    A4, fitted to the page's width. Dates of which only month or year is known are text.
    The same rows under a frozen clock give the same bytes.
    """
    body = [tuple(row) for row in rows]
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = re.sub(r"[\[\]:*?/\\']", " ", nfc(sheet_name))[:31]
    workbook.properties.created = workbook.properties.modified = clock.now().replace(tzinfo=None)
    workbook.properties.creator = ""
    header_row = _write_head(sheet, columns, title, subtitle)
    last_row = header_row + len(body)
    last_printed = last_row + (len(footer) + 1 if footer else 0)
    _set_up_page(sheet, columns, header_row, last_row, last_printed, landscape=landscape)
    styles = CellStyles(sheet, BORDER, FONT)
    rows_xml = [
        _row_xml(number, row, columns, styles) for number, row in enumerate(body, header_row + 1)
    ]
    rows_xml += [
        f'<row r="{number}">{_text_xml(f"A{number}", nfc(text), styles.note)}</row>'
        for number, text in enumerate(footer, last_row + 2)
    ]
    return _with_rows(workbook, "".join(rows_xml))


def _write_head(
    sheet: Worksheet, columns: Sequence[Column], title: str | None, subtitle: str | None
) -> int:
    """Title, subtitle and header; gives the header's row."""
    row = 1
    lines = ((title, Font(name=FONT, size=14, bold=True)), (subtitle, Font(name=FONT, size=12)))
    for text, font in lines:
        if text:
            cell = sheet.cell(row, 1, nfc(text))
            cell.data_type, cell.font = "s", font
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if len(columns) > 1:
                sheet.merge_cells(
                    start_row=row, end_row=row, start_column=1, end_column=len(columns)
                )
            sheet.row_dimensions[row].height = 30 if font.bold else 22
            row += 1
    if row > 1:
        row += 1
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(row, index, nfc(column.header))
        cell.data_type = "s"
        cell.font = Font(name=FONT, size=12, bold=True)
        cell.fill, cell.border = HEADER_FILL, BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.row_dimensions[row].height = 36
    return row


def _set_up_page(
    sheet: Worksheet,
    columns: Sequence[Column],
    header_row: int,
    last_row: int,
    last_printed: int,
    *,
    landscape: bool,
) -> None:
    last_column = get_column_letter(len(columns))
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.auto_filter.ref = f"A{header_row}:{last_column}{last_row}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_area = f"A1:{last_column}{last_printed}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    # Centimetres of Decree 30 for papers (20 mm above and below), narrower at the sides.
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    sheet.oddFooter.center.text = "&P/&N"


def _row_xml(
    number: int, row: Sequence[Cell], columns: Sequence[Column], styles: CellStyles
) -> str:
    if len(row) != len(columns):
        raise ValueError(f"row {number} has {len(row)} cells for {len(columns)} columns")
    cells = [
        _cell_xml(f"{styles.letter(index)}{number}", value, columns[index].kind, styles)
        for index, value in enumerate(row)
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell_xml(address: str, value: Cell, kind: Kind, styles: CellStyles) -> str:
    if isinstance(value, PartialDate):
        value = (
            date(value.year, value.month, value.day) if value.month and value.day else str(value)
        )
    if isinstance(value, bool):
        value = "x" if value else ""
    if isinstance(value, str):
        value = _FORBIDDEN.sub("", nfc_lines(value))[:_LONGEST_TEXT]
    if value is None or value == "":
        return f'<c r="{address}" s="{styles.plain(kind)}"/>'
    if isinstance(value, datetime):
        day = (value.date() - _EPOCH).days
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return f'<c r="{address}" s="{styles.moment}"><v>{day + seconds / 86400!r}</v></c>'
    if isinstance(value, date):
        return f'<c r="{address}" s="{styles.date}"><v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, str):
        style = styles.quoted(kind) if value.startswith(_FORMULA_STARTS) else styles.plain(kind)
        return _text_xml(address, value, style)
    # Beyond 15 digits a spreadsheet rounds: such a number is a code and stays text.
    if isinstance(value, int) and abs(value) >= 10**15:
        return _text_xml(address, str(value), styles.plain(kind))
    shown = value if isinstance(value, int) else float(value)
    return f'<c r="{address}" s="{styles.number(kind, shown)}"><v>{shown!r}</v></c>'


def _text_xml(address: str, value: str, style: int) -> str:
    return (
        f'<c r="{address}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{escape(value)}</t></is></c>'
    )


def _with_rows(workbook: Workbook, rows_xml: str) -> bytes:
    """The workbook's file with the rows put at the end of its sheet."""
    frame, out = io.BytesIO(), io.BytesIO()
    workbook.save(frame)
    with (
        zipfile.ZipFile(frame) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == _SHEET_PART:
                part = re.sub(rb"<dimension[^>]*/>", b"", part)
                part = part.replace(b"</sheetData>", rows_xml.encode() + b"</sheetData>")
            if name == _PROPERTIES_PART:
                # openpyxl puts the present moment here, whatever is asked for.
                part = _MODIFIED.sub(rb"\g<1>" + _stamp(), part)
            # No clock in the archive: equal content gives equal bytes.
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return out.getvalue()


def _stamp() -> bytes:
    """The present second as office files write it."""
    return clock.now().strftime("%Y-%m-%dT%H:%M:%SZ").encode()
