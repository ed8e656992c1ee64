"""Lists taken away as sheets: the page's rows, safe to open, ready to print."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from congress_app.congresses.models import Congress
from tests.builders import a_congress, a_document, a_person, a_speech
from tests.builders.people import a_delegate


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress()


@pytest.fixture
def organiser(congress: Congress, as_role: Any) -> Any:
    return as_role("organiser", congress.unit)


def sheet_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).active


def table_of(sheet: Any) -> list[tuple[Any, ...]]:
    """The header, which is the row above the frozen edge, and everything below it."""
    header = int(sheet.freeze_panes[1:]) - 1
    return list(sheet.iter_rows(min_row=header, values_only=True))


def test_speeches_are_taken_with_their_numbers_and_no_formula(
    congress: Congress, organiser: Any
) -> None:
    speaker = a_delegate(congress, a_person("Lê Ý", congress.unit))
    a_speech(congress, "=1+1", delegate_id=speaker.id, minutes=7)
    answer = organiser.get(f"/congresses/{congress.id}/speeches.xlsx")
    sheet = sheet_of(answer.data)
    header, row = table_of(sheet)
    assert (header[0], header[5]) == ("Tham luận", "Phút")
    assert (row[0], row[1], row[5]) == ("=1+1", "Lê Ý", 7)
    first = sheet.cell(sheet.max_row, 1)
    assert (first.data_type, first.quotePrefix) == ("s", True)
    repeated = f"${sheet.max_row - 1}:${sheet.max_row - 1}"
    assert (int(sheet.page_setup.paperSize), sheet.print_title_rows) == (9, repeated)


def test_the_register_of_papers_is_taken_with_real_dates(
    congress: Congress, organiser: Any
) -> None:
    a_document(congress, state="issued", number=5, symbol="QC-HN", signed_on=date(2020, 7, 5))
    a_document(congress)
    answer = organiser.get(f"/congresses/{congress.id}/documents.xlsx")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="so-van-ban')
    header, *rows = table_of(sheet_of(answer.data))
    assert header == ("Số, ký hiệu", "Trích yếu", "Loại", "Ngày", "Người ký", "Trạng thái")
    numbers = sorted((row[0] or "", row[3].date() if row[3] else None) for row in rows)
    assert numbers == [("", None), ("05/QC-HN", date(2020, 7, 5))]
