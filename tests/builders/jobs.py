"""Rows of work done in the background."""

from __future__ import annotations

from typing import Any

from congress_app.jobs.models import Job, JobFile, KeptUpload
from congress_app.kernel import clock
from tests.builders.ground import numbers, store


def a_job(kind: str, owner_id: int | None, file: bytes = b"", **columns: Any) -> Job:
    """A job that is done; with `file` it made one."""
    defaults = {
        "title": "Việc nền",
        "state": "done",
        "created_at": clock.now(),
        "heartbeat_at": clock.now(),
        "finished_at": clock.now(),
    }
    job = store(Job(kind=kind, owner_id=owner_id, **(defaults | columns)))
    if file:
        store(JobFile(job_id=job.id, name="Thẻ.pdf", data=file))
    return job


def an_upload(owner_id: int | None) -> KeptUpload:
    """A sheet kept for its owner; its bytes are none."""
    return store(
        KeptUpload(
            key=f"{next(numbers):032x}",
            owner_id=owner_id,
            filename="a.xlsx",
            data=b"no sheet",
            created_at=clock.now(),
        )
    )
