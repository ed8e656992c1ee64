"""The sentences say how much is too much."""

from __future__ import annotations

from congress_app.formats.limits import (
    too_many_cells,
    too_many_columns,
    too_many_rows,
    whole_grid_claimed,
)


def test_each_names_its_limit() -> None:
    assert [str(error) for error in (too_many_rows(20_000), too_many_cells(400_000))] == [
        "Danh sách có quá 20.000 dòng. Hãy chia thành nhiều tệp rồi tải lần lượt.",
        "Trang tính có quá 400.000 ô dữ liệu. Hãy chia thành nhiều tệp rồi tải lần lượt.",
    ]
    assert "tới cột XFD, nhiều nhất chỉ nhận 256 cột" in str(too_many_columns("XFD", 256))
    assert whole_grid_claimed().code == "too_many_cells"
