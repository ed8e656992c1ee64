"""The plan on paper: lying A4 or A3, every seat drawn, everybody listed by row."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from congress_app.seating.blocks import Block
from congress_app.seating.plan import HallPlan, PlanSeat, Sitter
from congress_app.seating.plan_pdf import plan_pdf


def plan(rows: int, width: int) -> HallPlan:
    """A full hall but for its last seat."""
    seats = [
        PlanSeat(
            y * width + x, 1, chr(65 + y), x + 1, x, y,
            sitter=Sitter(1, f"Trần Văn Ơn {y}.{x}", "", 1, Block.DELEGATION, "Đoàn BHXH huyện Ễ"),
        )
        for y in range(rows)
        for x in range(width)
    ]  # fmt: skip
    seats[-1] = PlanSeat(seats[-1].id, 1, seats[-1].row, width, width - 1, rows - 1)
    return HallPlan(1, 1, "Hội trường lớn", "", tuple(seats))


@pytest.mark.parametrize(("paper", "size"), [("a4", (842, 595)), ("a3", (1191, 842))])
def test_the_paper_lies_and_tells_everything(paper: str, size: tuple[int, int]) -> None:
    reader = PdfReader(io.BytesIO(plan_pdf("Hội nghị điển hình", [plan(12, 20)], paper)))
    boxes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages}
    assert boxes == {size}
    drawn = reader.pages[0].extract_text()
    for word in ("Hội nghị điển hình", "Hội trường lớn", "SÂN KHẤU", "Đoàn đại biểu: 239"):
        assert word in drawn
    assert drawn.split().count("20") == 12
    listed = "".join(page.extract_text() for page in reader.pages[1:])
    assert [listed.count(f"Trần Văn Ơn {y}.{x}\n") for y in (0, 11) for x in (0, 18)] == [1] * 4
    assert "Đoàn BHXH huyện Ễ" in listed


def test_each_hall_has_its_pages() -> None:
    small = plan(1, 2)
    assert len(PdfReader(io.BytesIO(plan_pdf("Hội nghị", [small, small], "a4"))).pages) == 4


def test_a_wide_hall_stays_on_the_page() -> None:
    reader = PdfReader(io.BytesIO(plan_pdf("Hội nghị", [plan(20, 60)], "a4")))
    found: list[float] = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: found.extend(
            [tm[4]] if text.strip() else []
        )
    )
    assert found
    assert min(found) > 0
    assert max(found) < 842
