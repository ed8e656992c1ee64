"""Many badges as a job: its file and the marks of printing come together or not at all."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from congress_app.audit.models import Entry
from congress_app.badges import print_queries, print_services, queries
from congress_app.badges.models import Badge
from congress_app.badges.queries import BadgeFilter
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.jobs import running_services
from congress_app.jobs.models import Job, JobFile
from congress_app.kernel.permissions import Role
from tests.builders import a_delegate
from tests.conftest import AsRole


@pytest.fixture
def organiser(organiser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(print_services, "AT_ONCE", 2)
    # Every sign of progress is written, and hears that a person wants it stopped.
    monkeypatch.setattr(running_services, "EVERY_SECONDS", 0.0)
    return organiser


def three(congress: Congress) -> None:
    for _ in range(3):
        a_delegate(congress)


def ask(client: FlaskClient, congress: Congress, **data: str) -> str:
    answer = client.post(f"/congresses/{congress.id}/badges/print", data=data)
    assert answer.status_code == 302
    db.session.rollback()
    return str(answer.location)


def marks(congress: Congress) -> tuple[int, int, int]:
    """Badges printed, printings in the log, files made."""
    db.session.rollback()
    return (
        queries.counts(congress.id).printed,
        len(print_queries.prints_of(congress.id)),
        db.session.scalar(select(func.count(JobFile.job_id))) or 0,
    )


def state() -> str:
    db.session.rollback()
    return db.session.scalars(select(Job.state)).one()


def left_by_a_dead_process() -> None:
    """The job as a process leaves it that dies before it has written anything."""
    with transaction() as session:
        session.execute(update(Job).values(state="waiting", attempt=1, result={}, finished_at=None))


def stop_at_the_first_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    real = running_services.Progress.__call__

    def asked_first(self: running_services.Progress, *told: object) -> None:
        with self._app.app_context(), transaction() as session:
            session.execute(update(Job).values(cancel_asked=True))
        real(self, *told)

    monkeypatch.setattr(running_services.Progress, "__call__", asked_first)


def test_few_badges_are_painted_at_once(organiser: FlaskClient, congress: Congress) -> None:
    for _ in range(2):
        a_delegate(congress)
    answer = organiser.post(f"/congresses/{congress.id}/badges/print")
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    assert marks(congress) == (2, 1, 0)


@pytest.mark.parametrize("imposition", ["a6", "a4", "bleed"])
def test_many_badges_are_a_job_whose_file_its_owner_fetches(
    organiser: FlaskClient, as_role: AsRole, congress: Congress, imposition: str
) -> None:
    three(congress)
    address = ask(organiser, congress, imposition=imposition)
    page = organiser.get(address)
    assert (page.status_code, f'action="{address}/file"' in page.text) == (200, True)
    assert f'href="/congresses/{congress.id}/badges"' in page.text
    made = organiser.post(f"{address}/file")
    assert (made.status_code, made.mimetype, made.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert as_role(Role.ORGANISER, congress.unit).post(f"{address}/file").status_code == 404
    job = db.session.scalars(select(Job)).one()
    result = {"count": 3, "sensitive": True}
    assert (job.state, job.result, job.kind) == ("done", result, "badge_print")
    assert marks(congress) == (3, 1, 1)
    told = select(Entry.changes).where(Entry.action == "badge.export")
    assert list(db.session.scalars(told)) == [{"count": 3, "file": "pdf"}]


def test_nothing_is_printed_in_a_congress_that_was_closed_meanwhile(
    organiser: FlaskClient, congress: Congress
) -> None:
    three(congress)
    with pytest.MonkeyPatch.context() as patch:
        stop_at_the_first_sign(patch)
        address = ask(organiser, congress)
    with transaction():
        db.session.get_one(Congress, congress.id).state = "closed"
    assert organiser.post(f"{address}/repeat").status_code == 302
    assert (state(), marks(congress)) == ("failed", (0, 0, 0))
    assert "đã bế mạc nên việc này" in organiser.get(address).text


def test_a_closing_while_badges_are_painted_leaves_no_mark(
    organiser: FlaskClient, congress: Congress, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(congress)
    real = print_services._painted

    def closed_afterwards(*words: object) -> print_services.Printed:
        printed = real(*words)  # type: ignore[arg-type]
        db.session.rollback()
        with transaction() as session:
            session.execute(update(Congress).values(state="closed"))
        return printed

    monkeypatch.setattr(print_services, "_painted", closed_afterwards)
    ask(organiser, congress)
    assert (state(), marks(congress)) == ("failed", (0, 0, 0))


def test_a_stopped_job_marks_nothing_and_done_again_marks_once(
    organiser: FlaskClient, congress: Congress
) -> None:
    three(congress)
    with pytest.MonkeyPatch.context() as patch:
        stop_at_the_first_sign(patch)
        address = ask(organiser, congress)
    assert (state(), marks(congress)) == ("cancelled", (0, 0, 0))
    assert organiser.post(f"{address}/file").status_code == 404
    assert organiser.post(f"{address}/repeat").status_code == 302
    assert (state(), marks(congress)) == ("done", (3, 1, 1))
    counts = db.session.scalars(select(Badge.print_count)).all()
    assert counts == [1, 1, 1]


def test_who_stops_it_while_the_file_is_ready_gets_nothing_marked(
    organiser: FlaskClient, congress: Congress, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(congress)
    real = print_services._painted

    def asked_afterwards(*words: object) -> print_services.Printed:
        printed = real(*words)  # type: ignore[arg-type]
        db.session.rollback()
        with transaction() as session:
            session.execute(update(Job).values(cancel_asked=True))
        return printed

    monkeypatch.setattr(print_services, "_painted", asked_afterwards)
    ask(organiser, congress)
    assert (state(), marks(congress)) == ("cancelled", (0, 0, 0))


def test_a_crash_before_the_end_is_made_good_by_another_process(
    app: Flask, organiser: FlaskClient, congress: Congress, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(congress)
    with monkeypatch.context() as patch:

        def breaks(*words: object, **more: object) -> None:
            raise MemoryError

        patch.setattr(print_services, "_note", breaks)
        ask(organiser, congress)
    assert (state(), marks(congress)) == ("failed", (0, 0, 0))
    left_by_a_dead_process()
    running_services.run(app, db.session.scalars(select(Job.id)).one())
    assert (state(), marks(congress)) == ("done", (3, 1, 1))


def test_a_process_thought_dead_marks_nothing(
    organiser: FlaskClient, congress: Congress, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(congress)
    real = print_services._painted

    def overtaken(*words: object) -> print_services.Printed:
        printed = real(*words)  # type: ignore[arg-type]
        db.session.rollback()
        with transaction() as session:
            session.execute(update(Job).values(attempt=2))
        return printed

    monkeypatch.setattr(print_services, "_painted", overtaken)
    ask(organiser, congress)
    assert (state(), marks(congress)) == ("running", (0, 0, 0))


def test_done_work_is_not_taken_up_again(
    app: Flask, organiser: FlaskClient, congress: Congress
) -> None:
    three(congress)
    ask(organiser, congress)
    running_services.run(app, db.session.scalars(select(Job.id)).one())
    assert (state(), marks(congress)) == ("done", (3, 1, 1))


def test_the_filter_goes_with_the_job(organiser: FlaskClient, congress: Congress) -> None:
    three(congress)
    a_delegate(congress, category="guest")
    organiser.post(f"/congresses/{congress.id}/badges/print?category=official")
    assert marks(congress) == (3, 1, 1)
    [line] = print_queries.prints_of(congress.id)
    assert (line.run.count, line.run.filters) == (3, {"category": "official"})
    assert len(queries.badges(congress.id, BadgeFilter(printing="new"))) == 1
