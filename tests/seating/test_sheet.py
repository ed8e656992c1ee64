"""All seats as a sheet."""

from __future__ import annotations

from congress_app.formats.limits import Limits
from congress_app.formats.xlsx.reading import read_workbook
from congress_app.seating.sheet import seating_sheet
from tests.seating.test_plan import PLAN


def test_every_seat_is_a_row_with_real_numbers() -> None:
    sheet = read_workbook(seating_sheet("Hội nghị", [PLAN]), Limits(rows=100, cells=5000))
    texts = [[row.cell(index) for index in range(10)] for row in sheet.rows]
    assert texts[-6][:5] == [1, "Hội trường", "A", 1, "Nguyễn Văn A"]
    assert texts[-6][8] == "Khách mời, lãnh đạo"
    assert [row[9] for row in texts[-2:]] == ["Ghế khóa", "Ghế trống"]
