"""The list of an award item through its page, and every place it is shown at."""

from __future__ import annotations

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel.permissions import system_actor
from congress_app.programme import day_services
from congress_app.programme.honours import Honour, honours_of
from congress_app.programme.models import Item
from congress_app.programme.running import ActKind
from tests import builders
from tests.programme.test_honour_services import an_award_item, keep, selected


def address(congress: Congress, item: Item) -> str:
    return f"/congresses/{congress.id}/programme/items/{item.id}/honours"


def stored(item: Item) -> list[Honour]:
    db.session.expire_all()
    return list(honours_of(db.session.get_one(Item, item.id).honours))


def test_exemplars_are_added_ordered_worded_and_taken_off(as_role) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    an, binh = selected(congress, "Lê An"), selected(congress, "Trần Bình")
    builders.an_award(binh, "Huân chương Lao động", "order", 2018)
    secretary, place = as_role("secretary", congress.unit), address(congress, item)
    added = {"version": item.version, "add": [an.id, binh.id], "act": "save"}
    assert secretary.post(place, data=added).status_code == 302
    assert stored(item) == [
        Honour(an.id, "Gương điển hình tiên tiến"),
        Honour(binh.id, "Huân chương Lao động"),
    ]
    assert "Huân chương Lao động" in secretary.get(place).text
    moved = {
        "version": item.version,
        "line": [an.id, binh.id],
        f"place_{an.id}": "2",
        f"award_{an.id}": "Người tốt, việc tốt",
        f"place_{binh.id}": "1",
        f"award_{binh.id}": "Huân chương",
        "act": "save",
    }
    assert secretary.post(place, data=moved).status_code == 302
    assert stored(item) == [Honour(binh.id, "Huân chương"), Honour(an.id, "Người tốt, việc tốt")]
    dropped = moved | {"version": item.version, f"drop_{an.id}": "y"}
    assert secretary.post(place, data=dropped).status_code == 302
    assert stored(item) == [Honour(binh.id, "Huân chương")]


def test_a_search_keeps_what_is_typed_and_writes_nothing(as_role) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    an, binh = selected(congress, "Lê An"), selected(congress, "Trần Bình")
    cuc = selected(congress, "Phạm Cúc")
    keep(congress, item, Honour(an.id, "CSTĐ"))
    typed = {
        "version": item.version,
        "line": [an.id],
        f"place_{an.id}": "1",
        f"award_{an.id}": "Đang gõ dở",
        "add": [cuc.id],
        "text": "binh",
        "act": "search",
    }
    secretary = as_role("secretary", congress.unit)
    answer = secretary.post(address(congress, item), data=typed)
    assert answer.status_code == 200
    assert 'value="Đang gõ dở"' in answer.text
    assert f'id="add-{binh.id}"' in answer.text
    assert f'value="{cuc.id}" checked' in answer.text
    assert stored(item) == [Honour(an.id, "CSTĐ")]


def test_a_conflict_shows_both_lists_and_an_empty_award_is_refused(as_role) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    an = selected(congress, "Lê An")
    opened = item.version
    keep(congress, item, Honour(an.id, "CSTĐ"))
    typed = {
        "version": opened,
        "line": [an.id],
        f"place_{an.id}": "1",
        f"award_{an.id}": "Huân chương",
        "act": "save",
    }
    secretary = as_role("secretary", congress.unit)
    answer = secretary.post(address(congress, item), data=typed)
    assert answer.status_code == 409
    assert "đang lưu “Lê An" in answer.text
    assert 'value="Huân chương"' in answer.text
    empty = secretary.post(address(congress, item), data=typed | {f"award_{an.id}": " "})
    assert empty.status_code == 422
    assert stored(item) == [Honour(an.id, "CSTĐ")]


def test_only_award_items_have_a_list(as_role) -> None:
    congress = builders.a_congress()
    speech = builders.an_item(builders.a_session(congress), kind="speech")
    secretary = as_role("secretary", congress.unit)
    page = secretary.get(address(congress, speech)).text
    assert "Hãy đổi loại của nội dung trước." in page
    assert "Lưu danh sách" not in page
    added = {"version": speech.version, "add": [selected(congress, "Lê An").id], "act": "save"}
    assert secretary.post(address(congress, speech), data=added).status_code == 422
    assert stored(speech) == []
    item = an_award_item(congress)
    assert as_role("viewer", congress.unit).get(address(congress, item)).status_code == 403


def test_the_list_is_read_on_the_run_sheet_and_only_names_are_released(as_role) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    keep(congress, item, Honour(selected(congress, "Lê An").id, "Huân chương Lao động"))
    builders.a_release(congress)
    secretary = as_role("secretary", congress.unit)
    base = f"/congresses/{congress.id}"
    for page in ("programme", "day"):
        text = secretary.get(f"{base}/{page}").text
        assert "Lê An" in text
        assert "Huân chương Lao động" in text
    paper = secretary.get(f"{base}/programme/paper").text
    assert "Lê An" in paper
    assert "Huân chương" not in paper


def test_the_hall_shows_the_names_of_what_is_on(client, frozen_clock) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    keep(congress, item, Honour(selected(congress, "Lê An").id, "Huân chương Lao động"))
    builders.a_release(congress)
    hall = client.get(f"/hall/{builders.a_hall_link(congress).token}").text
    assert "Lê An" in hall
    assert "Huân chương" not in hall
    assert "Chuyện riêng" not in hall


def test_many_names_take_the_place_of_the_countdown(client, frozen_clock) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    rows = [selected(congress, f"Lê An {number}") for number in range(9)]
    keep(congress, item, *(Honour(row.id, "CSTĐ") for row in rows[:8]))
    builders.a_release(congress)
    day_services.act(congress, item, ActKind.START, actor=system_actor())
    hall = f"/hall/{builders.a_hall_link(congress).token}"
    assert 'class="count ' in client.get(hall).text
    keep(congress, item, *(Honour(row.id, "CSTĐ") for row in rows))
    builders.a_release(congress)
    shown = client.get(hall).text
    assert "Lê An 8" in shown
    assert 'class="count ' not in shown


def test_a_number_slipped_into_the_form_tells_nothing_of_another_units_exemplar(as_role) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    elsewhere = builders.a_unit(parent=builders.the_root())
    stranger = builders.an_exemplar("Người Tỉnh Khác", elsewhere)
    secretary = as_role("secretary", congress.unit)
    sent = {"version": item.version, "act": "search"}
    # A number beyond every table was a broken server, too.
    for line in (str(stranger.id), "9" * 30, "٣"):
        answer = secretary.post(address(congress, item), data=sent | {"line": [line]})
        assert (answer.status_code, "Người Tỉnh Khác" in answer.text) == (200, False)
