"""Start work that takes longer than a page may, stop it, have it done again.

    job = begin("delegate_import", title, {"key": key}, back_to=…, actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job.id))

The work registered under the kind (`registry.durable`) runs in a thread of this process,
in an application context of its own, after the row of the job is stored. When the process
dies, another one takes the job up again. It calls use cases like a view would and returns
the JSON the job keeps as its `result` (or None). What it raises fails the job: a
DomainError with its own sentence and details, anything else with a general one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Flask, current_app

from congress_app.audit.services import record
from congress_app.database import db, transaction
from congress_app.jobs import (
    outcome,
    pace_queries,
    queries,
    registry,
    retention_services,
    running_services,
    upload_queries,
)
from congress_app.jobs.models import Job, JobFile, KeptUpload
from congress_app.jobs.outcome import State
from congress_app.jobs.running_services import EVERY_SECONDS, Progress, finish, must_go_on
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

__all__ = [
    "EVERY_SECONDS",
    "Progress",
    "begin",
    "begin_with_sheet",
    "cancel",
    "finish",
    "must_go_on",
    "repeat",
    "take_file",
]

BackTo = str | Callable[[int], str]

RIGHTS_CHANGED = Sentence(
    N_(
        "Quyền của bạn đã thay đổi từ khi giao việc này nên không làm lại được từ đây. "
        "Hãy bắt đầu lại từ trang của nó."
    )
)


def begin(
    kind: str,
    title: str,
    arguments: Mapping[str, Any],
    *,
    back_to: BackTo = "",
    actor: Actor,
    at_once: bool = False,
) -> Job:
    """Store a job of durable work and begin it; the caller sends the reader to `jobs.show`.

    `title` is in the language of the actor. `back_to` is the address the page goes on to
    when the job is done, or a function that makes it from the job's number. Work known to
    be small is done `at_once`, within the request: the same job, over when this returns.
    Must not be called inside a transaction: the work would begin before the rows it needs
    are there. Raises TooMany `too_many_jobs` for who begins one after the other.
    """
    _prepare(kind)
    job = _store(kind, title, back_to, actor, dict(arguments))
    _launch(job.id, at_once)
    return job


def begin_with_sheet(
    kind: str,
    title: Callable[[str], str],
    arguments: Mapping[str, Any],
    *,
    back_to: BackTo,
    actor: Actor,
) -> Job:
    """As `begin`, for work on the kept sheet under `arguments["key"]`; asked twice, done once.

    Gives the job that is under way for the very same wish, or that has written the sheet:
    a second click comes to what the first one began. `title` gets the file's name; a small
    sheet is done at once. Raises NotFound `upload_gone`.
    """
    _prepare(kind)
    key = str(arguments["key"])
    with transaction() as session:
        # Of two requests the second waits here, and then sees the job of the first.
        session.get(KeptUpload, key, with_for_update=True, populate_existing=True)
        begun = queries.begun_with_sheet(kind, arguments, actor)
        if begun is not None:
            return begun
        upload = upload_queries.fetch(key, actor.id)
        job = _store(kind, title(upload.filename), back_to, actor, dict(arguments))
    _launch(job.id, upload.is_small)
    return job


def cancel(job: Job, *, actor: Actor) -> None:
    """Stop it: at once while it waits, at its next sign of progress while it runs.

    Recorded, since an administrator may stop what another began; asked again while it runs,
    nothing is. Work that is nearly done may end as done all the same.

    What it has written by then stays; what it is writing is written whole or not at all.
    """
    with transaction() as session:
        found = session.get_one(Job, job.id, with_for_update=True, populate_existing=True)
        state, was_asked = State(found.state), found.cancel_asked
        if outcome.is_over(state):
            raise Conflict("job_over", Sentence(N_("Việc này đã kết thúc, không còn gì để dừng.")))
        found.cancel_asked = True
        told: dict[str, object] = {"cancel_asked": [False, True]}
        if state == State.WAITING or outcome.is_silent(found.heartbeat_at, clock.now()):
            # The number changes hands, so whoever held it can write nothing more.
            found.attempt += 1
            found.state, found.finished_at = State.CANCELLED.value, clock.now()
            told = {"state": [state.value, found.state]}
        elif was_asked:
            return
        told["owner"] = found.actor.get("name")
        # Not by its title, which may name people.
        record("job.cancel", found, told, actor=actor, name=found.kind)


def repeat(job: Job, *, actor: Actor) -> None:
    """Have a failed or stopped job done again from its beginning.

    Raises Conflict `rights_changed` where its owner may not have it done any more.
    """
    with transaction() as session:
        found = session.get_one(Job, job.id, with_for_update=True, populate_existing=True)
        durable = found.arguments is not None and registry.work_of(found.kind) is not None
        if not outcome.may_be_repeated(State(found.state), durable=durable):
            raise Conflict(
                "job_not_repeatable",
                Sentence(
                    N_("Việc này không làm lại được từ đây. Hãy bắt đầu lại từ trang của nó.")
                ),
            )
        if not queries.may_be_done(found, actor):
            raise Conflict("rights_changed", RIGHTS_CHANGED)
        found.state, found.attempt, found.cancel_asked = State.WAITING.value, 0, False
        found.done = found.total = 0
        found.step, found.result, found.finished_at = "", {}, None
        found.heartbeat_at = clock.now()
    _launch(job.id)


def take_file(job: Job, *, actor: Actor) -> JobFile:
    """The file the job made; that it was taken is recorded where its kind asks for it."""
    kind = registry.kind_of(job.kind)
    if kind is None or kind.taken is None:
        # Nothing is written: the file can be had while somebody else writes, or nobody can.
        return queries.file_of(job)
    with transaction():
        made = queries.file_of(job)
        kind.taken(actor, job.result, **(job.arguments or {}))
    return made


def _prepare(kind: str) -> None:
    if registry.work_of(kind) is None:
        raise LookupError(f"no durable work of kind {kind}")
    if db.session().info.get("writing"):
        raise RuntimeError("a job starts after the commit, not inside a transaction")
    retention_services.forget_old()


def _store(kind: str, title: str, back_to: BackTo, actor: Actor, arguments: dict[str, Any]) -> Job:
    now = clock.now()
    owner_id = actor.id if actor.kind == "user" else None
    with transaction() as session:
        pace_queries.check(owner_id)
        job = Job(
            kind=kind,
            owner_id=owner_id,
            title=title[:300],
            state=State.WAITING.value,
            created_at=now,
            heartbeat_at=now,
            arguments=arguments,
            actor=registry.actor_as_data(actor),
        )
        session.add(job)
        session.flush()
        job.back_to = back_to if isinstance(back_to, str) else back_to(job.id)
    return job


def _launch(job_id: int, at_once: bool = False) -> None:
    db.session.rollback()  # no reading transaction stays open while the work runs
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    if current_app.config["JOBS_IN_THREAD"] and not at_once:
        running_services.in_thread(app, job_id)
    else:
        running_services.run(app, job_id)
