"""Which part of the site a form belongs to, in the words of the menus."""

from __future__ import annotations

from flask import Flask

from congress_app.factory.places import place_of
from congress_app.kernel.permissions import Actor, Grant, Role
from tests import builders


def test_it_names_the_menu_and_the_congress_to_who_may_open_them(app: Flask) -> None:
    congress = builders.a_congress(name="Đại hội thi đua")
    elsewhere = builders.a_unit("77", parent=builders.the_root())
    inside = f"/congresses/{congress.id}"
    reader, stranger = (
        Actor("user", 1, "mai", "Mai", (Grant(Role.ORGANISER, unit.path),))
        for unit in (congress.unit, elsewhere)
    )
    with app.test_request_context():
        assert place_of("/clusters?q=1", reader) == (("Đơn vị", "/units"),)
        assert place_of(f"{inside}/speeches/new", reader) == (
            ("Đại hội thi đua", f"{inside}/"),
            ("Tham luận", f"{inside}/speeches"),
        )
        assert place_of(f"{inside}/speeches/new", stranger) == ()
        assert place_of("/congresses/99/speeches/new", reader) == ()
        assert place_of("/no/such/page", reader) == ()
        assert place_of("/congresses", reader) == ()
