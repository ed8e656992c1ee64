"""Throw away what was kept long enough: jobs with their files and results, and sheets."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from congress_app.database import db, transaction
from congress_app.jobs.models import Job, JobFile, KeptUpload
from congress_app.jobs.uploads import KEPT_FOR as SHEETS_KEPT_FOR
from congress_app.kernel import clock

# Results may name people; a week is enough to read them.
KEPT_FOR = timedelta(days=7)


def forget_old() -> None:
    """Delete jobs older than a week and sheets older than a day; costs two looks when none is."""
    now = clock.now()
    old_jobs = Job.created_at < now - KEPT_FOR
    old_sheets = KeptUpload.created_at < now - SHEETS_KEPT_FOR
    # By number: when a job began stands behind its result, which may be megabytes.
    oldest = db.session.scalar(select(Job.created_at).order_by(Job.id).limit(1))
    sheets = db.session.scalar(select(KeptUpload.key).where(old_sheets).limit(1))
    db.session.rollback()
    if (oldest is None or oldest >= now - KEPT_FOR) and sheets is None:
        return
    with transaction() as session:
        session.execute(delete(JobFile).where(JobFile.job_id.in_(select(Job.id).where(old_jobs))))
        session.execute(delete(Job).where(old_jobs))
        session.execute(delete(KeptUpload).where(old_sheets))
