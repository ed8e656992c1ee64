"""What an organiser may choose of a badge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.badges.content import BadgeFace, CongressFace, digest, headed
from congress_app.badges.design import (
    DEFAULT_LOOKS,
    LEAST_CONTRAST,
    Design,
    Look,
    contrast,
    faults,
    from_json,
    to_json,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")
EVENT = CongressFace("BHXH tỉnh A", "Hội nghị", "lần thứ V", "Hà Nội")


def told(design: Design) -> dict[str, str]:
    return {name: str(sentence) for name, sentence in faults(design).items()}


def test_the_usual_design_has_no_faults() -> None:
    assert told(Design()) == {}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # The first two are the ends of the scale; the third is the example grey of WCAG's pages.
    [("#000000", "#FFFFFF", 21.0), ("#A5121A", "#A5121A", 1.0), ("#767676", "#FFFFFF", 4.54)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio


@given(COLOURS)
def test_a_colour_is_taken_exactly_when_its_ink_reads(colour: str) -> None:
    design = replace(Design(), looks=DEFAULT_LOOKS | {"guest": Look("KHÁCH", "", colour)})
    reads = contrast(colour, design.looks["guest"].ink) >= LEAST_CONTRAST
    assert ("guest_colour" in faults(design)) == (not reads)


def test_what_is_wrong_is_told_by_field() -> None:
    looks = DEFAULT_LOOKS | {"press": Look(" ", "", "xanh"), "guest": Look("KHÁCH", "", "#808080")}
    design = Design(
        size="free", width_mm=49.9, height_mm=300, header="#12345", looks=looks, back="text"
    )
    colour = "Màu ghi bằng sáu chữ số sau dấu #, ví dụ #1B4D86."
    assert told(design) == {
        "width_mm": "Cạnh thẻ phải từ 50 đến 210 mm.",
        "height_mm": "Cạnh thẻ phải từ 50 đến 297 mm.",
        "header": colour,
        "press_colour": colour,
        "press_words": "Cần chữ ghi thành phần: máy in đen trắng không phân biệt được màu.",
        "guest_colour": "Chữ trên màu này khó đọc: tương phản 4,1 : 1, cần ít nhất 4,5 : 1. "
        "Hãy chọn màu đậm hơn hoặc nhạt hơn.",
        "back_text": "Hãy soạn lời in ở mặt sau, hoặc chọn để trắng.",
    }


def test_a_named_size_forgets_the_free_one() -> None:
    design = Design(size="cr80", width_mm=1, height_mm=1)
    assert (design.millimetres, told(design)) == ((85.6, 54.0), {})


@given(
    size=st.sampled_from(["a6", "90x130", "cr80", "free"]),
    width=st.floats(50, 210),
    title=st.text(),
    colour=COLOURS,
)
def test_a_design_survives_its_table(size: str, width: float, title: str, colour: str) -> None:
    looks = DEFAULT_LOOKS | {"press": Look("BÁO CHÍ", "", colour)}
    design = Design(size=size, width_mm=width, title=title, looks=looks, shown=("unit",))
    assert from_json(to_json(design)) == design


def test_an_older_or_newer_table_is_read_as_far_as_it_is_known() -> None:
    stored = {"size": "cr80", "shown": ["number", "zodiac"], "hologram": True, "looks": {}}
    assert from_json(stored) == Design(size="cr80", shown=("number",))


def test_the_design_s_own_words_stand_above_the_congress_s() -> None:
    assert headed(EVENT, Design(title="Đại hội")) == replace(EVENT, title="Đại hội")


def test_a_badge_is_another_when_its_reader_sees_another() -> None:
    face, design = BadgeFace("An", "guest", "1" * 17, unit="A", position="B"), Design()
    before = digest(face, EVENT, design)
    same = [
        digest(face, EVENT, replace(design, header="#000000", size="cr80")),
        digest(replace(face, photo=b"x"), EVENT, design),
        digest(replace(face, delegation="Đoàn khác"), EVENT, design),
    ]
    other = [
        digest(replace(face, name="Ân"), EVENT, design),
        digest(replace(face, unit="C"), EVENT, design),
        digest(replace(face, details=(("Ghế", "A1"),)), EVENT, design),
        digest(face, replace(EVENT, place_and_date="Huế"), design),
        digest(replace(face, photo=b"x"), EVENT, replace(design, preset="photo")),
    ]
    assert (set(same), before in other, len(set(other))) == ({before}, False, 5)
