"""One row a job, the file a job made, and sheets kept between two requests.

All of it lies in the database: whichever process on whichever machine answers next finds it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from congress_app.database import NEVER_AGAIN, Instant, Model


class Job(Model):
    """Work under way or done: its owner, its progress and its result.

    `attempt` counts how often it was taken up; who took it writes only while the number is
    still his own. `arguments` and `actor` are all a second attempt elsewhere needs.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_owner", "owner_id"),
        Index("ix_job_state", "state"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    owner_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(String(200), default="")
    # Where the page goes when the job is done.
    back_to: Mapped[str] = mapped_column(String(300), default="")
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Instant)
    heartbeat_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    # None: a job of an earlier version, which cannot be taken up.
    arguments: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    actor: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    attempt: Mapped[int] = mapped_column(default=0)
    # Host and process that work on it, for the administrator.
    worker: Mapped[str] = mapped_column(String(120), default="")
    cancel_asked: Mapped[bool] = mapped_column(default=False)


class JobFile(Model):
    """The file a job made, for its owner to fetch; goes with the job."""

    __tablename__ = "job_file"

    job_id: Mapped[int] = mapped_column(
        ForeignKey("job.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(String(300))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class KeptUpload(Model):
    """A sheet between its preview and its confirming; thrown away after a day."""

    __tablename__ = "kept_upload"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner_id: Mapped[int | None]
    filename: Mapped[str] = mapped_column(String(300))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)
