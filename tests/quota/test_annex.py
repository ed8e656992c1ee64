"""The annex of the allocation letter."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from congress_app.quota.annex import AnnexRow, annex_sheet


def test_the_annex_lists_every_unit_and_the_total() -> None:
    rows = [AnnexRow("A", "Tỉnh A", "60", 6, 5), AnnexRow("B", "Tỉnh B", "30.5", 3, 4)]
    data = annex_sheet("Đại hội Ngành", 2, rows, weight_header="Biên chế", footer=["Webster."])
    sheet = load_workbook(io.BytesIO(data)).active
    values = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    assert [row[0] for row in values[:2]] == [
        "Phân bổ số lượng đại biểu được bầu",
        "Đại hội Ngành – phương án 2",
    ]
    assert values[2][3] == "Biên chế"
    assert values[3:6] == [
        (1, "A", "Tỉnh A", 60, 6, 5),
        (2, "B", "Tỉnh B", 30.5, 3, 4),
        (None, None, "Cộng", None, 9, 9),
    ]
    assert [row[0] for row in values[6:]] == ["Webster."]
