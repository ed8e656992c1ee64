"""Issuing and replacing through the pages: what is frozen is what the issuer looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.documents import queries, services
from congress_app.documents.models import Document
from congress_app.formats.blocks import text_of
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from tests.builders import (
    a_badge,
    a_delegate,
    a_document,
    a_person,
    a_scan,
    a_session,
)
from tests.documents.pages import opened, url

ACTOR = system_actor()
SIGNED = {"signed_on": "05/06/2020", "signer": "Trần Đức Thiện", "first_number": "7"}
CHANGED = "Văn bản đã thay đổi từ lúc bạn xem"


def edited(congress: Congress, secretary: Any, document: Document, text: str) -> None:
    """The draft with another text, saved through its page."""
    typed = {
        "version": str(document.version), "subject": "Quy chế", "text": text, "symbol": "ĐCT",
        "issuer": "BAN TỔ CHỨC", "place": "Hạ Long", "head_post": "TRƯỞNG BAN",
        "authority": "head", "category": "", "delegation": "",
    }  # fmt: skip
    answer = secretary.post(url(congress, f"/{document.id}/edit"), data=typed)
    assert answer.status_code == 302


def state_of(document: Document) -> tuple[str, int | None]:
    db.session.rollback()
    db.session.refresh(document)
    return document.state, document.number


def test_a_day_out_of_order_is_refused_and_the_form_keeps_what_was_typed(
    frozen_clock: Any, congress: Congress, organiser: Any
) -> None:
    first, second = a_document(congress), a_document(congress)
    address = url(congress, f"/{first.id}/issue")
    page = organiser.get(address).text
    for day, told in (("16/06/2020", "chưa đến"), ("05/06/1990", "quá xa ngày tổ chức")):
        answer = organiser.post(address, data=SIGNED | opened(page) | {"signed_on": day})
        assert (answer.status_code, told in answer.text, day in answer.text) == (422, True, True)
    assert organiser.post(address, data=SIGNED | opened(page)).status_code == 302
    address = url(congress, f"/{second.id}/issue")
    page = organiser.get(address).text
    assert "Ngày ban hành không được sớm hơn 05/06/2020" in page
    answer = organiser.post(address, data=SIGNED | opened(page) | {"signed_on": "01/06/2020"})
    told = "nên hãy ghi ngày từ 05/06/2020 đến hôm nay"
    assert (answer.status_code, told in answer.text) == (422, True)
    assert state_of(second) == ("draft", None)
    for day in ("05/06/2020", "15/06/2020"):
        page = organiser.get(address).text
        answer = organiser.post(address, data=SIGNED | opened(page) | {"signed_on": day})
        assert answer.status_code == 302
        address = url(congress, f"/{a_document(congress).id}/issue")


def test_what_was_looked_at_is_issued(congress: Congress, organiser: Any) -> None:
    document = a_document(congress, text="Một {ten_don_vi}.")
    page = organiser.get(url(congress, f"/{document.id}/issue")).text
    assert "Một BHXH tỉnh Quảng Ninh./." in page
    issued = organiser.post(url(congress, f"/{document.id}/issue"), data=SIGNED | opened(page))
    assert (issued.status_code, state_of(document)) == (302, ("issued", 7))
    assert "Một BHXH tỉnh Quảng Ninh./." in text_of(queries.paper_of(document))


def test_a_draft_edited_meanwhile_is_not_issued(
    congress: Congress, organiser: Any, as_role: Any
) -> None:
    document = a_document(congress)
    address = url(congress, f"/{document.id}/issue")
    seen = opened(organiser.get(address).text)
    edited(congress, as_role("secretary", congress.unit), document, "Câu người ký chưa đọc.")
    refused = organiser.post(address, data=SIGNED | seen)
    assert (refused.status_code, state_of(document)) == (409, ("draft", None))
    # The sentence, the new paper, and nothing typed is lost.
    for words in (CHANGED, "Câu người ký chưa đọc./.", *SIGNED.values()):
        assert words in refused.text
    again = organiser.post(address, data=SIGNED | opened(refused.text))
    assert (again.status_code, state_of(document)) == (302, ("issued", 7))


def test_a_figure_that_moved_meanwhile_is_not_issued(congress: Congress, organiser: Any) -> None:
    a_delegate(congress, a_person("Lê Ý", congress.unit))
    document = a_document(congress, "delegate_list")
    address = url(congress, f"/{document.id}/issue")
    seen = opened(organiser.get(address).text)
    a_delegate(congress, a_person("Trần Thị Ân", congress.unit))
    refused = organiser.post(address, data=SIGNED | seen)
    assert (refused.status_code, state_of(document)) == (409, ("draft", None))
    assert CHANGED in refused.text
    assert "Trần Thị Ân" in refused.text


def test_a_figure_that_does_not_stand_on_the_paper_may_move(
    congress: Congress, organiser: Any
) -> None:
    document = a_document(congress)
    address = url(congress, f"/{document.id}/issue")
    seen = opened(organiser.get(address).text)
    a_delegate(congress, a_person("Trần Thị Ân", congress.unit))
    assert organiser.post(address, data=SIGNED | seen).status_code == 302


def test_a_form_sent_back_for_its_date_still_speaks_of_the_paper_seen(
    congress: Congress, organiser: Any, as_role: Any
) -> None:
    document = a_document(congress)
    address = url(congress, f"/{document.id}/issue")
    seen = opened(organiser.get(address).text)
    edited(congress, as_role("secretary", congress.unit), document, "Câu người ký chưa đọc.")
    wrong = organiser.post(address, data=SIGNED | seen | {"signed_on": "35/06/2020"})
    assert (wrong.status_code, opened(wrong.text)) == (422, seen)
    assert organiser.post(address, data=SIGNED | seen).status_code == 409


def test_a_form_without_what_was_seen_issues_nothing(congress: Congress, organiser: Any) -> None:
    document = a_document(congress)
    refused = organiser.post(url(congress, f"/{document.id}/issue"), data=SIGNED)
    assert (refused.status_code, state_of(document)) == (409, ("draft", None))


def test_a_draft_that_lacks_a_fact_says_so_when_issued(congress: Congress, organiser: Any) -> None:
    document = a_document(congress, "plan")
    address = url(congress, f"/{document.id}/issue")
    seen = opened(organiser.get(address).text)
    with transaction():
        congress.place = None
    refused = organiser.post(address, data=SIGNED | seen)
    assert (refused.status_code, state_of(document)) == (422, ("draft", None))
    assert "Chưa có địa điểm." in refused.text


def test_sensitive_columns_are_neither_shown_nor_in_the_fingerprint(
    congress: Congress, organiser: Any
) -> None:
    person = a_person("Lê Ý", congress.unit, ethnicity="Tày")
    a_delegate(congress, person)
    document = a_document(congress, "delegate_list", is_sensitive=True)
    address = url(congress, f"/{document.id}/issue")
    page = organiser.get(address).text
    assert "Tày" not in page
    with transaction():
        person.ethnicity = "Nùng"
    # A hash over them would tell by guessing what only a recorded reading shows.
    assert opened(organiser.get(address).text)["fingerprint"] == opened(page)["fingerprint"]


def test_who_comes_in_meanwhile_holds_no_paper_up(congress: Congress, organiser: Any) -> None:
    document = a_document(congress, text="Có mặt {so_co_mat}.")
    session = a_session(congress, clock.now() - timedelta(minutes=30))
    first, second = (a_badge(a_delegate(congress)) for _ in range(2))
    a_scan(session, first, at=clock.now() - timedelta(minutes=5))
    before = queries.seen_of(document)
    a_scan(session, second, at=clock.now())
    assert queries.seen_of(document, before.at) == before
    assert queries.seen_of(document).fingerprint != before.fingerprint
    hour, later = timedelta(hours=1), before.at + timedelta(hours=1, seconds=1)
    assert (before.instant(before.at + hour), before.instant(later)) == (before.at, later)


def an_issued_paper(congress: Congress) -> Document:
    document = a_document(congress)
    seen = queries.seen_of(document)
    return services.issue(congress, document, date(2020, 6, 1), "Lê Ý", seen=seen, actor=ACTOR)


def test_one_replacement_is_drafted_at_a_time(congress: Congress, organiser: Any) -> None:
    old = an_issued_paper(congress)
    first = organiser.post(url(congress, f"/{old.id}/replace"))
    second = organiser.post(url(congress, f"/{old.id}/replace"))
    assert second.location == first.location
    assert "đã có dự thảo thay thế" in organiser.get(second.location).text
    drafts = select(Document.id).where(Document.replaces_id == old.id)
    assert db.session.scalars(drafts).all() == [queries.replaced_by(old.id).id]
    assert "Dự thảo thay thế đang soạn" in organiser.get(url(congress, f"/{old.id}")).text


def test_a_paper_no_longer_in_force_is_not_replaced(congress: Congress, organiser: Any) -> None:
    old = an_issued_paper(congress)
    fresh = services.begin_replacement(congress, old, actor=ACTOR)
    address = url(congress, f"/{fresh.id}/issue")
    seen = opened(organiser.get(address).text)
    services.void(congress, old, "Sai ngày", actor=ACTOR)
    refused = organiser.post(address, data=SIGNED | seen)
    assert (refused.status_code, state_of(fresh)) == (422, ("draft", None))
    assert "Văn bản được thay không còn hiệu lực" in refused.text
    assert state_of(old) == ("void", 1)
    page = organiser.get(url(congress, f"/{fresh.id}")).text
    assert "Văn bản mà dự thảo này định thay đã hủy" in page
    assert f'href="{address}"' not in page
