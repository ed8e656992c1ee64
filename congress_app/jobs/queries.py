"""Jobs, for those who may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from congress_app.database import db
from congress_app.jobs import registry
from congress_app.jobs.models import Job, JobFile
from congress_app.jobs.outcome import State
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor, Permission


def job_of(job_id: int, actor: Actor) -> Job:
    """The job, for its owner and for who manages accounts of the whole tree; else NotFound."""
    job = db.session.get(Job, job_id)
    is_owner = job is not None and actor.kind == "user" and actor.id == job.owner_id
    if job is None or not (is_owner or actor.holds_at_root(Permission.USER_MANAGE)):
        raise NotFound
    return job


def own_job(job_id: int, actor: Actor) -> Job:
    """The job, for its owner alone: what it made may hold what only he may read."""
    job = job_of(job_id, actor)
    if actor.id != job.owner_id:
        raise NotFound
    return job


def own_result(job_id: int, actor: Actor) -> Job:
    """The job, for its owner while he holds the rights with which he began it."""
    job = own_job(job_id, actor)
    if not registry.holds_still(job.actor, actor):
        raise NotFound
    return job


def may_be_done(job: Job, owner: Actor | None) -> bool:
    """May the job be begun for an owner who is this by now (None: his account is closed)?

    It acts with the rights he had when he asked for it, so he must hold them still, save
    where only what has to follow is left.
    """
    kind = registry.kind_of(job.kind)
    if kind is not None and kind.goes_on is not None and kind.goes_on(**(job.arguments or {})):
        return True
    return owner is not None and registry.holds_still(job.actor, owner)


def file_of(job: Job) -> JobFile:
    """The file the job made; NotFound when it made none."""
    made = db.session.get(JobFile, job.id)
    if made is None:
        raise NotFound
    return made


def has_file(job: Job) -> bool:
    """True when there is a file to fetch."""
    return db.session.scalar(select(JobFile.job_id).where(JobFile.job_id == job.id)) is not None


def jobs_of(actor: Actor, number: int, size: int) -> tuple[Sequence[Job], int]:
    """A page of the actor's jobs of the week, the latest first; and how many there are."""
    mine = Job.owner_id == actor.id
    total = db.session.scalar(select(func.count(Job.id)).where(mine)) or 0
    rows = db.session.scalars(
        select(Job)
        .where(mine)
        .options(defer(Job.result))  # a large sheet's is megabytes
        .order_by(Job.id.desc())
        .limit(size)
        .offset((number - 1) * size)
    ).all()
    return rows, total


def begun_with_sheet(kind: str, arguments: Mapping[str, Any], actor: Actor) -> Job | None:
    """The actor's job under way with these very arguments, or that wrote their sheet.

    What ended otherwise (refused, stopped, questions left) may be asked for again.
    """
    candidates = db.session.execute(
        select(Job.id, Job.state, Job.arguments, Job.result["written"].as_boolean())
        .where(
            Job.kind == kind,
            Job.owner_id == actor.id,
            Job.state.in_([State.WAITING.value, State.RUNNING.value, State.DONE.value]),
            Job.arguments["key"].as_string() == arguments["key"],
        )
        .order_by(Job.id.desc())
    )
    for job_id, state, begun_with, written in candidates:
        if written if state == State.DONE else begun_with == arguments:
            return db.session.get_one(Job, job_id)
    return None
