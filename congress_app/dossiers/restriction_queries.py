"""Which restrictions are in force: of a person by his row, of an exemplar by what was asked."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from congress_app.database import db
from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.models import Person
from congress_app.dossiers.models import DataRequest
from congress_app.dossiers.rights import Kind, State
from congress_app.exemplars.consent_queries import holds_back
from congress_app.kernel.sentences import N_, Sentence

RESTRICTED = N_(
    "Người này đã yêu cầu hạn chế xử lý dữ liệu (yêu cầu số {number} ở “Dữ liệu cá nhân”), nên "
    "không ghi sự đồng ý và không công khai câu chuyện, ảnh được. Chỉ làm được sau khi quản trị "
    "viên bỏ hạn chế."
)

TO_BE_ERASED = N_(
    "Người này đã yêu cầu xóa dữ liệu (yêu cầu số {number} ở “Dữ liệu cá nhân”, đang giải quyết), "
    "nên không ghi sự đồng ý và không công khai câu chuyện, ảnh được. Chỉ làm được khi yêu cầu ấy "
    "đã bị từ chối."
)


def of_exemplar(exemplar_id: int) -> list[DataRequest]:
    """The requests by which an exemplar is restricted, the newest first."""
    wanted = select(DataRequest).where(
        DataRequest.exemplar_id == exemplar_id,
        DataRequest.kind == Kind.RESTRICT,
        DataRequest.state == State.DONE,
    )
    return list(db.session.scalars(wanted.order_by(DataRequest.id.desc())))


def reason_of(row: DataRequest) -> str | None:
    """Why whoever asked is restricted; None when he is not."""
    if row.person is not None:
        return row.person.restriction if row.person.restricted_at else None
    if row.exemplar_id is None:
        return None
    return next((one.outcome or "" for one in of_exemplar(row.exemplar_id)), None)


def mark_of(row: DataRequest) -> str:
    """What a page sends back of the restriction it showed: since when, or by which requests."""
    if row.person is not None:
        began = row.person.restricted_at
        return began.isoformat() if began else ""
    if row.exemplar_id is None:
        return ""
    return ",".join(str(one.id) for one in of_exemplar(row.exemplar_id))


@holds_back
def why_not_shown(exemplar_id: int) -> Sentence | None:
    """Why nothing of the exemplar is published, whoever agrees to it meanwhile."""
    asked = next(iter(of_exemplar(exemplar_id)), None) or _of_linked_person(exemplar_id)
    if asked is not None:
        return Sentence(RESTRICTED, number=asked.id)
    waiting = _open_erasure(exemplar_id)
    return Sentence(TO_BE_ERASED, number=waiting) if waiting is not None else None


def _open_erasure(exemplar_id: int) -> int | None:
    """The request of deletion that waits, the exemplar's own or that of the person it is."""
    linked = select(ExemplarPerson.person_id).where(ExemplarPerson.exemplar_id == exemplar_id)
    return db.session.scalar(
        select(func.max(DataRequest.id)).where(
            DataRequest.kind == Kind.ERASE,
            DataRequest.state == State.OPEN,
            or_(DataRequest.exemplar_id == exemplar_id, DataRequest.person_id.in_(linked)),
        )
    )


def _of_linked_person(exemplar_id: int) -> DataRequest | None:
    """The newest request by which the person an exemplar is, is restricted."""
    return db.session.scalar(
        select(DataRequest)
        .join(Person, DataRequest.person_id == Person.id)
        .join(ExemplarPerson, ExemplarPerson.person_id == Person.id)
        .where(
            ExemplarPerson.exemplar_id == exemplar_id,
            Person.restricted_at.is_not(None),
            DataRequest.kind == Kind.RESTRICT,
            DataRequest.state == State.DONE,
        )
        .order_by(DataRequest.id.desc())
        .limit(1)
    )
