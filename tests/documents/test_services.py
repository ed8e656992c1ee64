"""Drafting, issuing, replacing and voiding on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.documents import freezing, numbering_queries, queries, services, text_services
from congress_app.documents.kinds import KINDS
from congress_app.documents.models import Document, DocumentSeries
from congress_app.documents.services import DraftFacts
from congress_app.formats.blocks import text_of
from congress_app.kernel.errors import NotFound, RuleViolation, Stale
from congress_app.kernel.permissions import system_actor
from tests.builders import a_congress, a_delegate, a_document, a_person
from tests.documents.signing import sign

ACTOR = system_actor()
DAY = date(2020, 6, 1)


def issued(congress: Congress, kind: str = "working_regulations", **options: object) -> Document:
    document = services.draft(congress, kind, actor=ACTOR)
    return sign(congress, document, DAY, "Trần Đức Thiện", **options)


def actions() -> list[str]:
    return list(db.session.scalars(select(Entry.action).order_by(Entry.id)))


def test_a_draft_begins_with_the_usual_details(congress: Congress) -> None:
    document = services.draft(congress, "plan", actor=ACTOR)
    head = queries.head_of(document)
    assert (document.state, document.number, document.kind) == ("draft", None, "plan")
    assert document.subject == "Tổ chức Hội nghị điển hình tiên tiến BHXH tỉnh Quảng Ninh"
    assert (head.issuer, head.symbol, head.place, head.head_post) == (
        "BẢO HIỂM XÃ HỘI TỈNH QUẢNG NINH", "BHXH", "Quảng Ninh", "GIÁM ĐỐC",
    )  # fmt: skip
    assert actions() == ["document.draft"]


def test_an_unknown_kind_is_refused(congress: Congress) -> None:
    with pytest.raises(NotFound):
        services.draft(congress, "thu_tinh", actor=ACTOR)


def typed(document: Document, **changes: object) -> DraftFacts:
    given = {"head": queries.head_of(document), "text": document.text, "selection": {}}
    return DraftFacts(**(given | changes))


def test_a_draft_is_kept_as_typed(congress: Congress) -> None:
    document = a_document(congress)
    head = replace(queries.head_of(document), signer="Lê Ý", recipients=("Các đơn vị",))
    services.save(congress, document, typed(document, head=head, text="Một."), 1, actor=ACTOR)
    assert queries.head_of(document) == head
    assert (document.text, document.version) == ("Một.", 2)


def test_an_unknown_placeholder_is_told_and_nothing_is_kept(congress: Congress) -> None:
    document = a_document(congress)
    with pytest.raises(RuleViolation) as refused:
        services.save(congress, document, typed(document, text="Dự {zzz}"), 1, actor=ACTOR)
    assert [str(detail) for detail in refused.value.details] == [
        "Dòng 1, cột 4: không có chỗ điền “zzz”. Hãy xem bảng các chỗ điền."
    ]
    db.session.refresh(document)
    assert document.text != "Dự {zzz}"


def test_two_who_edit_one_draft(congress: Congress) -> None:
    document = a_document(congress)
    services.save(congress, document, typed(document, text="Một."), 1, actor=ACTOR)
    with pytest.raises(Stale) as refused:
        services.save(congress, document, typed(document, text="Hai."), 1, actor=ACTOR)
    assert refused.value.version == 2


def test_issuing_gives_the_number_and_freezes(congress: Congress) -> None:
    document = issued(congress)
    assert (document.state, document.number, document.symbol) == ("issued", 1, "QC-ĐCT")
    assert (document.signed_on, document.signer) == (DAY, "Trần Đức Thiện")
    assert document.content_hash == freezing.content_hash(document.body, document.facts)
    told = text_of(queries.paper_of(document))
    assert "Số: 01/QC-ĐCT" in told
    assert "Quảng Ninh, ngày 01 tháng 6 năm 2020" in told
    assert actions() == ["document.draft", "document.issue"]


def test_what_was_issued_stays_as_it_was(congress: Congress) -> None:
    document = issued(congress)
    before = [write(queries.paper_of(document)) for write in freezing.WRITERS.values()]
    with transaction():
        congress.name, congress.held_on = "Tên khác", date(2021, 1, 1)
        congress.unit.name = "Đơn vị khác"
    db.session.expire_all()
    kept = queries.document_by_id(congress.id, document.id)
    after = [write(queries.paper_of(kept)) for write in freezing.WRITERS.values()]
    assert after == before


def test_numbers_go_on_by_body_and_year(congress: Congress) -> None:
    assert [issued(congress).number for _ in range(3)] == [1, 2, 3]
    assert issued(congress, "plan").number == 1
    next_year = services.draft(congress, "working_regulations", actor=ACTOR)
    sign(congress, next_year, date(2021, 1, 4), "Lê Ý")
    assert next_year.number == 1
    assert numbering_queries.coming_number(congress.unit_id, "ĐCT", 2020) == 4
    assert numbering_queries.coming_number(congress.unit_id, "ĐCT", 2022) is None


def test_a_number_is_not_given_for_a_day_before_the_last_one(congress: Congress) -> None:
    issued(congress)
    late = services.draft(congress, "working_regulations", actor=ACTOR)
    with pytest.raises(RuleViolation) as caught:
        sign(congress, late, date(2020, 5, 31), "Lê Ý")
    assert caught.value.code == "day_before_last"
    assert str(caught.value) == (
        "Văn bản gần nhất còn hiệu lực của cơ quan này ban hành ngày 01/06/2020. Số trong năm "
        "theo thứ tự thời gian ban hành, nên hãy ghi ngày từ 01/06/2020 đến hôm nay."
    )
    db.session.rollback()
    assert sign(congress, late, DAY, "Lê Ý").number == 2
    earlier_year = services.draft(congress, "working_regulations", actor=ACTOR)
    assert sign(congress, earlier_year, date(2019, 12, 30), "Lê Ý").number == 1


@pytest.mark.parametrize("way", ["void", "replace"])
def test_a_wrong_day_is_put_right(congress: Congress, way: str) -> None:
    before = services.draft(congress, "working_regulations", actor=ACTOR)
    sign(congress, before, date(2020, 5, 28), "Lê Ý")
    wrong = issued(congress)
    if way == "void":
        services.void(congress, wrong, "sai ngày", actor=ACTOR)
        right = services.draft(congress, "working_regulations", actor=ACTOR)
    else:
        right = services.begin_replacement(congress, wrong, actor=ACTOR)
    assert sign(congress, right, date(2020, 5, 31), "Lê Ý").number == 3


def test_a_paper_without_a_number_may_bear_any_day(congress: Congress) -> None:
    document = services.draft(congress, "name_plates", actor=ACTOR)
    a_delegate(congress, a_person("Lê Ý", congress.unit))
    assert sign(congress, document, date(2039, 1, 1), "Lê Ý").number is None


def test_spellings_of_one_symbol_make_one_series(congress: Congress) -> None:
    given = []
    for symbol in ("ĐCT", "đct", "ĐCT–", "Đ CT", "ĐСТ"):
        document = services.draft(congress, "working_regulations", actor=ACTOR)
        typed = replace(queries.head_of(document), symbol=symbol)
        draft = DraftFacts(typed, document.text, {})
        services.save(congress, document, draft, document.version, actor=ACTOR)
        given.append(sign(congress, document, DAY, "Lê Ý").number)
    assert given == [1, 2, 3, 4, 5]
    assert db.session.scalars(select(DocumentSeries.symbol)).all() == ["ĐCT"]


def test_of_two_series_begun_by_spelling_the_longer_goes_on(congress: Congress) -> None:
    with transaction() as session:
        for symbol, last in (("đct", 4), ("ĐCT", 2)):
            session.add(
                DocumentSeries(unit_id=congress.unit_id, symbol=symbol, year=2020, last_number=last)
            )
    assert [issued(congress).number for _ in range(2)] == [5, 6]


def test_two_congresses_of_one_unit_share_the_series(congress: Congress) -> None:
    other = a_congress(congress.unit, starts_at=time(8, 0))
    assert (issued(congress).number, issued(other).number) == (1, 2)


def test_a_series_may_begin_where_the_clerk_s_book_stands(congress: Congress) -> None:
    assert issued(congress, first_number=57).number == 57
    assert issued(congress, first_number=9).number == 58


def test_a_refused_issue_uses_no_number(congress: Congress) -> None:
    with transaction():
        congress.place = None
    with pytest.raises(RuleViolation) as refused:
        issued(congress, "plan")
    assert refused.value.code == "missing_facts"
    with transaction():
        congress.place = "Hội trường"
    assert issued(congress, "plan").number == 1


def test_a_form_has_no_number(congress: Congress) -> None:
    a_delegate(congress, a_person("Lê Ý", congress.unit))
    document = issued(congress, "name_plates")
    assert (document.number, document.symbol, document.series_id) == (None, None, None)
    assert document.content_hash is not None


def test_an_issued_paper_cannot_be_changed_or_issued_again(congress: Congress) -> None:
    document = issued(congress)
    for act in (
        lambda: services.save(congress, document, typed(document), document.version, actor=ACTOR),
        lambda: sign(congress, document, DAY, "x"),
        lambda: services.discard(congress, document, version=document.version, actor=ACTOR),
    ):
        with pytest.raises(RuleViolation) as refused:
            act()
        assert refused.value.code == "not_draft"


def test_a_void_number_is_kept(congress: Congress) -> None:
    first = issued(congress)
    services.void(congress, first, "Sai ngày", actor=ACTOR)
    assert (first.state, first.number, first.reason) == ("void", 1, "Sai ngày")
    second = issued(congress)
    assert second.number == 2
    series = db.session.scalars(select(DocumentSeries)).one()
    assert numbering_queries.used_numbers(series.id) == [1, 2]
    with pytest.raises(RuleViolation):
        services.void(congress, first, "Lần nữa", actor=ACTOR)


def test_a_replaced_paper_steps_back_when_the_new_one_is_issued(congress: Congress) -> None:
    old = issued(congress)
    fresh = services.begin_replacement(congress, old, actor=ACTOR)
    assert (fresh.state, fresh.number, fresh.replaces_id) == ("draft", None, old.id)
    assert old.state == "issued"
    sign(congress, fresh, date(2020, 6, 2), "Lê Ý")
    assert (old.state, fresh.number) == ("replaced", 2)
    assert queries.replaced_by(old.id) is fresh


def test_a_discarded_draft_is_gone(congress: Congress) -> None:
    document = a_document(congress)
    services.discard(congress, document, version=document.version, actor=ACTOR)
    assert db.session.scalars(select(Document)).all() == []


def test_sensitive_columns_only_where_asked_for_and_allowed(congress: Congress) -> None:
    a_delegate(congress, a_person("Lê Ý", congress.unit, ethnicity="Tày", party_member=True))
    documents = []
    for may in (False, True):
        document = a_document(congress, "delegate_list", is_sensitive=True)
        sign(congress, document, DAY, "Lê Ý", sensitive=may)
        documents.append(document)
    assert [d.is_sensitive for d in documents] == [False, True]
    assert ["Tày" in text_of(queries.paper_of(d)) for d in documents] == [False, True]
    assert "Tày" not in str(documents[0].facts)


def test_invitations_go_to_guests_and_are_frozen_together(congress: Congress) -> None:
    for name, category in (("Lê Ý", "guest"), ("Trần Ân", "guest"), ("Vũ Bình", "official")):
        a_delegate(congress, a_person(name, congress.unit), category=category)
    document = issued(congress, "invitation")
    assert [row["name"] for row in document.facts["recipients"]] == ["Trần Ân", "Lê Ý"]
    assert len(queries.paper_of(document).sections) == 2


def test_the_log_tells_of_a_draft_and_a_text_what_they_were_and_became(
    congress: Congress,
) -> None:
    document = services.draft(congress, "plan", actor=ACTOR)
    usual, before = queries.head_of(document), document.text
    new = replace(usual, keeper="VP", recipients=("Như trên", "Cụm"))
    typed = DraftFacts(new, "Một.", document.selection)
    services.save(congress, document, typed, document.version, actor=ACTOR)
    told = db.session.scalar(select(Entry.changes).where(Entry.action == "document.edit"))
    assert told == {
        "keeper": [usual.keeper, "VP"],
        "recipients": ["\n".join(usual.recipients), "Như trên\nCụm"],
        "text": [before, "Một."],
    }
    text_services.save_text(congress, "plan", "Riêng.", 0, actor=ACTOR)
    text_services.reset_text(congress, "plan", actor=ACTOR)
    written = select(Entry.changes).where(Entry.action.like("document.text%")).order_by(Entry.id)
    texts = [one["text"] for one in db.session.scalars(written)]
    assert texts == [[KINDS["plan"].text, "Riêng."], ["Riêng.", None]]
