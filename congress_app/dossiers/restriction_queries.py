"""Which restrictions are in force: of a person by his row, of an exemplar by what was asked;
and what that holds the exemplar's record to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from congress_app.database import db
from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.models import Person
from congress_app.dossiers.models import DataRequest
from congress_app.dossiers.rights import Kind, State
from congress_app.exemplars.consent_queries import holds_back
from congress_app.exemplars.identity_queries import corrects, keeps_one
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

ASKED_ABOUT = N_(
    "Đã có yêu cầu về dữ liệu cá nhân của “{name}”: bản ghi này không đổi thành người hoặc tập thể "
    "khác được. Nếu là người khác, hãy lập bản ghi mới. Nếu vẫn là người ấy mà họ tên, năm sinh "
    "ghi sai, hãy nhờ quản trị viên ghi yêu cầu “Sửa dữ liệu” rồi sửa lại."
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
    waits = and_(DataRequest.kind == Kind.ERASE, DataRequest.state == State.OPEN)
    return db.session.scalar(select(func.max(DataRequest.id)).where(_his(exemplar_id), waits))


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


@corrects
def is_to_be_corrected(exemplar_id: int) -> bool:
    """Whoever it tells of asked for it to be put right, and that is not settled yet."""
    asked = and_(DataRequest.kind == Kind.CORRECT, DataRequest.state == State.OPEN)
    return _has(exemplar_id, asked)


@keeps_one
def why_asked_about(exemplar_id: int, name: str) -> Sentence | None:
    """Why another may not take the record over: what was asked for would be done to him."""
    in_force = and_(
        DataRequest.kind.in_((Kind.RESTRICT, Kind.ERASE)), DataRequest.state == State.DONE
    )
    kept = _has(exemplar_id, or_(DataRequest.state == State.OPEN, in_force))
    return Sentence(ASKED_ABOUT, name=name) if kept else None


def _has(exemplar_id: int, what: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(exists().where(_his(exemplar_id), what))))


def _his(exemplar_id: int) -> ColumnElement[bool]:
    """Requests of the exemplar, or of the person it is."""
    linked = select(ExemplarPerson.person_id).where(ExemplarPerson.exemplar_id == exemplar_id)
    return or_(DataRequest.exemplar_id == exemplar_id, DataRequest.person_id.in_(linked))
