"""Workbooks put together part by part, as no program would save them."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from congress_app.formats.limits import Limits
from congress_app.formats.sheet import Sheet
from congress_app.formats.xlsx.reading import read_workbook
from congress_app.kernel.errors import DomainError

LIMITS = Limits(rows=1_000, cells=10_000)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*targets: tuple[str, str, str]) -> str:
    """A relations part from (id, kind, target)."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    return f'<Relationships xmlns="{RELATIONS}">{items}</Relationships>'


def cell(address: str, text: str, style: int | None = None) -> str:
    """An inline text cell."""
    styled = "" if style is None else f' s="{style}"'
    return f'<c r="{address}"{styled} t="inlineStr"><is><t>{text}</t></is></c>'


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet part around the rows."""
    inside = f"{before}<sheetData>{rows}</sheetData>{after}"
    return f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'


def parts(sheet: str, **more: str) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet; `strings` and `styles` as whole parts."""
    found: dict[str, str | bytes] = {
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><workbookPr/>'
            '<sheets><sheet name="DS" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(("r1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet,
    }
    names = {"strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
    return found | {names[key]: part for key, part in more.items()}


def archive(found: dict[str, str | bytes]) -> bytes:
    """The parts zipped."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in found.items():
            target.writestr(name, part)
    return out.getvalue()


def workbook(rows: str, before: str = "", after: str = "", **more: str) -> bytes:
    """A workbook file with the rows."""
    return archive(parts(worksheet(rows, before, after), **more))


# A sheet's rows with one text in A1.
ROW = f'<row r="1">{cell("A1", "x")}</row>'


def read(data: bytes) -> Sheet:
    """The file within the limits of these tests."""
    return read_workbook(data, LIMITS)


def rows(xml: str, **more: str) -> list[tuple[int, tuple[object, ...]]]:
    """The rows read from a workbook with these."""
    return [(row.number, row.cells) for row in read(workbook(xml, **more)).rows]


def refused(data: bytes) -> tuple[type[DomainError], str]:
    """The kind of error the file ends in, and its sentence."""
    with pytest.raises(DomainError) as caught:
        read(data)
    return type(caught.value), str(caught.value)


def saved(book: Workbook) -> bytes:
    """The file openpyxl makes of its workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
