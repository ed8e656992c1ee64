"""One user has only so much work begun within a minute, on all processes together."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.database import db
from congress_app.jobs import pace_queries, services, upload_services
from congress_app.jobs.models import Job, KeptUpload
from congress_app.jobs.uploads import Upload
from congress_app.kernel.errors import TooMany
from congress_app.kernel.permissions import Role, system_actor
from tests import builders
from tests.conftest import AsRole, FrozenClock

FILE = Upload(b"x,y\n", "ds.csv")


def begun(owner_id: int | None, count: int) -> None:
    for _ in range(count):
        builders.a_job("unit_import", owner_id)


def waits(owner_id: int | None) -> int:
    try:
        pace_queries.check(owner_id)
    except TooMany as refused:
        return refused.retry_after
    return 0


def test_a_minute_holds_so_many_of_each_user(app: Flask, frozen_clock: FrozenClock) -> None:
    begun(7, 1)
    frozen_clock.advance(seconds=20)
    begun(7, pace_queries.MOST - 2)
    assert waits(7) == 0
    begun(7, 1)
    assert (waits(7), waits(8)) == (40, 0)
    frozen_clock.advance(seconds=39)
    assert waits(7) == 1
    frozen_clock.advance(seconds=1)
    assert waits(7) == 0


def test_commands_are_not_counted(app: Flask, frozen_clock: FrozenClock) -> None:
    begun(None, pace_queries.MOST + 1)
    assert waits(None) == 0
    services.begin("unit_import", "Việc", {"key": "", "expected": None}, actor=system_actor())


def test_neither_a_sheet_nor_a_job_beyond_it_is_kept(app: Flask, frozen_clock: FrozenClock) -> None:
    begun(7, pace_queries.MOST)
    with pytest.raises(TooMany) as refused:
        upload_services.keep(FILE, 7)
    assert (refused.value.code, refused.value.retry_after) == ("too_many_jobs", 60)
    db.session.rollback()
    assert db.session.scalar(select(func.count(KeptUpload.key))) == 0


def test_who_sends_one_sheet_after_the_other_waits(
    as_role: AsRole, frozen_clock: FrozenClock
) -> None:
    congress = builders.a_congress()
    registrar = as_role(Role.REGISTRAR, congress.unit)

    def sent(number: int) -> int:
        file = (io.BytesIO(b"x,y\n1,%d\n" % number), "ds.csv")
        return registrar.post(
            f"/congresses/{congress.id}/delegates/import", data={"file": file}
        ).status_code

    most = pace_queries.MOST
    assert [sent(number) for number in range(most + 2)] == [*[302] * most, 429, 429]
    refused = registrar.post(f"/congresses/{congress.id}/delegates/export.xlsx")
    assert refused.status_code == 200
    frozen_clock.advance(minutes=1)
    assert sent(99) == 302
    db.session.rollback()
    # What is no sheet of ours is not kept either.
    assert db.session.scalar(select(func.count(Job.id))) == most + 1
    assert db.session.scalar(select(func.count(KeptUpload.key))) == 0
