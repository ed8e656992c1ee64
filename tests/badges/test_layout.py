"""Marks of badges: nothing leaves the card, whatever the size and however long the name."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress_app.badges.back import Back, back_marks, lines_lost
from congress_app.badges.content import BadgeFace, CongressFace
from congress_app.badges.design import DEFAULT_LOOKS, FIELD_LABELS, PRESET_LABELS, Design, Look
from congress_app.badges.frame import LEAST_MODULE_MM, frame_of
from congress_app.badges.layout import Layout, fit_name
from congress_app.badges.marks import Area, Mark, Picture, Star, Symbol, Text
from congress_app.badges.svg import badge_svg
from congress_app.formats.pdf import MM, width_of

EVENT = CongressFace(
    "Bảo hiểm xã hội Việt Nam",
    "Đại hội Thi đua yêu nước",
    "Ngành Bảo hiểm xã hội lần thứ V (2020 – 2025)",
    "Hà Nội, ngày 14 tháng 10 năm 2020",
)
LONG = "Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Phương Thảo Trang Bảo Ngọc"
ALL = tuple(FIELD_LABELS)
SIZES = ["a6", "90x130", "cr80"]


def full(name: str = LONG, category: str = "official") -> BadgeFace:
    unit = "Bảo hiểm xã hội thành phố Hồ Chí Minh"
    details = (("Ghế / Seat", "A – 12"),)
    return BadgeFace(
        name, category, "1" * 17, "0127", unit, "Phó Trưởng phòng Chế độ", unit, details, b"jpeg"
    )


def marks_of(design: Design, face: BadgeFace) -> tuple[Layout, list[Mark]]:
    layout = Layout(design, EVENT, has_logo=True)
    return layout, [*layout.ground(face.category), *layout.badge(face)]


def outside(layout: Layout, marks: list[Mark]) -> list[Mark]:
    """Marks that would be cut off, with a tenth of a point for rounding."""
    frame, found = layout.frame, []
    for mark in marks:
        match mark:
            case Text():
                width = width_of(mark.text, mark.face, mark.size)
                left = mark.x - width * {"left": 0.0, "centre": 0.5, "right": 1.0}[mark.align]
                box = (left, mark.y, left + width, mark.y + mark.size * 0.75)
            case Star():
                r = mark.radius
                box = (mark.x - r, mark.y - r, mark.x + r, mark.y + r)
            case Symbol():
                box = (mark.x, mark.y, mark.x + mark.size, mark.y + mark.size)
            case _:
                box = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
        if min(box[:2]) < -0.1 or box[2] > frame.width + 0.1 or box[3] > frame.height + 0.1:
            found.append(mark)
    return found


@pytest.mark.parametrize(("size", "preset"), list(product(SIZES, PRESET_LABELS)))
def test_nothing_is_cut_off(size: str, preset: str) -> None:
    layout, marks = marks_of(Design(size=size, preset=preset, shown=ALL, emblem="logo"), full())
    assert outside(layout, marks) == []


@settings(max_examples=40, deadline=None)
@given(
    width=st.floats(50, 210),
    height=st.floats(50, 297),
    preset=st.sampled_from(sorted(PRESET_LABELS)),
    name=st.text("AĂÂBCĐEÊGHIKLMNOÔƠPQRSTUƯVXY ", min_size=1, max_size=60),
)
def test_no_free_size_and_no_name_leaves_the_card(
    width: float, height: float, preset: str, name: str
) -> None:
    design = Design(size="free", width_mm=width, height_mm=height, preset=preset, shown=ALL)
    layout, marks = marks_of(design, full(name))
    assert outside(layout, marks) == []


@settings(max_examples=40, deadline=None)
@given(width=st.floats(50, 210), height=st.floats(50, 297))
def test_the_symbol_s_quiet_zone_stays_white(width: float, height: float) -> None:
    design = Design(size="free", width_mm=width, height_mm=height, shown=ALL)
    _layout, marks = marks_of(design, full())
    [symbol] = [mark for mark in marks if isinstance(mark, Symbol)]
    over = [
        mark
        for mark in marks
        if isinstance(mark, (Area, Picture))
        and mark.y + mark.height > symbol.y + 0.01
        and mark.y < symbol.y + symbol.size - 0.01
        and mark.x + mark.width > symbol.x + 0.01
    ]
    assert over == []


@pytest.mark.parametrize("preset", PRESET_LABELS)
@pytest.mark.parametrize("size", SIZES)
def test_the_named_sizes_have_large_modules(size: str, preset: str) -> None:
    assert frame_of(Design(size=size, preset=preset)).module_mm >= LEAST_MODULE_MM - 1e-9


def test_the_symbol_of_an_a6_badge_is_44_mm_wide() -> None:
    assert round(frame_of(Design()).symbol.width / MM, 3) == 44.0


def test_a_name_of_sixty_letters_is_whole_and_legible() -> None:
    assert len(LONG) >= 60
    for size in SIZES:
        _layout, marks = marks_of(Design(size=size), full())
        words = [m for m in marks if isinstance(m, Text) and m.text in LONG.upper()]
        assert " ".join(mark.text for mark in words) == LONG.upper()
        assert min(mark.size for mark in words) >= 8


def test_two_lines_are_kept_while_they_can_be_read() -> None:
    assert len(fit_name("Công Tằng Tôn Nữ Thị Phương Thảo", 31, 93 * MM, 30 * MM).lines) == 2
    assert len(fit_name(LONG, 31, 46 * MM, 30 * MM).lines) == 3


def test_a_missing_photo_leaves_its_room_to_the_name() -> None:
    design = Design(preset="photo")
    bare = BadgeFace("Công Tằng Tôn Nữ Thị Phương Thảo", "guest", "1" * 17)
    _layout, without = marks_of(design, bare)
    assert [mark for mark in without if isinstance(mark, Picture)] == []
    _layout, marks = marks_of(design, full(bare.name, "guest"))
    [photo] = [mark for mark in marks if isinstance(mark, Picture)]
    assert round(photo.height / photo.width, 3) == round(4 / 3, 3)

    def size_of_name(of: list[Mark]) -> float:
        return next(m.size for m in of if isinstance(m, Text) and m.text.startswith("CÔNG"))

    assert size_of_name(without) > size_of_name(marks)


def test_unknown_categories_are_errors() -> None:
    with pytest.raises(ValueError, match="no such category: chair"):
        Layout(Design(), EVENT).ground("chair")


def test_a_logo_not_there_gives_the_star() -> None:
    made = Layout(Design(emblem="logo"), EVENT).ground("guest")
    assert [type(mark) for mark in made if isinstance(mark, (Star, Picture))] == [Star]


def test_decomposed_text_is_composed() -> None:
    looks = DEFAULT_LOOKS | {
        "guest": Look(unicodedata.normalize("NFD", "QUÝ KHÁCH"), "", "#A5121A")
    }
    name = unicodedata.normalize("NFD", "Đỗ Mễ Ấp Ộc")
    _layout, marks = marks_of(Design(looks=looks), full(name, "guest"))
    texts = [mark.text for mark in marks if isinstance(mark, Text)]
    assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []
    assert "QUÝ KHÁCH" in texts


def test_the_other_side_says_how_much_does_not_fit() -> None:
    layout = Layout(Design(size="cr80"), EVENT)
    short = Back("CẦN BIẾT", ("Đeo thẻ suốt hội nghị.", "", "Gửi xe tầng B2."))
    long = Back("CHƯƠNG TRÌNH", tuple(f"Tham luận số {n}" for n in range(60)))
    assert (lines_lost(layout, short), lines_lost(layout, long) > 20) == (0, True)
    shown = [m for m in back_marks(layout, long, "guest", bleed=0) if isinstance(m, Text)]
    printed = [mark.text for mark in shown if mark.text.startswith("Tham luận")]
    assert len(printed) == 60 - lines_lost(layout, long)
    assert outside(layout, back_marks(layout, long, "guest", bleed=0)) == []


def test_the_preview_is_made_of_the_very_marks() -> None:
    layout, marks = marks_of(Design(), full())
    svg = badge_svg(marks, layout.frame, label='Thẻ "A" & B', pictures={})
    found = re.findall(r'<text x="([^"]*)" y="([^"]*)"[^>]*font-size="([^"]*)"[^>]*>([^<]*)<', svg)
    expected = [
        (mark.x, layout.frame.height - mark.y, mark.size, mark.text)
        for mark in marks
        if isinstance(mark, Text)
    ]
    read = [(float(x), float(y), float(size), text) for x, y, size, text in found]
    assert [one[3] for one in read] == [one[3] for one in expected]
    for one, other in zip(read, expected, strict=True):
        assert one[:3] == pytest.approx(other[:3], abs=0.001)
    assert 'aria-label="Thẻ &quot;A&quot; &amp; B"' in svg
    assert "style=" not in svg


def test_names_cannot_put_markup_into_the_preview() -> None:
    layout, marks = marks_of(Design(), full('<script>alert("x")</script>'))
    svg = badge_svg(marks, layout.frame, label="</svg><b>", pictures={})
    assert ("<script" in svg.lower(), "<b>" in svg) == (False, False)
