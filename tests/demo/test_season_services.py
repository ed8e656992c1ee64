"""A demonstration that names everybody at the base, in a shape small enough for a test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.demo import services
from congress_app.demo.sizes import EXTENTS, Size
from congress_app.kernel.permissions import system_actor
from congress_app.units.models import Unit


def test_each_base_conference_lists_all_its_people(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = EXTENTS[Size.SMALL]
    shape = replace(small.shape, teams=2)
    large = replace(small, shape=shape, everybody=True)
    monkeypatch.setitem(EXTENTS, Size.SMALL, large)
    services.load(Size.SMALL, 2020, actor=system_actor())
    listed = dict(
        db.session.execute(
            select(Congress.unit_id, func.count(Delegate.id))
            .join(Delegate, Delegate.congress_id == Congress.id)
            .where(Congress.level == "base")
            .group_by(Congress.unit_id)
        ).all()
    )
    units = list(db.session.scalars(select(Unit)))
    people = {
        one.id: sum(u.headcount or 0 for u in units if u.path.startswith(one.path))
        for one in units
        if one.id in listed
    }
    assert listed == people
    assert sum(listed.values()) > 300
