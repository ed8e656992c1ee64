"""Carry jobs out: take one up, tell its progress, end it; and take up what others left.

Every process works on two jobs at a time, so that pages stay quick; what waits longer than
a moment is taken up by whichever process is free. Who takes a job raises its `attempt`, and
writes only while the number stands: a process that was thought dead and is not can spoil
nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from congress_app.database import db, transaction
from congress_app.jobs import outcome, queries, registry, retention_services
from congress_app.jobs.models import Job, JobFile
from congress_app.jobs.outcome import SILENT_FOR, State
from congress_app.jobs.worker import worker_name
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError

log = logging.getLogger(__name__)

AT_ONCE = 2
EVERY_SECONDS = 0.5
BEAT_SECONDS = 10.0
# The process that was asked for the job has it for itself this long.
FIRST_CHANCE = timedelta(seconds=5)

_places = threading.BoundedSemaphore(AT_ONCE)


class Cancelled(Exception):
    """A person asked for the job to stop."""


class Lost(Exception):
    """The job is another process's by now."""


class Progress:
    """Tells how far the work is: `progress(done, total, step)`; ends it when asked to.

    Written to the job's row at each new step and at most twice a second within one, in a
    little transaction of its own.
    While the work itself holds a write transaction nothing is written (SQLite has one
    writer: it would wait for itself); the figures are kept and go out with the next call
    after that transaction. So read and check with progress, then write in one go.
    `step` is a constant text marked with N_; pages translate it.
    """

    def __init__(self, app: Flask, job_id: int, attempt: int) -> None:
        self._app = app
        self.job_id = job_id
        self.attempt = attempt
        self.is_finished = False
        self._written_at = float("-inf")
        self._step: str | None = None

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Tell that `done` of `total` are finished, within the named step."""
        now = time.monotonic()
        too_soon = step == self._step and now - self._written_at < EVERY_SECONDS
        if too_soon or db.session().info.get("writing"):
            return
        self._written_at, self._step = now, step
        # A context of its own has a session of its own: the work's rows stay loaded.
        with self._app.app_context():
            if _write(self.job_id, self.attempt, done=done, total=total, step=step[:200]):
                raise Cancelled


def finish(
    progress: Progress, result: Mapping[str, Any], *, file: tuple[str, bytes] | None = None
) -> None:
    """End the job as done, within the transaction that writes what it was for.

    So the two cannot come apart: work that was stopped, or taken over by another process,
    writes nothing, and what is written is never done a second time after a crash. `file` is
    a name and its bytes for the owner to fetch.
    """
    with transaction() as session:
        job = must_go_on(progress)
        if file is not None:
            session.add(JobFile(job_id=job.id, name=outcome.file_name(file[0]), data=file[1]))
        job.state, job.result = State.DONE.value, dict(result)
        job.heartbeat_at = job.finished_at = clock.now()
        progress.is_finished = True


def must_go_on(progress: Progress) -> Job:
    """The job's row, taken; ends the work whose job was stopped or is another process's.

    For work that goes on after its transaction: within it, as the last thing.
    """
    with transaction() as session:
        job = session.get(Job, progress.job_id, with_for_update=True, populate_existing=True)
        if job is None or job.attempt != progress.attempt or job.state != State.RUNNING:
            raise Lost
        if job.cancel_asked:
            raise Cancelled
    return job


def in_thread(app: Flask, job_id: int) -> None:
    """Carry the job out beside the requests, as soon as there is a place."""
    threading.Thread(
        target=lambda: _in_place(app, job_id), name=f"job-{job_id}", daemon=True
    ).start()


def _in_place(app: Flask, job_id: int) -> None:
    with _places:
        run(app, job_id)


def run(app: Flask, job_id: int) -> None:
    """Take the job up, unless another has it, and carry it out to its end."""
    with app.app_context():
        taken = _take(job_id)
    if taken is None:
        return
    ended = threading.Event()
    beat = threading.Thread(target=_beat, args=(app, job_id, taken.attempt, ended), daemon=True)
    if app.config["JOBS_IN_THREAD"]:
        beat.start()
    try:
        _carry_out(app, job_id, taken)
    finally:
        ended.set()


class _Taken:
    """What of the row the work needs, read once."""

    def __init__(self, job: Job) -> None:
        self.attempt, self.kind = job.attempt, job.kind
        self.actor, self.arguments = job.actor, job.arguments


def _take(job_id: int) -> _Taken | None:
    """Make the job this process's; None when it is another's, over or gone."""
    now = clock.now()
    with transaction() as session:
        job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
        if job is None or outcome.is_over(State(job.state)):
            return None
        if job.state == State.RUNNING and not outcome.is_silent(job.heartbeat_at, now):
            return None
        if refusal := _why_not(job):
            job.state, job.result, job.finished_at = State.FAILED.value, refusal, now
            return None
        job.attempt += 1
        job.state, job.worker = State.RUNNING.value, worker_name()
        job.heartbeat_at = now
        return _Taken(job)


def _why_not(job: Job) -> dict[str, Any] | None:
    """Why the job is not begun, as its result; None when it may be.

    Its owner's account and rights are looked at each time. The command line has no account.
    """
    if job.attempt >= outcome.MOST_ATTEMPTS:
        return outcome.lost_as_data()
    if job.owner_id is None:
        return None
    owner = current_app.extensions["active_actor"](job.owner_id)
    if queries.may_be_done(job, owner):
        return None
    return outcome.rights_lost_as_data(was_begun=job.worker != "")


def _carry_out(app: Flask, job_id: int, taken: _Taken) -> None:
    progress = Progress(app, job_id, taken.attempt)
    try:
        with app.app_context():
            result = dict(_work(progress, taken) or {})
        if progress.is_finished:
            return
        state = State.DONE
    except Cancelled:
        state, result = State.CANCELLED, {}
    except Lost:
        log.warning("job %s was taken over by another process", job_id)
        return
    except DomainError as error:
        state, result = State.FAILED, outcome.error_as_data(error)
    except Exception:
        log.exception("job %s failed", job_id)
        state, result = State.FAILED, outcome.unforeseen_as_data()
    try:
        with app.app_context():
            facts = {"result": result, "finished_at": clock.now()}
            _write(job_id, taken.attempt, state=state.value, **facts)
    except (Lost, SQLAlchemyError):
        # Not told: it will be silent, and whoever takes it up finds the work done.
        log.exception("job %s ended as %s and could not say so", job_id, state.value)


def _work(progress: Progress, taken: _Taken) -> Mapping[str, Any] | None:
    work = registry.work_of(taken.kind)
    if work is None:
        raise LookupError(f"this version has no work of kind {taken.kind}")
    return work(progress, registry.actor_from_data(taken.actor), **(taken.arguments or {}))


def _beat(app: Flask, job_id: int, attempt: int, ended: threading.Event) -> None:
    """Say that the process lives, until the work has ended."""
    while not ended.wait(BEAT_SECONDS):
        try:
            with app.app_context():
                _write(job_id, attempt)
        except Lost:
            return
        except SQLAlchemyError:
            log.warning("job %s could not give a sign of life", job_id)


def _write(job_id: int, attempt: int, **values: object) -> bool:
    """Write into the row while it is ours; True when a person wants the job stopped."""
    with transaction() as session:
        told = session.execute(
            update(Job)
            .where(Job.id == job_id, Job.attempt == attempt, Job.state == State.RUNNING.value)
            .values(heartbeat_at=clock.now(), **values)
            .returning(Job.cancel_asked)
        ).one_or_none()
    if told is None:
        raise Lost
    return bool(told[0])


def take_up_left(app: Flask) -> list[int]:
    """Begin what waits unattended or whose process died; the numbers of those jobs.

    Every serving process calls this every few seconds; the row decides who gets it. What
    has been kept long enough goes on the way.
    """
    now = clock.now()
    with app.app_context():
        retention_services.forget_old()
        left = db.session.scalars(
            select(Job.id)
            .where(
                Job.arguments.is_not(None),
                or_(
                    (Job.state == State.WAITING.value) & (Job.heartbeat_at < now - FIRST_CHANCE),
                    (Job.state == State.RUNNING.value) & (Job.heartbeat_at < now - SILENT_FOR),
                    (Job.state == State.RUNNING.value) & (Job.heartbeat_at > now + SILENT_FOR),
                ),
            )
            .order_by(Job.id)
            .limit(AT_ONCE)
        ).all()
        db.session.rollback()
    for job_id in left:
        if app.config["JOBS_IN_THREAD"]:
            _if_there_is_a_place(app, job_id)
        else:
            run(app, job_id)
    return list(left)


def _if_there_is_a_place(app: Flask, job_id: int) -> None:
    if not _places.acquire(blocking=False):
        return

    def carry_out() -> None:
        try:
            run(app, job_id)
        finally:
            _places.release()

    threading.Thread(target=carry_out, name=f"job-{job_id}", daemon=True).start()
