"""Make the archive of a closed congress, read it back, and only then purge its working data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import delete, select, update

from congress_app import database
from congress_app.accounts import typed_form
from congress_app.audit import chain
from congress_app.audit.models import Entry
from congress_app.audit.services import erase, record
from congress_app.checkin import shelf
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.documents.numbering import State as PaperState
from congress_app.dossiers import archive, holdings, log_queries, queries, row_queries
from congress_app.dossiers.archive import Made
from congress_app.dossiers.models import Dossier, DossierFile
from congress_app.jobs.models import Job, JobFile, KeptUpload
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

# What was done to the congress itself, but tells of persons (filters with a name typed).
_TELLING = ("delegate.", "badge.", "checkin.", "speech.", "committee.")

Settle = Callable[[Mapping[str, Any]], None]


def _nothing_more(_result: Mapping[str, Any]) -> None:
    """Nothing else is stored with it."""


def make(
    congress: Congress,
    progress: queries.Progress,
    *,
    actor: Actor,
    settle: Settle = _nothing_more,
) -> Dossier:
    """Archive everything that outlives the congress; raises RuleViolation before its end.

    `settle` is called in the transaction that stores it. The archive is read back before
    that. It holds ethnic origin and party membership, as the permanent lists do, so making
    one is recorded as taking them out.
    """
    if not queries.is_closed(congress):
        raise RuleViolation(
            "congress_not_closed",
            Sentence(
                N_("Hội nghị chưa bế mạc nên chưa lập được hồ sơ. Hãy ghi bế mạc rồi lập lại.")
            ),
        )
    made = queries.contents(congress, str, progress)
    archive.verify(made.data)
    with transaction() as session:
        dossier = Dossier(
            congress_id=congress.id,
            sha256=made.sha256,
            size=len(made.data),
            manifest=made.manifest,
            made_at=clock.now(),
            made_by=actor.name,
        )
        session.add(dossier)
        session.flush()
        session.add(DossierFile(dossier_id=dossier.id, data=made.data))
        _tell("dossier.make", dossier, congress, _facts(made), actor=actor)
        settle({"dossier": dossier.id})
    return dossier


def take_out(congress: Congress, dossier: Dossier, *, actor: Actor) -> bytes:
    """The archive for who keeps it; the taking is recorded."""
    with transaction():
        data = queries.file_of(dossier.id)
        _tell("dossier.export", dossier, congress, {"hash": dossier.sha256}, actor=actor)
    return data


def check(
    congress: Congress, dossier: Dossier, *, actor: Actor, settle: Settle = _nothing_more
) -> int:
    """Read the stored archive back, part by part; gives how many files it holds.

    Raises Unreadable when it is not as it was made, Conflict when the congress changed
    since: then it must be made anew.
    """
    data = queries.file_of(dossier.id)
    files = len(archive.verify(data)["files"])
    _must_be_current(congress, dossier, data)
    with transaction() as session:
        row = session.get_one(Dossier, dossier.id)
        row.checked_at, row.checked_by = clock.now(), actor.name
        _tell("dossier.check", row, congress, {"hash": row.sha256}, actor=actor)
        settle({"files": files})
    return files


@dataclass(frozen=True)
class Purged:
    """How many rows of which table went, and whether the disk forgot them too."""

    figures: dict[str, int]
    rewritten: bool


NOT_REWRITTEN = N_(
    "Dữ liệu đã xóa khỏi các bảng, nhưng tệp cơ sở dữ liệu chưa ghi lại được vì còn người, lệnh "
    "hoặc bản sao lưu đang đọc cơ sở dữ liệu. Hãy đợi những việc ấy xong rồi {act}."
)
STILL_IN_USE = N_(
    "Nếu vẫn chưa được, người quản trị máy chủ hãy dừng phần mềm và chạy lệnh “dossiers rewrite”; "
    "với PostgreSQL, trước đó kết thúc cả giao dịch bị bỏ quên, dù ở cơ sở dữ liệu khác của cùng "
    "máy chủ, và bỏ khe sao chép (slot) không dùng nữa: xem pg_stat_activity, "
    "pg_replication_slots."
)


def purge(
    congress: Congress,
    dossier: Dossier,
    typed_hash: str,
    *,
    actor: Actor,
    by_job: int | None = None,
    settle: Settle = _nothing_more,
) -> Purged:
    """Remove the working data of a closed congress; names and results stay.

    Asked for: a checked archive, still equal to what is stored, and its SHA-256 as the
    administrator computed it from his own copy; and that no job of the congress is under
    way but the one that purges (`by_job`). Persons whom another congress still needs
    keep their facts until that one is purged.
    """
    with transaction() as session:
        # As it stands once the row is ours: somebody may have opened it again meanwhile.
        locked = select(Congress).where(Congress.id == congress.id).with_for_update(of=Congress)
        session.scalars(locked.execution_options(populate_existing=True)).one()
        row = session.get_one(Dossier, dossier.id, populate_existing=True)
        queries.must_be_ready(congress, row, typed_hash, besides=by_job)
        _must_be_current(congress, row, queries.file_of(row.id))
        rests = log_queries.outliving(congress.id)
        erased = _entries_about(congress.id) - {rest.entry_id for rest in rests}
        figures = _empty_rows(congress.id) | _remove_rows(congress.id)
        session.execute(delete(DossierFile).where(_archives_of(congress.id)))
        _drop_jobs(congress.id)
        _drop_typed(congress.id)
        row.purged_at, row.purged_by, row.figures = clock.now(), actor.name, figures
        facts = {"hash": row.sha256, "rows": sum(figures.values())}
        path = congress.unit.path
        erase(sorted(erased), "dossier.purge", row, facts, actor=actor, unit_path=path, rests=rests)
        settle(facts)
    # Live pages' answers lie in files of their own, with names of whom they tell.
    shelf.clear(Path(current_app.instance_path) / shelf.FOLDER)
    return Purged(figures, rewritten=database.forget_deleted())


def _must_be_current(congress: Congress, dossier: Dossier, data: bytes) -> None:
    stored = list(queries.data_parts(congress))
    current = queries.fingerprint(stored) == dossier.manifest["fingerprint"]
    if not current or archive.sha256(data) != dossier.sha256:
        raise Conflict(
            "dossier_outdated",
            Sentence(
                N_("Dữ liệu đã thay đổi sau khi lập hồ sơ này. Hãy lập hồ sơ mới rồi kiểm tra lại.")
            ),
        )


def _archives_of(congress_id: int) -> Any:
    made = select(Dossier.id).where(Dossier.congress_id == congress_id)
    return DossierFile.dossier_id.in_(made)


def _empty_rows(congress_id: int) -> dict[str, int]:
    figures = {"person": _empty_persons(congress_id)}
    for name, values in sorted(holdings.EMPTIED.items()):
        table = row_queries.table(name)
        wanted = row_queries.key_of(name).in_(row_queries.ids_in(name, congress_id))
        figures[name] = _count(update(table).where(wanted).values(**values))
    return figures


def _empty_persons(congress_id: int) -> int:
    person = row_queries.table("person")
    free = _needed_no_more(congress_id)
    values = holdings.PERSON_EMPTIED
    return _count(update(person).where(person.c.id.in_(free)).values(**values))


def _needed_no_more(congress_id: int) -> Any:
    """Selects the persons of the congress whom no other one still has to reach."""
    here = row_queries.persons_of(congress_id)
    return here.except_(*row_queries.needed_elsewhere(congress_id))


def _remove_rows(congress_id: int) -> dict[str, int]:
    """Rows that point at others go first."""
    figures = {}
    document = row_queries.table("document")
    draft = (document.c.congress_id == congress_id) & (document.c.state == PaperState.DRAFT)
    for table in reversed(database.Model.metadata.sorted_tables):
        if table.name in holdings.REMOVED:
            column, parent = holdings.OWNERS[table.name]
            owned = table.c[column].in_(row_queries.ids_in(parent, congress_id))
            figures[table.name] = _count(delete(table).where(owned))
    figures["document"] = _count(delete(document).where(draft))
    return figures


def _count(statement: Any) -> int:
    return int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _entries_about(congress_id: int) -> set[int]:
    """The log's entries whose content tells of rows that go or are emptied, and of persons."""
    found: set[int] = set()
    for name in sorted(holdings.REMOVED | set(holdings.EMPTIED)):
        found |= _entries(name, row_queries.ids_in(name, congress_id))
    found |= _entries("person", _needed_no_more(congress_id))
    document = row_queries.table("document")
    papers = select(document.c.id).where(document.c.congress_id == congress_id)
    found |= _entries("document", papers.where(document.c.state == PaperState.DRAFT))
    # What an issued paper was while it was a draft is working data as well.
    found |= _entries("document", papers, Entry.action == "document.edit")
    thrown_away = select(Entry.subject_id).where(
        Entry.action == "document.discard",
        Entry.changes["congress_id"].as_integer() == congress_id,
    )
    found |= _entries("document", thrown_away)
    here = (Entry.subject_kind == "congress") & (Entry.subject_id == congress_id)
    for start in _TELLING:
        wanted = select(Entry.id).where(here, Entry.action.startswith(start))
        found |= set(db.session.scalars(wanted))
    return found


def _entries(kind: str, ids: Any, *besides: Any) -> set[int]:
    about = Entry.subject_kind == kind, Entry.subject_id.in_(ids)
    wanted = select(Entry.id).where(*about, *besides)
    return set(db.session.scalars(wanted))


def _drop_jobs(congress_id: int) -> None:
    """Work of the congress that is over: titles, results and sheets may name people."""
    over = queries.of_congress(congress_id), ~queries.is_alive()
    told = db.session.scalars(select(Job.arguments).where(*over))
    keys = [one["key"] for one in told if one and "key" in one]
    db.session.execute(delete(KeptUpload).where(KeptUpload.key.in_(keys)))
    db.session.execute(delete(JobFile).where(JobFile.job_id.in_(select(Job.id).where(*over))))
    db.session.execute(delete(Job).where(*over))


def _drop_typed(congress_id: int) -> None:
    """Forms of the congress's pages that came after their author's session was over."""
    pages = f"/congresses/{congress_id}/"
    kept = select(KeptUpload).where(KeptUpload.key.startswith(typed_form.KEY_START))
    for one in db.session.scalars(kept):
        path = typed_form.from_bytes(one.data).action.partition("?")[0]
        if f"{path}/".startswith(pages):
            db.session.delete(one)


def _facts(made: Made) -> dict[str, object]:
    told: dict[str, object] = {"hash": made.sha256, "count": len(made.manifest["files"])}
    altered = made.manifest.get(queries.ALTERED)
    return told | ({queries.ALTERED: chain.ranges(altered)} if altered else {})


def _tell(
    action: str, dossier: Dossier, congress: Congress, facts: dict[str, object], *, actor: Actor
) -> None:
    record(action, dossier, facts, actor=actor, unit_path=congress.unit.path, name=congress.name)
