"""One job, for those who may see it."""

from __future__ import annotations

from congress_app.database import db
from congress_app.jobs.models import Job
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor, Permission


def job_of(job_id: int, actor: Actor) -> Job:
    """The job, for its owner and for who manages accounts of the whole tree; else NotFound."""
    job = db.session.get(Job, job_id)
    is_owner = job is not None and actor.kind == "user" and actor.id == job.owner_id
    if job is None or not (is_owner or actor.holds_at_root(Permission.USER_MANAGE)):
        raise NotFound
    return job
