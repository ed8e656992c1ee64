"""The text of a paper: marks, placeholders and their faults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.documents import markup
from congress_app.formats.blocks import Column, Paragraph, Run, Table, plain

VALUES = {"ten": "Hội nghị", "ngay": "ngày 05 tháng 6 năm 2020", "noi": None}
TABLE = Table((Column("STT", 1),), (("1",),))


def told(text: str, *, end_mark: bool = False) -> tuple[object, ...]:
    return markup.blocks(text, VALUES, {"bang": (TABLE,), "trong": ()}, end_mark=end_mark)


def test_marks_at_the_beginning_of_a_line() -> None:
    assert told("# Mục\n> QUYẾT ĐỊNH:\n~ Căn cứ {ten};\nThường") == (
        Paragraph(plain("Mục", bold=True), keep_next=True),
        Paragraph(plain("QUYẾT ĐỊNH:", bold=True), "centre", indent=False, keep_next=True),
        Paragraph(plain("Căn cứ Hội nghị;", italic=True)),
        Paragraph(plain("Thường")),
    )


def test_bold_words_within_a_line() -> None:
    assert told("**Ngày:** {ngay}.") == (
        Paragraph((Run("Ngày:", bold=True), Run(" ngày 05 tháng 6 năm 2020."))),
    )


def test_an_optional_line_is_left_out_when_its_value_is_missing() -> None:
    assert told("? Tại {noi}.\n? Tên {ten}.\n? {trong}") == (Paragraph(plain("Tên Hội nghị.")),)


def test_a_table_takes_the_place_of_its_line() -> None:
    assert told("{bang}\n? {bang}") == (TABLE, TABLE)


def test_a_missing_value_is_never_printed_as_a_blank() -> None:
    with pytest.raises(KeyError):
        told("Tại {noi}.")


def test_the_last_paragraph_gets_the_end_mark() -> None:
    assert told("Một.\nHai.", end_mark=True)[-1] == Paragraph(plain("Hai./."), keep_next=True)


def test_what_a_text_cannot_do_without() -> None:
    text = "{ten} {noi}\n? {ngay}\n{bang}\n{ten}"
    assert markup.wanted(text) == ("ten", "noi", "bang")


def faults(text: str) -> list[tuple[int, int, str]]:
    found = markup.faults(text, VALUES, {"bang"})
    return [(fault.line, fault.column, str(fault.sentence)) for fault in found]


def test_an_unknown_placeholder_is_told_with_its_place_and_the_nearest() -> None:
    assert faults("Một\nDự {tenn} và {zzz}") == [
        (2, 4, "Dòng 2, cột 4: không có chỗ điền “tenn”. Có phải “ten” không?"),
        (2, 14, "Dòng 2, cột 14: không có chỗ điền “zzz”. Hãy xem bảng các chỗ điền."),
    ]


def test_a_stray_brace_and_a_table_within_a_line_are_told() -> None:
    assert [(line, column) for line, column, _ in faults("Dự {ten\nXem {bang} này")] == [
        (1, 4),
        (2, 5),
    ]
    assert faults("{bang}\n? {bang}") == []


def test_jinja_is_no_placeholder() -> None:
    assert faults("{{ ten }}") != []


@given(st.text(alphabet="{}abten ?#\n*"))
def test_a_text_without_faults_can_always_be_filled(text: str) -> None:
    if not markup.faults(text, {"ten"}, ()):
        for block in markup.blocks(text, {"ten": "x"}, {}):
            assert isinstance(block, Paragraph)
            assert "{" not in "".join(run.text for run in block.runs)
