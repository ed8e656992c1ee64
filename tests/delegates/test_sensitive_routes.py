"""The form of sensitive facts on a delegate's page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from tests import builders
from tests.delegates.test_routes import congress, unit, url

__all__ = ["congress"]
TYPED = {"ethnicity": "Dao", "party_member": "0", "version": "1"}


def tay(congress: Congress) -> Delegate:
    person = builders.a_person("Lê An", unit("D1"), ethnicity="Tày", party_member=True)
    return builders.a_delegate(congress, person)


def facts(delegate: Delegate) -> tuple[str | None, bool | None]:
    db.session.rollback()
    person = db.session.get_one(Delegate, delegate.id).person
    return person.ethnicity, person.party_member


def actions() -> list[str]:
    db.session.rollback()
    chosen = select(Entry.action).where(Entry.action.startswith("delegate"))
    return list(db.session.scalars(chosen.order_by(Entry.id)))


def test_sensitive_facts_are_corrected_apart(congress: Congress, as_role: Any) -> None:
    made = tay(congress)
    registrar, foreign = as_role("registrar", unit("D1")), as_role("registrar", unit("D2"))
    path = url(congress, made.id, "sensitive", "edit")
    shown = registrar.post(url(congress, made.id, "sensitive")).text
    assert 'name="version" type="hidden" value="1"' in shown
    assert foreign.post(path, data=TYPED).status_code == 404
    assert registrar.post(path, data=TYPED).status_code == 302
    assert facts(made) == ("Dao", False)
    assert actions() == [*["delegate.read_sensitive"] * 2, "delegate.edit"]


def test_of_two_who_have_the_form_open_the_second_sees_both(
    congress: Congress, as_role: Any
) -> None:
    made = tay(congress)
    registrar = as_role("registrar", unit("D1"))
    path = url(congress, made.id, "sensitive", "edit")
    assert registrar.post(path, data=TYPED).status_code == 302
    late = registrar.post(path, data=TYPED | {"ethnicity": "Nùng", "party_member": "1"})
    assert (late.status_code, facts(made)) == (409, ("Dao", False))
    for part in ('value="Nùng"', "<dd>Dao</dd>", 'name="version" type="hidden" value="2"'):
        assert part in late.text
    # What is stored was shown.
    assert actions() == ["delegate.read_sensitive", "delegate.edit", "delegate.read_sensitive"]


def test_an_empty_post_and_an_emptied_box_lose_nothing(congress: Congress, as_role: Any) -> None:
    made = tay(congress)
    registrar = as_role("registrar", unit("D1"))
    path = url(congress, made.id, "sensitive", "edit")
    told = [
        registrar.post(path, data=data).status_code
        for data in ({}, {"version": "1"}, TYPED | {"ethnicity": ""})
    ]
    assert (told, facts(made)) == ([409, 422, 422], ("Tày", True))
    dropped = TYPED | {"ethnicity": "", "party_member": "", "drops_ethnicity": "y"}
    assert registrar.post(path, data=dropped).status_code == 302
    assert facts(made) == (None, None)


def test_the_recorded_reading_tells_who_changed_what(congress: Congress, as_role: Any) -> None:
    made = tay(congress)
    organiser = as_role("organiser")
    path = url(congress, made.id, "sensitive")
    assert organiser.post(f"{path}/edit", data=TYPED).status_code == 302
    seen = organiser.get(url(congress, made.id)).text
    assert ("Tày" in seen, "niêm phong, chỉ hiện khi xem dữ liệu nhạy cảm" in seen) == (False, True)
    block = organiser.post(path).text.partition("Lịch sử dữ liệu nhạy cảm")[2].partition("</ol>")[0]
    for part in ("<del>Tày</del>", "<ins>Dao</ins>", "<del>có</del>", "<ins>không</ins>"):
        assert part in block
