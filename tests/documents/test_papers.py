"""Every kind of paper, put together from the facts of a whole congress."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from congress_app.documents import composing, placeholders, tables
from congress_app.documents.facts import Facts
from congress_app.documents.kinds import KINDS, kind_of
from congress_app.formats import docx, paper_pdf
from congress_app.formats.blocks import (
    AnnexHead,
    Closing,
    Letterhead,
    Plate,
    Signatures,
    Table,
    Title,
    text_of,
)
from congress_app.kernel.errors import NotFound, RuleViolation
from tests.documents.papers import CONGRESS, FACTS, PEOPLE, a_vote, composed, usual
from tests.formats.papers import pages_of, sides_of, words_of

EMPTY = Facts(replace(CONGRESS, held_on=None, place="", above="", seats_above=None))


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_becomes_both_files(code: str) -> None:
    paper = composed(code)
    assert pages_of(paper_pdf.write(paper))
    assert words_of(docx.write(paper))


@pytest.mark.parametrize("code", KINDS)
def test_no_kind_prints_none_or_a_brace(code: str) -> None:
    told = text_of(composed(code))
    assert "None" not in told
    assert "{" not in told
    assert "}" not in told


@pytest.mark.parametrize("code", [code for code, kind in KINDS.items() if kind.text])
def test_every_text_that_comes_along_is_without_fault(code: str) -> None:
    kind = KINDS[code]
    assert composing.text_faults(kind, usual(code), kind.text) == []


@pytest.mark.parametrize("code", sorted(set(KINDS) - {"working_regulations"}))
def test_what_is_missing_is_told_and_nothing_is_printed(code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        composed(code, EMPTY)
    assert refused.value.code == "missing_facts"
    assert len(refused.value.details) >= 1


def test_every_missing_fact_is_told_at_once_and_in_words() -> None:
    kind = KINDS["programme"]
    found = composing.lacks(kind, usual("programme"), kind.text, EMPTY)
    assert [str(lack.sentence) for lack in found] == [
        "Chưa có ngày tổ chức. Hãy ghi ở phần Kế hoạch.",
        "Chưa có địa điểm. Hãy ghi ở phần Kế hoạch.",
        "Chưa có chương trình. Hãy lập ở phần Chương trình.",
    ]


def test_an_unknown_placeholder_stops_the_print() -> None:
    with pytest.raises(RuleViolation) as refused:
        composed("plan", text="Dự {ten_hoi_ngh}.")
    assert refused.value.code == "unknown_placeholder"


def test_an_unknown_kind_is_not_found() -> None:
    with pytest.raises(NotFound):
        kind_of("thu_tinh")


def blocks_of(code: str, facts: Facts = FACTS, **details: object) -> list[object]:
    return [block for s in composed(code, facts, **details).sections for block in s.blocks]


def only(code: str, kind: type, facts: Facts = FACTS) -> object:
    return next(block for block in blocks_of(code, facts) if isinstance(block, kind))


def test_a_letter_has_no_name_of_a_kind_and_its_annex_names_it() -> None:
    blocks = blocks_of("allocation_letter")
    assert not [block for block in blocks if isinstance(block, Title)]
    head = blocks[0]
    assert isinstance(head, Letterhead)
    assert head.number == "Số: 05/BHXH-TĐKT"
    assert head.subject.startswith("V/v phân bổ số lượng đại biểu dự Hội nghị")
    assert only("allocation_letter", AnnexHead) == AnnexHead(
        "Phụ lục",
        "Phân bổ số lượng đại biểu được bầu",
        "(Kèm theo Công văn số 05/BHXH-TĐKT ngày 01 tháng 6 năm 2020 của BHXH tỉnh Quảng Ninh)",
    )


def test_the_annex_of_the_allocation_sums_up() -> None:
    table = only("allocation_letter", Table)
    assert isinstance(table, Table)
    assert table.rows == (
        ("1", "BHXH Ba Chẽ", "60", "3", ""),
        ("2", "BHXH Cô Tô", "30,5", "2", ""),
        ("", "Cộng", "", "5", ""),
    )


def test_minutes_have_no_place_and_date_and_two_signatures() -> None:
    blocks = blocks_of("minutes", signer="")
    head = blocks[0]
    assert isinstance(head, Letterhead)
    assert (head.number, head.place_date) == ("Số: 05/BB-ĐCT", "")
    signed = blocks[-1]
    assert isinstance(signed, Signatures)
    assert [(s.authority, s.name) for s in signed.signatures] == [
        (("THƯ KÝ",), "Trần Thị Ân"),
        (("CHỦ TỌA",), "Lê Ý"),
    ]


def test_counting_minutes_are_signed_by_the_tellers() -> None:
    signed = blocks_of("counting_minutes", signer="")[-1]
    assert isinstance(signed, Signatures)
    assert [s.name for s in signed.signatures] == ["Đỗ Văn Cam", "Vũ Thị Bưởi"]


def test_counting_minutes_rank_the_candidates() -> None:
    table = only("counting_minutes", Table)
    assert isinstance(table, Table)
    assert table.rows[0] == ("1", "Nguyễn Văn 1", "270/295", "91,5 %", "Trúng cử")
    assert table.rows[2][4] == ""


def test_a_decision_is_signed_with_its_authority() -> None:
    closing = only("committee_decision", Closing)
    assert isinstance(closing, Closing)
    assert closing.signature.authority == ("GIÁM ĐỐC",)
    assert closing.recipients == ("- Như Điều 4;", "- Lưu: VT, TĐKT.")


def test_every_recipient_gets_a_page_of_his_own() -> None:
    paper = composed("invitation")
    pages = pages_of(paper_pdf.write(paper))
    assert len(paper.sections) == len(pages) == 2
    assert "kính mời: Ông Lê Ý" in pages[0]
    assert "kính mời: Bà Trần Thị Ân" in pages[1]


def test_a_recipient_without_a_needed_fact_is_named() -> None:
    kind = KINDS["invitation"]
    found = composing.lacks(kind, usual("invitation"), "Kính gửi {chuc_vu}", FACTS, PEOPLE)
    assert [str(lack.sentence) for lack in found] == ["H’Hen Niê Kdăm chưa có: Chức vụ."]


def test_nobody_to_invite_is_a_missing_fact() -> None:
    kind = KINDS["invitation"]
    found = composing.lacks(kind, usual("invitation"), kind.text, FACTS, ())
    assert [str(lack.sentence) for lack in found] == [
        "Chưa có người nhận nào. Hãy chọn người nhận."
    ]


def test_the_birth_date_stands_in_the_column_of_the_sex() -> None:
    table = only("delegate_list", Table)
    assert isinstance(table, Table)
    headers = [column.header for column in table.columns]
    assert "Dân tộc" not in headers
    assert [row[2:4] for row in table.rows] == [("05/07/1980", ""), ("", "1975"), ("", "")]


def test_sensitive_columns_are_there_only_when_they_were_read() -> None:
    told = tuple(replace(row, ethnicity="Tày", party=True) for row in PEOPLE)
    table = only("delegate_list", Table, replace(FACTS, people=told))
    assert isinstance(table, Table)
    assert [column.header for column in table.columns][4:6] == ["Dân tộc", "Đảng viên"]


def test_no_placeholder_tells_sensitive_or_contact_facts() -> None:
    row = replace(PEOPLE[0], ethnicity="Tày", party=True)
    told = "".join(str(value) for value in placeholders.values(FACTS, row).values())
    assert "Tày" not in told
    assert "05/07/1980" not in told


def test_the_list_is_landscape() -> None:
    assert set(sides_of(paper_pdf.write(composed("delegate_list")))) == {(297, 210)}


def test_figures_have_their_line_of_what_is_not_known() -> None:
    table = tables.TABLES["bang_thong_ke"].build(FACTS, usual("summary_figures"))[0]
    assert isinstance(table, Table)
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Tổng số đại biểu"] == ("3", "100,0 %")
    assert rows["– Nam"] == ("1", "33,3 %")
    assert [row[1] for row in table.rows if row[0] == "– không rõ"] == ["0", "0", "3", "3"]


def test_a_ballot_with_a_surplus_is_struck_out() -> None:
    told = text_of(composed("ballot_paper", replace(FACTS, election=a_vote(3, 2))))
    assert "gạch ngang cả họ và tên" in told
    assert "Số người cần bầu: 2" in told
    assert "Đồng ý" not in told


def test_two_candidates_for_two_seats_get_the_form_with_columns() -> None:
    told = text_of(composed("ballot_paper", replace(FACTS, election=a_vote(2, 2))))
    assert "Không đồng ý" in told
    assert "Đánh dấu X" in told
    assert "gạch ngang" not in told


@pytest.mark.parametrize(
    ("count", "size", "pages"), [(1, (148, 210), 1), (11, (148, 210), 1), (40, (210, 297), 2)]
)
def test_any_number_of_candidates_fits(count: int, size: tuple[int, int], pages: int) -> None:
    data = paper_pdf.write(composed("ballot_paper", replace(FACTS, election=a_vote(count, 1))))
    assert set(sides_of(data)) == {size}
    assert len(pages_of(data)) <= pages
    assert f"Nguyễn Văn {count}" in " ".join(pages_of(data))


def test_names_typed_by_hand_make_a_ballot_for_the_seats_from_above() -> None:
    typed = ("Lê Ý | Giám đốc | 1980", "Trần Thị Ân", "Vũ Thị Bưởi")
    facts = replace(FACTS, election=None)
    told = text_of(composed("ballot_paper", facts, listed=typed))
    assert "Số người cần bầu: 2" in told
    assert "1980, Giám đốc" in told


def test_fewer_candidates_than_seats_are_refused() -> None:
    with pytest.raises(RuleViolation) as refused:
        composed("ballot_paper", replace(FACTS, election=a_vote(1, 2)))
    assert "ít người hơn" in str(refused.value.details[0])


def test_a_name_of_sixty_letters_fits_a_plate_and_a_list() -> None:
    name = "Công Tằng Tôn Nữ Thị Phương Thảo Nguyên Hoàng Bảo Ngọc Quỳnh"
    facts = replace(FACTS, people=(replace(PEOPLE[0], name=name),))
    plate = only("name_plates", Plate, facts)
    assert isinstance(plate, Plate)
    assert " ".join(plate.lines) == name.upper()
    assert plate.size >= 30
    assert name in pages_of(paper_pdf.write(composed("delegate_list", facts)))[0]


def test_decomposed_facts_are_printed_composed() -> None:
    name = unicodedata.normalize("NFD", "Nguyễn Thị Hường")
    facts = replace(FACTS, people=(replace(PEOPLE[0], name=name),))
    assert "Nguyễn Thị Hường" in words_of(docx.write(composed("delegate_list", facts)))


def test_titles_are_distinct_and_formats_both() -> None:
    titles = [kind.title for kind in KINDS.values()]
    assert len(set(titles)) == len(titles) == 22
    assert {kind.formats for kind in KINDS.values()} == {("docx", "pdf")}
