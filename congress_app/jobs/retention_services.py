"""Throw away what was kept long enough: jobs with their files and results, and sheets."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from congress_app.database import db, transaction
from congress_app.jobs import registry
from congress_app.jobs.models import Job, JobFile, KeptUpload
from congress_app.jobs.uploads import KEPT_FOR as SHEETS_KEPT_FOR
from congress_app.kernel import clock

# Results may name people; a week is enough to read them.
KEPT_FOR = timedelta(days=7)
# A file with sensitive facts is for fetching, not for keeping.
SENSITIVE_KEPT_FOR = timedelta(days=1)


def forget_old() -> None:
    """Delete jobs older than a week, and sheets and jobs with a sensitive file after a day.

    A work says that its file is sensitive in its result. What works keep elsewhere goes as
    the jobs do. Costs a few looks when nothing is old.
    """
    now = clock.now()
    for forget in registry.forgetters():
        forget(now - KEPT_FOR)
    old_jobs = Job.created_at < now - KEPT_FOR
    old_sheets = KeptUpload.created_at < now - SHEETS_KEPT_FOR
    # By number: when a job began stands behind its result, which may be megabytes.
    oldest = db.session.scalar(select(Job.created_at).order_by(Job.id).limit(1))
    sheets = db.session.scalar(select(KeptUpload.key).where(old_sheets).limit(1))
    # Of jobs with files the results are small, and there are few.
    finished = Job.finished_at < now - SENSITIVE_KEPT_FOR
    is_sensitive = Job.result["sensitive"].as_boolean()
    wanted = select(JobFile.job_id).join(Job, Job.id == JobFile.job_id)
    sensitive = db.session.scalars(wanted.where(finished, is_sensitive)).all()
    db.session.rollback()
    if (oldest is None or oldest >= now - KEPT_FOR) and sheets is None and not sensitive:
        return
    old_jobs = old_jobs | Job.id.in_(sensitive)
    with transaction() as session:
        session.execute(delete(JobFile).where(JobFile.job_id.in_(select(Job.id).where(old_jobs))))
        session.execute(delete(Job).where(old_jobs))
        session.execute(delete(KeptUpload).where(old_sheets))
