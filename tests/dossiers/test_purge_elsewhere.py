"""What a purge must find outside the rows of its congress."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from congress_app.accounts import typed_queries, typed_services
from congress_app.accounts.typed_form import TypedForm
from congress_app.checkin import shelf
from congress_app.checkin.latest import Kept
from congress_app.checkin.live import told
from congress_app.checkin.shelf import Shelf
from congress_app.dossiers import services
from tests.builders import a_congress, a_unit, a_user, the_root
from tests.dossiers.closed import LAN, NAME, PLANTED, Closed, a_closed_congress


def purged(closed: Closed) -> None:
    dossier = services.make(closed.congress, lambda _done, _total, _step: None, actor=LAN)
    services.check(closed.congress, dossier, actor=LAN)
    services.purge(closed.congress, dossier, dossier.sha256, actor=LAN)


def test_forms_that_came_late_to_its_pages_go_and_no_others(app: Flask) -> None:
    closed = a_closed_congress()
    other = a_congress(unit=a_unit("BHXH huyện khác", parent=closed.congress.unit))
    here, there = f"/congresses/{closed.congress.id}", f"/congresses/{other.id}/delegates/new"
    pages = [f"{here}?tab=1", f"{here}/delegates/new", there, "/units/7"]
    users = [a_user("organiser", the_root()).id for _ in pages]
    for user_id, page in zip(users, pages, strict=True):
        typed_services.keep(user_id, TypedForm(page, (("phone", PLANTED["phone"]),)))
    purged(closed)
    left = [typed_queries.typed_by(user_id) for user_id in users]
    assert [form and form.action for form in left] == [None, None, there, "/units/7"]


def test_answers_of_live_pages_go(app: Flask) -> None:
    closed = a_closed_congress()
    folder = Path(app.instance_path) / shelf.FOLDER
    laid = Kept((1, 1), 0.0, 0.0, told({"html": NAME}, 1))
    Shelf(folder).put(("board", closed.congress.id), laid)
    assert len(list(folder.iterdir())) == 1
    purged(closed)
    assert list(folder.iterdir()) == []
