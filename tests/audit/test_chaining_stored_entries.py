"""The migration chains the entries an older version wrote."""

from __future__ import annotations

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from congress_app.audit import chain_queries, services
from congress_app.database import db
from congress_app.kernel.permissions import Actor

ACTOR = Actor("user", 7, "lan", "Nguyễn Thị Lan", (), "10.0.0.5")


def test_entries_from_before_are_chained_and_new_ones_follow(app):
    for number in range(3):
        changes = {"name": ["Đơn vị cũ", f"Đơn vị {number}"], "share": 0.1}
        services.record("unit.edit", "unit", changes, actor=ACTOR, name="Đơn vị", unit_path="/1/")
    db.session.remove()
    downgrade(revision="0020")
    upgrade()
    db.session.remove()
    services.record("unit.edit", "unit", {}, actor=ACTOR)
    found = chain_queries.verify()
    assert (found.fault, found.entries, found.head) == (None, 4, chain_queries.head())
    stored = db.session.scalar(text("SELECT changes FROM audit_entry WHERE number = 3"))
    assert "0.1" in str(stored)
