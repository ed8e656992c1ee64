"""Start work that takes longer than a page may, and keep its progress.

    job = start("delegate_import", title, work, back_to=…, actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job.id))

`work(progress)` runs in a thread of the serving process, in an application context of its
own, after the row of the job is stored. It calls use cases like a view would and returns
the JSON the job keeps as its `result` (or None). What it raises fails the job: a
DomainError with its own sentence and details, anything else with a general one.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import delete, update

from congress_app.database import db, transaction
from congress_app.jobs import outcome
from congress_app.jobs.models import Job
from congress_app.jobs.outcome import State
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError
from congress_app.kernel.permissions import Actor

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
EVERY_SECONDS = 0.5

Work = Callable[["Progress"], Mapping[str, Any] | None]


class Progress:
    """Tells how far the work is: `progress(done, total, step)`.

    Written to the job's row at most twice a second, in a little transaction of its own.
    While the work itself holds a write transaction nothing is written (SQLite has one
    writer: it would wait for itself); the figures are kept and go out with the next call
    after that transaction. So read and check with progress, then write in one go.
    `step` is a constant text marked with N_; pages translate it.
    """

    def __init__(self, app: Flask, job_id: int) -> None:
        self._app = app
        self._job_id = job_id
        self._written_at = float("-inf")

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Tell that `done` of `total` are finished, within the named step."""
        now = time.monotonic()
        if now - self._written_at < EVERY_SECONDS or db.session().info.get("writing"):
            return
        self._written_at = now
        # A context of its own has a session of its own: the work's rows stay loaded.
        with self._app.app_context():
            _write(self._job_id, done=done, total=total, step=step[:200])


def start(
    kind: str,
    title: str,
    work: Work,
    *,
    back_to: str | Callable[[int], str] = "",
    actor: Actor,
) -> Job:
    """Store the job and begin its work; the caller sends the reader to `jobs.show`.

    `title` is in the language of the actor. `back_to` is the address the page goes on to
    when the job is done, or a function that makes it from the job's number. Must not be
    called inside a transaction: the work would begin before the rows it needs are there.
    """
    if db.session().info.get("writing"):
        raise RuntimeError("a job starts after the commit, not inside a transaction")
    job = _store(kind, title, back_to, actor)
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    job_id = job.id
    db.session.rollback()  # no reading transaction stays open while the work runs
    if current_app.config["JOBS_IN_THREAD"]:
        threading.Thread(
            target=_run, args=(app, job_id, work), name=f"job-{job_id}", daemon=True
        ).start()
    else:
        _run(app, job_id, work)
    return job


def _store(kind: str, title: str, back_to: str | Callable[[int], str], actor: Actor) -> Job:
    now = clock.now()
    with transaction() as session:
        # Results may name people; a week is enough to read them.
        session.execute(delete(Job).where(Job.created_at < now - KEPT_FOR))
        job = Job(
            kind=kind,
            owner_id=actor.id if actor.kind == "user" else None,
            title=title[:300],
            state=State.WAITING.value,
            created_at=now,
            heartbeat_at=now,
        )
        session.add(job)
        session.flush()
        job.back_to = back_to if isinstance(back_to, str) else back_to(job.id)
    return job


def _run(app: Flask, job_id: int, work: Work) -> None:
    with app.app_context():
        _write(job_id, state=State.RUNNING.value)
    try:
        with app.app_context():
            result = dict(work(Progress(app, job_id)) or {})
        state = State.DONE
    except DomainError as error:
        state, result = State.FAILED, outcome.error_as_data(error)
    except Exception:
        log.exception("job %s failed", job_id)
        state, result = State.FAILED, outcome.unforeseen_as_data()
    with app.app_context():
        _write(job_id, state=state.value, result=result, finished_at=clock.now())


def _write(job_id: int, **values: object) -> None:
    with transaction() as session:
        session.execute(
            update(Job).where(Job.id == job_id).values(heartbeat_at=clock.now(), **values)
        )
