"""What the log goes on telling of a settled name that was changed, once the congress is purged."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from congress_app.audit import chain, chain_queries
from congress_app.audit.models import Entry
from congress_app.audit.services import record
from congress_app.database import db
from congress_app.delegates.models import Delegate
from tests.builders import a_delegate
from tests.dossiers.closed import LAN, NAME, a_closed_congress
from tests.dossiers.test_services import file_bytes, looked_over, purged

STAYS: dict[str, object] = {
    "full_name": ["Hoàng Thị Thắng", NAME],
    "category": ["guest", "official"],
}
WHY: dict[str, object] = {"reason": "Ghi sai theo quyết định"}
BIRTH: dict[str, object] = {"birth": ["17/05/1979", "18/05/1980"]}
# In no other entry, and in no row: what is found of them afterwards was left in this one.
GOES: dict[str, object] = {"phone": ["0977123123", None], "education": [None, "cao dang trong thu"]}
WORDS = ("17/05/1979", "0977123123", "cao dang trong thu")


def tell(delegate: Delegate, changes: dict[str, object]) -> None:
    path = delegate.congress.unit.path
    record("delegate.identity", delegate, changes, actor=LAN, unit_path=path, name=NAME)


def told() -> list[tuple[str, str, object]]:
    wanted = select(Entry).where(Entry.action == "delegate.identity").order_by(Entry.id)
    return [(one.actor_name, one.subject_name, one.changes) for one in db.session.scalars(wanted)]


def test_from_what_by_whom_and_why_stays_and_nothing_besides(app: Flask) -> None:
    closed = a_closed_congress()
    tell(closed.delegate, STAYS | WHY | BIRTH | GOES)
    looked_over()
    db.session.rollback()
    before = file_bytes()
    assert [one for one in WORDS if one.encode() not in before] == []
    purged(closed)
    left = STAYS | WHY | {"birth_year": [1979, 1980], chain.PARTLY: True}
    assert told() == [("lan", NAME, left)]
    found = chain_queries.verify()
    assert (found.fault, found.erased) == (None, 3)
    db.session.rollback()
    after = file_bytes()
    assert [one for one in WORDS if one.encode() in after] == []


def test_what_another_congress_was_told_stays_whole(app: Flask) -> None:
    closed = a_closed_congress()
    tell(a_delegate(person=closed.delegate.person), STAYS | WHY | BIRTH)
    purged(closed)
    assert told() == [("lan", NAME, STAYS | WHY | BIRTH)]
