"""Who serves, and which copies were made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from congress_app.database import Instant, Model


class ServerProcess(Model):
    """One serving process on one machine; it says every few seconds that it lives."""

    __tablename__ = "server_process"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)  # host:pid
    version: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    # Its counters since it started, so that any process can answer for all of them.
    counters: Mapped[dict[str, Any]] = mapped_column(JSON)


class BackupRecord(Model):
    """One copy that was made; the copy itself lies where the command wrote it."""

    __tablename__ = "backup_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    file: Mapped[str] = mapped_column(String(300))
    size: Mapped[int] = mapped_column(BigInteger)
    is_sealed: Mapped[bool]
    revision: Mapped[str] = mapped_column(String(40))
