"""Long work: its row, its progress, its end."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress_app.database import db, transaction
from congress_app.jobs import outcome, running_services, services
from congress_app.jobs.models import Job, JobFile
from congress_app.jobs.registry import durable
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import Sentence
from congress_app.units.models import Cluster
from tests.builders import a_cluster, a_unit, a_user

ACTOR = Actor("user", 7, "lan", "Lan")


@pytest.fixture(autouse=True)
def lan(app):
    """The account behind ACTOR."""
    return a_user(id=7, username="lan")


held: dict[str, Any] = {}


@durable("trial")
def trial(progress, actor):
    """Whatever the test at hand wants done."""
    return held["work"](progress)


def start(work, title="Việc thử", **options):
    held["work"] = work
    job = services.begin("trial", title, {}, actor=ACTOR, **options)
    db.session.rollback()
    return job


def rename(name: str) -> None:
    """A use case: one write transaction of its own."""
    with transaction() as session:
        cluster = session.scalars(select(Cluster)).one()
        cluster.name = name


def test_done_work_leaves_its_result(app, frozen_clock):
    job = start(lambda progress: {"created": 3}, back_to="/units")
    assert (job.state, job.result, job.back_to) == ("done", {"created": 3}, "/units")
    assert (job.kind, job.title, job.owner_id) == ("trial", "Việc thử", 7)
    assert job.created_at == job.heartbeat_at == job.finished_at == frozen_clock.now


def test_work_without_a_result_is_done_too(app):
    assert start(lambda progress: None).result == {}


def test_the_address_to_go_on_to_may_name_the_job(app):
    job = start(lambda progress: None, back_to=lambda job_id: f"/imports/{job_id}")
    assert job.back_to == f"/imports/{job.id}"


def test_the_rows_of_the_job_are_stored_before_the_work_begins(app):
    seen = []
    start(lambda progress: seen.append(db.session.scalars(select(Job.state)).all()))
    assert seen == [["running"]]


def test_a_broken_rule_fails_the_job_with_its_own_words(app):
    def work(progress):
        raise RuleViolation("over_cap", Sentence("Đã đủ {cap}.", cap=300), ["Dòng 7"])

    job = start(work)
    assert job.state == "failed"
    assert str(outcome.error_sentence(job.result)) == "Đã đủ 300."
    assert outcome.error_details(job.result) == ["Dòng 7"]
    assert job.result["error"]["code"] == "over_cap"


def test_an_unforeseen_error_fails_the_job_and_is_logged(app, caplog):
    def work(progress):
        raise ZeroDivisionError("secret detail")

    job = start(work)
    assert job.state == "failed"
    assert outcome.error_sentence(job.result) == outcome.UNFORESEEN
    assert "secret detail" not in str(job.result)
    assert "ZeroDivisionError: secret detail" in caplog.text


def test_a_failing_work_keeps_nothing_of_its_write(app):
    a_cluster("trước")

    def work(progress):
        with transaction():
            rename("sau")
            raise RuleViolation("x", Sentence("x"))

    start(work)
    assert db.session.scalars(select(Cluster.name)).all() == ["trước"]


def test_progress_is_stored_and_not_at_every_step(app, monkeypatch):
    monkeypatch.setattr(running_services, "EVERY_SECONDS", 3600.0)
    seen = []

    def work(progress):
        for done in range(50):
            progress(done, 50, "Đọc tệp")
            seen.append(db.session.execute(select(Job.done, Job.total, Job.step)).one())
            db.session.rollback()
        monkeypatch.setattr(running_services, "EVERY_SECONDS", 0.0)
        progress(50, 50, "Kiểm tra")

    job = start(work)
    assert {tuple(row) for row in seen} == {(0, 50, "Đọc tệp")}
    assert (job.done, job.total, job.step) == (50, 50, "Kiểm tra")


def test_a_new_step_is_told_at_once(app):
    steps = []

    def work(progress):
        for step in ("Đọc tệp", "Kiểm tra", "Ghi"):
            progress(0, 3, step)
            steps.append(db.session.scalars(select(Job.step)).one())
            db.session.rollback()

    start(work)
    assert steps == ["Đọc tệp", "Kiểm tra", "Ghi"]


def test_small_work_is_done_before_the_answer_even_where_others_run_in_threads(app):
    app.config["JOBS_IN_THREAD"] = True
    names = []
    job = start(lambda progress: names.append(threading.current_thread()), at_once=True)
    assert (job.state, names) == ("done", [threading.current_thread()])


def test_progress_while_writing_is_kept_back_instead_of_waiting_for_itself(app):
    a_cluster("trước")

    def work(progress):
        with transaction():
            rename("giữa")
            progress(1, 2, "Ghi")
        progress(2, 2, "Xong")

    job = start(work)
    assert (job.state, job.done, job.step) == ("done", 2, "Xong")


def test_rows_the_work_holds_stay_loaded_over_progress(app, count_queries):
    unit = a_unit("A", name="Phòng Thu")

    def work(progress):
        held = db.session.get_one(type(unit), unit_id)
        progress(1, 2, "Đọc")
        with count_queries() as seen:
            assert held.name == "Phòng Thu"
        return {"queries": len(seen)}

    unit_id = unit.id
    assert start(work).result == {"queries": 0}


def test_a_job_inside_a_transaction_is_a_mistake_told_at_once(app):
    with transaction(), pytest.raises(RuntimeError, match="after the commit"):
        start(lambda progress: None)
    assert db.session.scalars(select(Job)).all() == []


def test_results_are_kept_for_a_week(app, frozen_clock):
    for title in ("thứ nhất", "thứ hai", "thứ ba"):
        start(lambda progress: None, title)
        frozen_clock.advance(days=3, hours=12)
    start(lambda progress: None, "thứ tư")
    titles = db.session.scalars(select(Job.title).order_by(Job.created_at)).all()
    assert titles == ["thứ hai", "thứ ba", "thứ tư"]


def test_work_in_a_thread_goes_on_after_the_answer(app):
    app.config["JOBS_IN_THREAD"] = True
    a_cluster("trước")
    may_end = threading.Event()
    names = []

    def work(progress):
        names.append(threading.current_thread().name)
        progress(1, 2, "Đang làm")
        may_end.wait(10)
        rename("sau")

    job_id = start(work).id
    assert wait_for(lambda: one(Job.state, job_id) == "running" and one(Job.done, job_id) == 1)
    may_end.set()
    assert wait_for(lambda: one(Job.state, job_id) == "done")
    assert names == [f"job-{job_id}"]
    assert db.session.scalars(select(Cluster.name)).all() == ["sau"]


def one(column, job_id):
    db.session.rollback()
    return db.session.scalar(select(column).where(Job.id == job_id))


def wait_for(fact, seconds=10.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if fact():
            return True
        time.sleep(0.05)
    return False


def test_a_heartbeat_tells_a_living_job_from_a_dead_one(app, frozen_clock):
    job = start(lambda progress: None)
    with transaction():
        job.state = "running"
    late = frozen_clock.now + timedelta(seconds=61)
    assert outcome.state_now(job.state, job.heartbeat_at, late) == "interrupted"


@pytest.mark.parametrize(("result", "days"), [({"sensitive": True}, 1), ({"sensitive": False}, 7)])
def test_a_sensitive_file_goes_after_a_day_any_other_after_a_week(app, frozen_clock, result, days):
    job = start(lambda progress: running_services.finish(progress, result, file=("a.pdf", b"x")))
    assert (job.state, job.result) == ("done", result)
    frozen_clock.advance(days=days)
    running_services.take_up_left(app)
    assert kept() == [1, 1]
    frozen_clock.advance(seconds=1)
    running_services.take_up_left(app)
    assert kept() == [0, 0]


def kept() -> list[int]:
    """How many jobs and files of jobs there are."""
    db.session.rollback()
    return [len(db.session.scalars(select(one)).all()) for one in (Job.id, JobFile.job_id)]
