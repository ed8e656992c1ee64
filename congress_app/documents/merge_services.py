"""One paper for many recipients as a zip of single files, made in the background."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.documents import freezing, queries, services
from congress_app.documents.kinds import kind_of
from congress_app.documents.models import Document, DocumentFile
from congress_app.formats import paper_pdf
from congress_app.formats.blocks import Paper
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress as Told
from congress_app.jobs.services import finish
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import fold

STEP = N_("Đang ghi từng văn bản")
STEP_PRINT = N_("Đang dàn trang bản in")
PRINT = "document_print"
Progress = Callable[[int, int, str], None]


def write_zip(
    congress_id: int, document_id: int, form: str, key: str, progress: Progress, *, actor: Actor
) -> int:
    """Write one file a recipient into a zip and keep it for the actor; how many there are.

    It goes with the jobs of its week (`forget_files`). Raises RuleViolation as `compose`.
    """
    document = queries.document_by_id(congress_id, document_id)
    names = _names(document)
    papers = freezing.parts(queries.paper_of(document), len(names))
    data = _zipped(papers, names, form, progress)
    with transaction() as session:
        if session.scalar(select(DocumentFile.id).where(DocumentFile.key == key)):
            return len(names)  # an earlier attempt of the same job got this far
        session.add(
            DocumentFile(
                congress_id=congress_id,
                owner_id=actor.id,
                key=key,
                name=queries.file_name(document, "zip"),
                data=data,
                created_at=clock.now(),
            )
        )
        record(
            "document.merge",
            document,
            {"count": len(names), "file": form},
            actor=actor,
            unit_path=_congress(document).unit.path,
        )
    return len(names)


def forget_files(before: datetime) -> None:
    """Throw away the zips made before then. One look when there is none."""
    # By number: when a zip was made stands behind the zip itself.
    oldest = db.session.scalar(select(DocumentFile.created_at).order_by(DocumentFile.id).limit(1))
    db.session.rollback()
    if oldest is None or oldest >= before:
        return
    with transaction() as session:
        session.execute(delete(DocumentFile).where(DocumentFile.created_at < before))


def note_taking(
    actor: Actor,
    _result: Mapping[str, Any],
    *,
    congress_id: int,
    document_id: int,
    sensitive: bool,
) -> None:
    """Remember each fetching of a paper with sensitive facts as one read at once."""
    if sensitive:
        document = queries.document_by_id(congress_id, document_id)
        services.note_reading(_congress(document), document, "pdf", actor=actor)


@durable(PRINT, taken=note_taking)
def print_whole(
    progress: Told, actor: Actor, *, congress_id: int, document_id: int, sensitive: bool
) -> Mapping[str, Any]:
    """A long paper as one PDF; its file, and that sensitive facts were read, come together.

    Raises RuleViolation as `compose`.
    """
    document = queries.document_by_id(congress_id, document_id)
    paper = queries.paper_of(document, sensitive=sensitive)

    def tell(done: int, total: int) -> None:
        progress(done if total > 1 else 0, total if total > 1 else 0, STEP_PRINT)

    data = paper_pdf.write(paper, tell)
    result = {"sections": len(paper.sections), "sensitive": sensitive}
    with transaction():
        finish(progress, result, file=(queries.file_name(document, "pdf"), data))
        if sensitive:
            services.note_reading(_congress(document), document, "pdf", actor=actor)
    return result


def _congress(document: Document) -> Congress:
    return document.congress


def _names(document: Document) -> list[str]:
    """The recipients in their order, frozen ones of an issued paper."""
    if document.facts is not None:
        return [str(row["name"]) for row in document.facts["recipients"]]
    return [row.name for row in queries.recipients_of(document, kind_of(document.kind))]


def _zipped(papers: list[Paper], names: list[str], form: str, progress: Progress) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (paper, name) in enumerate(zip(papers, names, strict=True), start=1):
            progress(place, len(names), STEP)
            plain = "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())
            archive.writestr(f"{place:03d}-{plain}.{form}", freezing.WRITERS[form](paper))
    return out.getvalue()
