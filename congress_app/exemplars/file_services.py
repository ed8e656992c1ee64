"""Keep files and the portrait of an exemplar, and throw them away."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import delete, select

from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.exemplars import queries
from congress_app.exemplars.models import Exemplar, ExemplarFile
from congress_app.exemplars.rules import must_nominate
from congress_app.formats import attachments, pictures
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc

KINDS = ("pdf", "docx", "pptx", "jpg", "png")
MOST_FILES = 20


def add_file(row: Exemplar, data: bytes, filename: str, *, actor: Actor) -> ExemplarFile:
    """Keep a file as it was sent, under its own name.

    Raises as `attachments.kind_of` does; RuleViolation `too_many_files`.
    """
    kind = attachments.kind_of(data, KINDS)
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        if len([one for one in queries.files_of(row.id) if not one.is_portrait]) >= MOST_FILES:
            raise RuleViolation(
                "too_many_files",
                Sentence(
                    N_("Đã có {most} tệp. Hãy xóa bớt tệp cũ rồi tải lên lại."), most=MOST_FILES
                ),
            )
        file = _file(row, data, _stem(filename), kind, actor)
        session.add(file)
        told = {"file": f"{file.name}.{kind}", "bytes": len(data)}
        record("exemplar.file", row, told, actor=actor, unit_path=row.unit.path)
    return file


def set_portrait(row: Exemplar, data: bytes, *, actor: Actor) -> ExemplarFile:
    """Keep the portrait, cut and written anew, in the place of the one before.

    Raises what `pictures.photo_jpeg` does.
    """
    portrait = pictures.photo_jpeg(data)
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        here = ExemplarFile.exemplar_id == row.id, ExemplarFile.is_portrait.is_(True)
        before = session.scalar(select(ExemplarFile.data).where(*here))
        session.execute(delete(ExemplarFile).where(*here))
        file = _file(row, portrait, row.name[:200], "jpg", actor, is_portrait=True)
        session.add(file)
        told = {"hash": [_hash(before) if before else None, _hash(portrait)]}
        record("exemplar.portrait", row, told, actor=actor, unit_path=row.unit.path)
    return file


def _hash(picture: bytes) -> str:
    return sha256(picture).hexdigest()


def remove_file(row: Exemplar, file_id: int, *, actor: Actor) -> None:
    """Throw a file or the portrait away; the log keeps its name. Raises NotFound."""
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        file = queries.file_by_id(row.id, file_id)
        if file is None:
            raise NotFound()
        told = {"file": f"{file.name}.{file.kind}", "is_portrait": file.is_portrait}
        session.delete(file)
        record("exemplar.file_remove", row, told, actor=actor, unit_path=row.unit.path)


def _file(
    row: Exemplar, data: bytes, name: str, kind: str, actor: Actor, *, is_portrait: bool = False
) -> ExemplarFile:
    return ExemplarFile(
        exemplar_id=row.id,
        name=name,
        kind=kind,
        size=len(data),
        is_portrait=is_portrait,
        data=data,
        added_at=clock.now(),
        added_by=actor.name,
    )


def _stem(filename: str) -> str:
    """The name as typed, without its ending: what the bytes are stands in the kind."""
    plain = nfc(filename.replace("\\", "/").rpartition("/")[2])
    stem, dot, _ = plain.rpartition(".")
    return (stem if dot else plain)[:200] or "tep"
