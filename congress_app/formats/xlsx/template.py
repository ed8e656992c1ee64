"""The workbook offered for filling in: headers, allowed values, an explanation of each column.

The first sheet holds the headers only. An example row would be uploaded with the rest,
so examples stand on the second sheet.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from congress_app.formats.fields import Field
from congress_app.formats.xlsx.writing import BORDER, FONT, HEADER_FILL
from congress_app.kernel import clock
from congress_app.kernel.sentences import N_, Translator

_REQUIRED_FILL = PatternFill("solid", fgColor="F3C9C4")
_ROWS_TO_FILL = 2_000
_GUIDE_HEADERS = (
    N_("Cột"),
    N_("Bắt buộc"),
    N_("Cách ghi"),
    N_("Ví dụ"),
    N_("Giá trị được nhận"),
    N_("Tên cột khác cũng được nhận"),
)
_GUIDE_WIDTHS = (26, 12, 60, 26, 40, 40)


def write_template(
    fields: Sequence[Field], *, sheet_name: str = "Danh sách", translate: Translator = str
) -> bytes:
    """An .xlsx file with the fields' canonical headers, in their order.

    The headers stay Vietnamese in every language, since uploads are matched by them; the
    guide is written in the language of `translate`.
    """
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = sheet_name
    workbook.properties.created = workbook.properties.modified = clock.now().replace(tzinfo=None)
    workbook.properties.creator = ""
    _write_headers(sheet, fields)
    _write_guide(workbook.create_sheet(translate(N_("Hướng dẫn"))), fields, translate)
    lists = [item for item in fields if item.choices]
    if lists:
        values = workbook.create_sheet(translate(N_("Danh mục")))
        _write_choices(sheet, values, fields)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _write_headers(sheet: Worksheet, fields: Sequence[Field]) -> None:
    for index, item in enumerate(fields, start=1):
        cell = sheet.cell(1, index, item.header)
        cell.font = Font(name=FONT, size=12, bold=True)
        cell.fill = _REQUIRED_FILL if item.required else HEADER_FILL
        cell.border = BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        column = sheet.column_dimensions[get_column_letter(index)]
        column.width = max(14, min(34, len(item.header) + 6))
        column.font = Font(name=FONT, size=12)
        # As text a phone keeps its leading zero and a bare year stays a year.
        column.number_format = "#,##0" if item.kind == "number" else "@"
    sheet.row_dimensions[1].height = 36
    sheet.freeze_panes = "A2"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _write_guide(sheet: Worksheet, fields: Sequence[Field], translate: Translator) -> None:
    headers = tuple(translate(text) for text in _GUIDE_HEADERS)
    rows = [
        (
            item.header,
            "x" if item.required else "",
            translate(item.help) if item.help else "",
            item.example,
            "; ".join(item.choices),
            "; ".join(item.variants),
        )
        for item in fields
    ]
    for number, row in enumerate((headers, *rows), start=1):
        for index, text in enumerate(row, start=1):
            cell = sheet.cell(number, index, text)
            cell.data_type = "s"
            cell.font = Font(name=FONT, size=12, bold=number == 1 or index == 1)
            cell.border = BORDER
            centred = number == 1 or index == 2
            cell.alignment = Alignment(
                horizontal="center" if centred else "left", vertical="center", wrap_text=True
            )
            if number == 1:
                cell.fill = HEADER_FILL
    for index, width in enumerate(_GUIDE_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"


def _write_choices(sheet: Worksheet, values: Worksheet, fields: Sequence[Field]) -> None:
    """Allowed values on a sheet of their own: a list inside the rule ends at 255 characters."""
    place = 0
    for index, item in enumerate(fields, start=1):
        if not item.choices:
            continue
        place += 1
        letter = get_column_letter(place)
        values.cell(1, place, item.header).font = Font(name=FONT, size=12, bold=True)
        values.column_dimensions[letter].width = 30
        for number, choice in enumerate(item.choices, start=2):
            cell = values.cell(number, place, choice)
            cell.data_type, cell.font = "s", Font(name=FONT, size=12)
        source = f"'{values.title}'!${letter}$2:${letter}${len(item.choices) + 1}"
        # A hint, not a wall: other spellings are understood when the sheet is uploaded.
        rule = DataValidation(
            type="list", formula1=source, allow_blank=True, showErrorMessage=False
        )
        rule.add(f"{get_column_letter(index)}2:{get_column_letter(index)}{_ROWS_TO_FILL}")
        sheet.add_data_validation(rule)
