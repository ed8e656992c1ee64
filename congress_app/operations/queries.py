"""The figures of operation, read from the database and the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.orm import defer

from congress_app.audit import chain, chain_queries
from congress_app.audit.models import Entry
from congress_app.checkin.models import Scan, ScanConflict
from congress_app.database import BUILT_FOR, db
from congress_app.documents import whole_queries
from congress_app.jobs import outcome
from congress_app.jobs.models import Job
from congress_app.kernel import clock
from congress_app.kernel.sentences import Sentence
from congress_app.operations.failures import MOST_SHOWN, SHOWN_FOR, Failure, without_names
from congress_app.operations.log_check import LogCheck
from congress_app.operations.models import BackupRecord, ServerProcess
from congress_app.operations.standing import DISK_STOP, Backup, Disk, Facts, Process
from congress_app.operations.version import VERSION
from congress_app.scanners.models import Device

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
# More than any minute brings; by number, so that no scan writes one index more.
NEWEST_SCANS = 20_000
# Looks at the log that are gone through for a fault that still stands: years of them.
LOOKS = 500


def why_not_ready() -> str | None:
    """What keeps this process from serving, in one word; raises when the database is away."""
    if revision() != head():
        return "migrations"
    disk = disk_now()
    return None if disk.writable and disk.free >= DISK_STOP else "disk"


def revision() -> str | None:
    """Where the migrations of the database stand."""
    found: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def head() -> str:
    """Where the migrations of this program end: for a server those it was started with."""
    if known := current_app.extensions.get(BUILT_FOR):
        return str(known)
    config = current_app.extensions["migrate"].migrate.get_config()
    return str(ScriptDirectory.from_config(config).get_current_head())


def revisions_known() -> frozenset[str]:
    """Every revision this program can upgrade from."""
    config = current_app.extensions["migrate"].migrate.get_config()
    script = ScriptDirectory.from_config(config)
    return frozenset(one.revision for one in script.walk_revisions())


def disk_now() -> Disk:
    """The disk of the instance folder, and of the database where that is a file."""
    folders = [Path(current_app.instance_path)]
    if db.engine.dialect.name == "sqlite":
        folders.append(Path(str(db.engine.url.database)).resolve().parent)
    usages = [shutil.disk_usage(folder) for folder in folders]
    least = min(usages, key=lambda usage: usage.free)
    # Root may do everything but write to a file system mounted for reading only.
    read_only = any(os.statvfs(folder).f_flag & os.ST_RDONLY for folder in folders)
    writable = not read_only and all(os.access(folder, os.W_OK) for folder in folders)
    return Disk(least.free, least.total, writable)


def facts() -> Facts:
    """How the house stands now."""
    now = clock.now()
    waiting, running, oldest = _jobs(now)
    return Facts(
        now=now,
        version=VERSION,
        database=db.engine.dialect.name,
        database_bytes=database_bytes(),
        revision=revision(),
        head=head(),
        disk=disk_now(),
        processes=tuple(
            Process(row.name, row.version, row.started_at, row.seen_at) for row in _processes()
        ),
        backup=newest_backup(),
        jobs_waiting=waiting,
        jobs_running=running,
        jobs_broken=_broken_jobs(now),
        oldest_wait=now - oldest if oldest else None,
        scans_last_minute=_scans_since(now - MINUTE),
        scans_on_devices=_count(func.sum(Device.queue_length), Device.state == "active"),
        open_conflicts=_count(func.count(ScanConflict.id), ScanConflict.state == "open"),
        quarantined=_count(
            func.count(ScanConflict.id),
            (ScanConflict.state == "open") & (ScanConflict.kind == "device_revoked"),
        ),
        clock_gap=_clock_gap(),
        clock_set=clock.set_since_start(),
        logged_account=logged_account(),
        newest_entry=db.session.scalar(select(Entry.at).order_by(Entry.id.desc()).limit(1)),
        log_check=log_check(),
    )


def counters() -> Mapping[str, Mapping[str, Any]]:
    """What each process counted when it last spoke."""
    return {row.name: row.counters for row in _processes()}


def newest_backup() -> Backup | None:
    """The newest copy this database knows of."""
    row = db.session.scalar(select(BackupRecord).order_by(BackupRecord.at.desc()).limit(1))
    return Backup(row.at, row.file, row.size, row.is_sealed) if row else None


def log_check() -> LogCheck:
    """What the computing of the log's chain found, by its own entries.

    A fault found against anchors stands until a later look that met anchors found none: one
    without them compares less, and a log that was made anew looks whole to it.
    """
    begun = db.session.scalar(select(Entry.at).order_by(Entry.id).limit(1))
    looks = db.session.execute(
        select(Entry.at, Entry.changes)
        .where(Entry.action == "audit.verify")
        .order_by(Entry.id.desc())
        .limit(LOOKS)
    ).all()
    if not looks:
        return LogCheck(begun, None)
    counts = looks[0]
    for look in looks if not looks[0].changes.get("fault") else ():
        if look.changes.get("fault") == "anchor" or (
            look.changes.get("fault") and look.changes.get("anchors")
        ):
            counts = look
            break
        if look.changes.get("anchors"):
            break
    fault, number = counts.changes.get("fault"), counts.changes.get("number")
    told = Sentence(chain_queries.FAULTS.get(fault, str(fault)), number=number) if fault else None
    told_altered = looks[0].changes.get("altered_papers", "")
    # Of earlier versions a list.
    numbers = told_altered if isinstance(told_altered, list) else chain.numbers_in(told_altered)
    is_sealed = fault == "sealed"
    return LogCheck(begun, counts.at, told, whole_queries.names(numbers), is_sealed=is_sealed)


def database_bytes() -> int | None:
    """How much the database takes on its disk."""
    if db.engine.dialect.name == "sqlite":
        file = Path(str(db.engine.url.database))
        parts = [file, Path(f"{file}-wal")]
        return sum(part.stat().st_size for part in parts if part.exists())
    size: int | None = db.session.scalar(text("SELECT pg_database_size(current_database())"))
    return size


def logged_account() -> str | None:
    """The database's account when PostgreSQL writes rows into its log for it; else None.

    Without "terse" a refused statement is logged with what it would have written.
    """
    if db.engine.dialect.name == "sqlite":
        return None
    asked = (
        "SELECT quote_ident(current_user) WHERE current_setting('log_error_verbosity') <> 'terse'"
    )
    account: str | None = db.session.scalar(text(asked))
    return account


def _processes() -> list[ServerProcess]:
    return list(db.session.scalars(select(ServerProcess).order_by(ServerProcess.name)))


def _jobs(now: datetime) -> tuple[int, int, datetime | None]:
    rows = db.session.execute(
        select(Job.state, func.count(Job.id))
        .where(Job.state.in_(("waiting", "running")))
        .group_by(Job.state)
    )
    states = {state: count for state, count in rows}  # noqa: C416 - rows are no plain pairs
    oldest = db.session.scalar(
        select(func.min(Job.created_at)).where(Job.state == "waiting", Job.created_at <= now)
    )
    return states.get("waiting", 0), states.get("running", 0), oldest


def _broken_jobs(now: datetime) -> int:
    """Failed by a fault of ours; a sheet with wrong cells fails by its rules and is no fault."""
    results = db.session.scalars(
        select(Job.result).where(Job.state == "failed", Job.finished_at > now - DAY)
    )
    return sum(outcome.is_unforeseen(one) for one in results)


def failures() -> tuple[Failure, ...]:
    """The jobs that failed in the last days, the latest first, without people's names."""
    rows = db.session.scalars(
        select(Job)
        .where(Job.state == "failed", Job.finished_at > clock.now() - SHOWN_FOR)
        .options(defer(Job.arguments))
        .order_by(Job.finished_at.desc(), Job.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(_failure(job) for job in rows)


def _failure(job: Job) -> Failure:
    sentence = outcome.error_sentence(job.result)
    name, account = job.actor.get("display_name", ""), job.actor.get("name", "")
    return Failure(
        job_id=job.id,
        kind=job.kind,
        ended_at=job.finished_at or job.heartbeat_at,
        begun_by=f"{name} ({account})" if account and account != name else name,
        is_ours=outcome.is_unforeseen(job.result),
        sentence=without_names(sentence) if sentence else None,
    )


def _scans_since(instant: datetime) -> int:
    newest = select(Scan.received_at).order_by(Scan.id.desc()).limit(NEWEST_SCANS).subquery()
    return _count(func.count(), newest.c.received_at > instant)


def _count(what: Any, where: Any) -> int:
    return int(db.session.scalar(select(what).where(where)) or 0)


def _clock_gap() -> timedelta | None:
    if db.engine.dialect.name == "sqlite":
        return None
    told: datetime = db.session.scalar(text("SELECT clock_timestamp()"))
    return told - clock.now()
