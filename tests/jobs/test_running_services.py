"""Jobs that outlive the process that began them, and jobs a person stops."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest
from sqlalchemy import delete, select, update

from congress_app.database import db, transaction
from congress_app.jobs import outcome, running_services, services
from congress_app.jobs.models import Job
from congress_app.jobs.registry import durable
from congress_app.jobs.worker import worker_name
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import Actor, Grant, Role, system_actor
from congress_app.units.models import Cluster
from tests import builders

ACTOR = Actor("user", 7, "lan", "Lan")
# Set by the tests, cleared after each: the work may wait in the middle of its way.
middle = SimpleNamespace(reached=threading.Event(), may_end=threading.Event(), dies=False)


class Died(BaseException):
    """The process ends here: nothing of ours may run after it."""


@durable("trial_cluster")
def make_cluster(progress, actor, *, name):
    """Write once, whatever the attempt; then tell, wait if asked, and end."""
    with transaction() as session:
        if session.scalar(select(Cluster).where(Cluster.name == name)) is None:
            session.add(Cluster(name=name))
    if middle.dies:
        raise Died
    middle.reached.set()
    middle.may_end.wait(10)
    time.sleep(services.EVERY_SECONDS)
    progress(1, 2)
    return {"name": name, "by": actor.name}


@pytest.fixture(autouse=True)
def lan(app):
    """The account behind ACTOR."""
    return builders.a_user(id=7, username="lan")


@pytest.fixture(autouse=True)
def _plain():
    middle.reached.clear()
    middle.may_end.set()
    middle.dies = False


def begin(**more):
    job = services.begin("trial_cluster", "Việc thử", {"name": "Cụm 1"}, actor=ACTOR, **more)
    db.session.rollback()
    return job


def row(job_id):
    db.session.rollback()
    return db.session.get_one(Job, job_id, populate_existing=True)


def clusters():
    return db.session.scalars(select(Cluster.name)).all()


def left_by_a_dead_process(app):
    """A job whose process died after it wrote and before it could say so."""
    middle.dies = True
    with pytest.raises(Died):
        begin()
    middle.dies = False
    return db.session.scalars(select(Job.id)).one()


def test_durable_work_gets_its_arguments_and_its_actor(app):
    job = begin()
    assert (job.state, job.attempt) == ("done", 1)
    assert job.result == {"name": "Cụm 1", "by": "lan"}
    assert job.worker == worker_name()


def test_an_unknown_kind_is_a_mistake_told_at_once(app):
    with pytest.raises(LookupError):
        services.begin("no such work", "x", {}, actor=ACTOR)
    assert db.session.scalars(select(Job)).all() == []


def test_a_job_whose_process_died_is_taken_up_and_does_nothing_twice(app, frozen_clock):
    job_id = left_by_a_dead_process(app)
    assert (row(job_id).state, clusters()) == ("running", ["Cụm 1"])
    frozen_clock.advance(seconds=59)
    assert running_services.take_up_left(app) == []
    frozen_clock.advance(seconds=2)
    assert running_services.take_up_left(app) == [job_id]
    assert (row(job_id).state, row(job_id).attempt, clusters()) == ("done", 2, ["Cụm 1"])
    assert running_services.take_up_left(app) == []


def test_a_clock_set_back_does_not_leave_a_dead_job_alone(app, frozen_clock):
    job_id = left_by_a_dead_process(app)
    frozen_clock.advance(hours=-1)
    assert running_services.take_up_left(app) == [job_id]
    assert row(job_id).state == "done"


def test_a_job_that_kills_its_process_again_and_again_fails_clearly(app, frozen_clock):
    job_id = left_by_a_dead_process(app)
    middle.dies = True
    for _ in range(outcome.MOST_ATTEMPTS - 1):
        frozen_clock.advance(seconds=61)
        with pytest.raises(Died):
            running_services.take_up_left(app)
    frozen_clock.advance(seconds=61)
    assert running_services.take_up_left(app) == [job_id]
    failed = row(job_id)
    assert (failed.state, failed.attempt) == ("failed", outcome.MOST_ATTEMPTS)
    assert outcome.error_sentence(failed.result) == outcome.LOST
    middle.dies = False
    services.repeat(failed, actor=ACTOR)
    assert (row(job_id).state, row(job_id).attempt) == ("done", 1)


def test_a_file_with_a_name_too_long_keeps_its_ending(app):
    @durable("trial_long_name")
    def long_name(progress, actor):
        services.finish(progress, {}, file=("Sơ đồ " * 100 + ".pdf", b"%PDF-x"))

    job = services.begin("trial_long_name", "x", {}, actor=ACTOR)
    made = services.take_file(job, actor=ACTOR)
    assert (job.state, made.name, made.data) == ("done", ("Sơ đồ " * 100)[:296] + ".pdf", b"%PDF-x")


def test_who_lost_the_job_writes_nothing_more(app, caplog):
    @durable("trial_overtaken")
    def overtaken(progress, actor):
        with transaction() as session:
            session.execute(update(Job).values(attempt=5, state="done", result={"by": "other"}))
        progress(1, 2)
        raise AssertionError("it went on")

    job = services.begin("trial_overtaken", "x", {}, actor=ACTOR)
    assert (row(job.id).state, row(job.id).result) == ("done", {"by": "other"})
    assert "taken over" in caplog.text


def test_work_of_a_later_version_fails_and_can_be_repeated_there(app, frozen_clock):
    job = begin()
    with transaction():
        job.kind, job.state = "of_a_later_version", "waiting"
    frozen_clock.advance(seconds=6)
    running_services.take_up_left(app)
    assert row(job.id).state == "failed"


def test_running_work_stops_at_its_next_sign_of_progress(app):
    app.config["JOBS_IN_THREAD"] = True
    middle.may_end.clear()
    job = begin()
    assert middle.reached.wait(10)
    services.cancel(row(job.id), actor=system_actor())
    assert (row(job.id).state, row(job.id).cancel_asked) == ("running", True)
    middle.may_end.set()
    deadline = time.monotonic() + 10
    while row(job.id).state == "running" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (row(job.id).state, clusters()) == ("cancelled", ["Cụm 1"])
    with pytest.raises(Conflict):
        services.cancel(row(job.id), actor=system_actor())


def test_waiting_work_is_stopped_at_once_and_never_begins(app, frozen_clock):
    job = begin()
    with transaction():
        job.state, job.result, job.finished_at = "waiting", {}, None
    services.cancel(row(job.id), actor=system_actor())
    stopped_at = frozen_clock.now
    frozen_clock.advance(seconds=61)
    assert running_services.take_up_left(app) == []
    assert (row(job.id).state, row(job.id).finished_at) == ("cancelled", stopped_at)


def test_done_work_is_not_repeated(app):
    with pytest.raises(Conflict):
        services.repeat(begin(), actor=ACTOR)


@durable("trial_in_two", goes_on=lambda **_arguments: clusters() != [])
def make_and_settle(progress, actor, *, name):
    """As `make_cluster`; once the cluster is there, it is ended whoever asked for it."""
    return make_cluster(progress, actor, name=name)


def an_organiser():
    """An organiser of the whole tree, and who he is as an actor."""
    organiser = builders.a_user(Role.ORGANISER)
    place = organiser.grants[0].unit.path
    return organiser, Actor("user", organiser.id, "mai", "Mai", (Grant(Role.ORGANISER, place),))


def waiting(frozen_clock, kind="trial_cluster"):
    """A job nobody has taken up yet, and who asked for it."""
    organiser, actor = an_organiser()
    job = services.begin(kind, "Việc thử", {"name": "Cụm 1"}, actor=actor)
    with transaction() as session:
        job.state, job.result, job.finished_at = "waiting", {}, None
        job.attempt, job.worker = 0, ""
        session.execute(delete(Cluster))
    frozen_clock.advance(seconds=6)
    return organiser, job.id


def interrupted(frozen_clock, kind):
    """A job whose process died after it wrote, and who asked for it."""
    organiser, actor = an_organiser()
    middle.dies = True
    with pytest.raises(Died):
        services.begin(kind, "Việc thử", {"name": "Cụm 1"}, actor=actor)
    middle.dies = False
    frozen_clock.advance(seconds=61)
    return organiser, db.session.scalars(select(Job.id)).one()


def is_closed(user):
    user.is_active = False


def loses_the_right(user):
    user.grants.clear()


happenings = pytest.mark.parametrize("happens", [is_closed, loses_the_right])


@happenings
@pytest.mark.parametrize("kind", ["trial_cluster", "trial_in_two"])
def test_work_of_who_may_do_it_no_longer_is_not_done(app, frozen_clock, kind, happens):
    owner, job_id = waiting(frozen_clock, kind)
    with transaction():
        happens(owner)
    assert running_services.take_up_left(app) == [job_id]
    refused = row(job_id)
    assert (refused.state, refused.attempt, clusters()) == ("failed", 0, [])
    assert outcome.error_sentence(refused.result) == outcome.RIGHTS_LOST


@happenings
def test_work_begun_by_who_may_do_it_no_longer_is_told_as_begun(app, frozen_clock, happens):
    owner, job_id = interrupted(frozen_clock, "trial_cluster")
    with transaction():
        happens(owner)
    assert running_services.take_up_left(app) == [job_id]
    assert (row(job_id).state, row(job_id).attempt, clusters()) == ("failed", 1, ["Cụm 1"])
    assert outcome.error_sentence(row(job_id).result) == outcome.RIGHTS_LOST_SINCE


@happenings
def test_what_is_done_but_for_its_end_is_ended_whoever_asked_for_it(app, frozen_clock, happens):
    owner, job_id = interrupted(frozen_clock, "trial_in_two")
    with transaction():
        happens(owner)
    assert running_services.take_up_left(app) == [job_id]
    assert (row(job_id).state, row(job_id).attempt, clusters()) == ("done", 2, ["Cụm 1"])


def test_what_is_done_but_for_its_end_is_repeated_without_the_right(app, frozen_clock):
    owner, job_id = interrupted(frozen_clock, "trial_in_two")
    with transaction():
        loses_the_right(owner)
        row(job_id).state = "cancelled"
    services.repeat(row(job_id), actor=Actor("user", owner.id, "mai", "Mai"))
    assert (row(job_id).state, clusters()) == ("done", ["Cụm 1"])


def test_work_of_who_may_do_it_still_is_done(app, frozen_clock):
    _owner, job_id = waiting(frozen_clock)
    assert running_services.take_up_left(app) == [job_id]
    assert (row(job_id).state, clusters()) == ("done", ["Cụm 1"])
