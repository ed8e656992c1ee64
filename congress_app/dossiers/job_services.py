"""The dossier's long work as jobs: make the archive, read it back, purge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congress_app import database
from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.dossiers import queries, services
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress, finish, must_go_on
from congress_app.kernel.errors import Conflict, NotFound
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

MAKE, CHECK, PURGE = "dossier", "dossier_check", queries.PURGE
STEP_READING = N_("Đang đọc lại từng tệp")
STEP_PURGING = N_("Đang xóa dữ liệu làm việc")
STEP_REWRITING = N_("Đang ghi lại tệp cơ sở dữ liệu")
REPEAT = Sentence(N_("bấm “Làm lại”: chỉ việc ghi lại tệp được làm lại"))
# Read back within a second.
SMALL = 1024 * 1024


@durable(MAKE)
def make(progress: Progress, actor: Actor, *, congress_id: int) -> Mapping[str, Any]:
    """The archive and the job's end are stored together: a second attempt makes no second one."""
    made = services.make(
        _congress(congress_id),
        progress,
        actor=actor,
        settle=lambda result: finish(progress, result),
    )
    return {"dossier": made.id}


@durable(CHECK)
def check(
    progress: Progress, actor: Actor, *, congress_id: int, dossier_id: int
) -> Mapping[str, Any]:
    """Read it back; checked is what the job's end tells."""
    progress(0, 0, STEP_READING)
    files = services.check(
        _congress(congress_id),
        queries.dossier_by_id(congress_id, dossier_id),
        actor=actor,
        settle=lambda result: finish(progress, result),
    )
    return {"files": files}


@durable(PURGE, stands=queries.what_stands, goes_on=queries.only_the_disk_is_left)
def purge(
    progress: Progress, actor: Actor, *, congress_id: int, dossier_id: int, typed: str
) -> Mapping[str, Any]:
    """Purge, then have the disk forget; done again, only what is left of it.

    Stopped before all is deleted, nothing is; deleted, it is finished even when the account
    of who asked for it was closed since. Fails with `not_rewritten` when somebody who reads
    kept the file as it was: to be repeated.
    """

    def go_on(_facts: Mapping[str, Any]) -> None:
        must_go_on(progress)

    progress(0, 0, STEP_PURGING)
    congress, dossier = _congress(congress_id), queries.dossier_by_id(congress_id, dossier_id)
    if dossier.purged_at is None:
        rewritten = services.purge(
            congress,
            dossier,
            typed,
            actor=actor,
            by_job=progress.job_id,
            settle=go_on,
        ).rewritten
    else:
        progress(0, 0, STEP_REWRITING)
        rewritten = database.forget_deleted()
    if not rewritten:
        told = Sentence(services.NOT_REWRITTEN, act=REPEAT)
        raise Conflict("not_rewritten", told, [Sentence(services.STILL_IN_USE)])
    return {"dossier": dossier_id}


def _congress(congress_id: int) -> Congress:
    found = congress_queries.congress_by_id(congress_id)
    if found is None:
        raise NotFound
    return found
