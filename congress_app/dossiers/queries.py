"""Dossiers of a congress, what stands in the way of a purge, and what an archive holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import ColumnElement, func, select

from congress_app.audit import chain_queries
from congress_app.congresses.finality_queries import keeps_closed
from congress_app.congresses.lifecycle import State
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.dossiers import archive, list_queries, paper_queries, row_queries
from congress_app.dossiers.archive import Part
from congress_app.dossiers.models import Dossier, DossierFile
from congress_app.elections.models import Election
from congress_app.elections.upward_models import Transmission
from congress_app.jobs.models import Job
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.models import Speech
from congress_app.programme.speech_models import SpeechFile

Say = Callable[[str], str]
Progress = Callable[[int, int, str], None]
STEP_LISTS = N_("Đang ghi danh sách và dữ liệu")
DATA = "du-lieu/"
PURGE, ALTERED = "dossier_purge", "altered_papers"
STOPPED_AFTER = N_(
    "Dữ liệu làm việc của hội nghị đã xóa khỏi các bảng trước đó, không lấy lại được. Nhưng việc "
    "ghi lại tệp cơ sở dữ liệu chưa được xác nhận là xong, nên dữ liệu đã xóa có thể còn trên đĩa. "
    "Người giao việc bấm “Làm lại” thì chỉ việc ghi lại tệp được làm lại; hoặc người quản trị "
    "máy chủ chạy lệnh “dossiers rewrite”."
)
STOPPED_BEFORE = N_(
    "Chưa xóa dòng nào: dữ liệu làm việc của hội nghị còn nguyên. Bắt đầu lại là xóa từ đầu."
)
UNFINISHED = N_(
    "Còn {count} việc nền của hội nghị chưa xong (nhập danh sách, ghi văn bản, in thẻ…). "
    "Hãy đợi việc xong, hoặc người giao việc bấm “Dừng việc này” trong “Việc của tôi”, rồi xóa lại."
)
GONE = N_(
    "Dữ liệu làm việc của hội nghị đã xóa lúc {at} sau khi lập hồ sơ lưu trữ, không lấy lại được, "
    "nên không mở lại hội nghị được nữa."
)
GOING = N_(
    "Việc xóa dữ liệu làm việc của hội nghị đang chờ hoặc đang chạy. Hãy đợi việc ấy kết thúc; "
    "nếu dữ liệu chưa bị xóa thì mới mở lại được."
)
PURGED_FILE = N_("Tệp hồ sơ không còn trên máy chủ. Hãy dùng bản đã lưu.")
OUTDATED_FILE = N_(
    "Tệp hồ sơ này đã gỡ khỏi máy chủ vì có dữ liệu của một người đã được xóa theo yêu cầu. "
    "Hãy lập hồ sơ mới."
)
WRONG_HASH = N_(
    "Mã SHA-256 đã nhập không phải mã của hồ sơ này. Hãy tính mã từ chính tệp "
    "đã tải về và lưu, rồi nhập lại cả 64 ký tự."
)


def dossiers_of(congress_id: int) -> list[Dossier]:
    """All that were made, the newest first."""
    wanted = select(Dossier).where(Dossier.congress_id == congress_id)
    return list(db.session.scalars(wanted.order_by(Dossier.id.desc())))


def dossier_by_id(congress_id: int, dossier_id: int) -> Dossier:
    """One of the congress; raises NotFound."""
    found = db.session.get(Dossier, dossier_id)
    if found is None or found.congress_id != congress_id:
        raise NotFound
    return found


def with_files(congress_id: int) -> set[int]:
    """The dossiers of a congress whose archives are on the server."""
    made = select(DossierFile.dossier_id).join(Dossier, DossierFile.dossier_id == Dossier.id)
    return set(db.session.scalars(made.where(Dossier.congress_id == congress_id)))


def file_of(dossier_id: int) -> bytes:
    """The archive; raises NotFound when a purge removed it, or a person's deletion."""
    found = db.session.get(DossierFile, dossier_id)
    if found is None:
        of_which = db.session.get_one(Dossier, dossier_id).congress_id
        is_purged = purged(of_which) is not None
        raise NotFound("file_gone", Sentence(PURGED_FILE if is_purged else OUTDATED_FILE))
    return found.data


def purged(congress_id: int) -> Dossier | None:
    """The dossier by which the congress was purged; None while its working data stand."""
    return db.session.scalar(
        select(Dossier).where(Dossier.congress_id == congress_id, Dossier.purged_at.is_not(None))
    )


@keeps_closed
def why_final(congress_id: int) -> Sentence | None:
    """Why the congress stays closed: its working data are gone, or a job is taking them away.

    An archive alone keeps nothing: what is written afterwards makes it out of date.
    """
    by = purged(congress_id)
    if by is not None and by.purged_at is not None:
        return Sentence(GONE, at=clock.at_venue(by.purged_at).strftime("%H:%M %d/%m/%Y"))
    going = select(Job.id).where(of_congress(congress_id), Job.kind == PURGE, is_alive())
    return Sentence(GOING) if db.session.scalar(going.limit(1)) else None


def unfinished_purge(congress_id: int) -> int | None:
    """The job of the congress's latest purge when it ended early: the disk may not have
    forgotten yet. None when it ended well, is under way, or is a week old."""
    latest = db.session.execute(
        select(Job.id, Job.state)
        .where(of_congress(congress_id), Job.kind == PURGE)
        .order_by(Job.id.desc())
        .limit(1)
    ).one_or_none()
    ended_early = latest is not None and latest.state in ("failed", "cancelled")
    return latest.id if latest is not None and ended_early else None


def what_stands(*, dossier_id: int, **_more: object) -> Sentence:
    """What a purge that ended early has done: the rows go at once, the disk forgets later."""
    return Sentence(
        STOPPED_AFTER if only_the_disk_is_left(dossier_id=dossier_id) else STOPPED_BEFORE
    )


def only_the_disk_is_left(*, dossier_id: int, **_more: object) -> bool:
    """Are the rows of the purge by this dossier gone, so that the disk has to forget them?"""
    dossier = db.session.get(Dossier, dossier_id)
    return dossier is not None and dossier.purged_at is not None


def is_closed(congress: Congress) -> bool:
    """Is the congress over, so that it can be archived?"""
    return congress.state == State.CLOSED


def obstacles(congress: Congress, *, besides: int | None = None) -> list[Sentence]:
    """Why the working data are still needed; empty when they may go.

    `besides` is the job that purges: it alone may be under way.
    """
    found = []
    if not is_closed(congress):
        found.append(Sentence(N_("Hội nghị chưa bế mạc.")))
    if purged(congress.id):
        found.append(Sentence(N_("Dữ liệu làm việc của hội nghị này đã được xóa trước đây.")))
    under_way = _count(
        select(func.count(Election.id)).where(
            Election.congress_id == congress.id, Election.state != "certified"
        )
    )
    if under_way:
        found.append(Sentence(N_("Còn cuộc bầu cử chưa công nhận kết quả.")))
    waiting = _count(
        select(func.count(Transmission.id))
        .join(Election, Transmission.election_id == Election.id)
        .where(Election.congress_id == congress.id, Transmission.state == "sent")
    )
    if waiting:
        found.append(Sentence(N_("Danh sách bầu đã gửi nhưng cấp trên chưa tiếp nhận.")))
    unfinished = _count(
        select(func.count(Job.id)).where(
            of_congress(congress.id), is_alive(), Job.id != (besides or 0)
        )
    )
    if unfinished:
        found.append(Sentence(UNFINISHED, count=unfinished))
    return found


def of_congress(congress_id: int) -> ColumnElement[bool]:
    """Jobs begun on the congress's pages; what they made may name its people."""
    return Job.back_to.startswith(f"/congresses/{congress_id}/")


def is_alive() -> ColumnElement[bool]:
    """Jobs that go on by themselves; those of an earlier version nobody can take up."""
    return Job.finished_at.is_(None) & Job.arguments.is_not(None)


def must_be_ready(
    congress: Congress, dossier: Dossier, typed_hash: str, *, besides: int | None = None
) -> None:
    """Raise what forbids a purge by this dossier; that its data are current is left to check."""
    standing = obstacles(congress, besides=besides)
    if standing:
        raise RuleViolation(
            "purge_refused", Sentence(N_("Chưa được xóa dữ liệu làm việc.")), standing
        )
    if dossier.checked_at is None:
        raise RuleViolation(
            "dossier_not_checked",
            Sentence(N_("Hồ sơ chưa được kiểm tra. Hãy bấm Kiểm tra hồ sơ trước.")),
        )
    if "".join(typed_hash.split()).lower() != dossier.sha256:
        raise RuleViolation("wrong_hash", Sentence(WRONG_HASH))


def _count(statement: object) -> int:
    return db.session.scalar(statement) or 0  # type: ignore[call-overload]


def data_parts(congress: Congress) -> Iterator[Part]:
    """The rows of every table as JSON: what `fingerprint` and the archive hold."""
    for name, rows in row_queries.congress_rows(congress.id).items():
        yield Part(f"{DATA}{name}.json", archive.json_bytes(rows))


def fingerprint(parts: list[Part]) -> str:
    """One hash over all data: tells whether anything changed since the archive was made.

    The counter of live pages moves without a change of facts and is left out.
    """
    told = [(p.path, archive.sha256(p.data)) for p in parts if p.path != f"{DATA}pulse.json"]
    return archive.sha256(archive.json_bytes(told))


def contents(congress: Congress, say: Say, progress: Progress) -> archive.Made:
    """The whole archive of the congress, made from what is stored now."""
    altered = paper_queries.altered(congress.id)
    papers = list(paper_queries.parts(congress.id, altered, progress))
    progress(0, 1, STEP_LISTS)
    data = list(data_parts(congress))
    lists = [
        Part(f"danh-sach/{name}", sheet)
        for name, sheet in list_queries.sheets(congress, say).items()
    ]
    head = chain_queries.head()
    about: dict[str, object] = {
        "congress": congress.name,
        "unit": congress.unit.name,
        "season": congress.season.name,
        "held_on": congress.held_on.isoformat() if congress.held_on else None,
        "made_at": clock.now().isoformat(),
        "fingerprint": fingerprint(data),
        "audit_head": {"number": head.number, "hash": head.hash},
    }
    if altered:
        about[ALTERED] = altered
    read_me = Part(archive.READ_ME, say(READ_ME_TEXT).format(name=congress.name).encode())
    return archive.make([read_me, *papers, *lists, *_speech_texts(congress), *data], about)


def _speech_texts(congress: Congress) -> Iterator[Part]:
    found = db.session.execute(
        select(SpeechFile.speech_id, SpeechFile.slot, SpeechFile.kind, SpeechFile.data)
        .join(Speech, SpeechFile.speech_id == Speech.id)
        .where(Speech.congress_id == congress.id)
        .order_by(SpeechFile.id)
    )
    for speech_id, slot, kind, data in found:
        yield Part(f"tham-luan/{speech_id}-{slot}.{kind}", data)


READ_ME_TEXT = N_(
    """HỒ SƠ LƯU TRỮ: {name}

van-ban/     các văn bản đã ban hành, mỗi văn bản một tệp .pdf và một tệp .docx; văn bản mà
             nội dung đang lưu không còn như lúc ban hành chỉ có tệp “…-da-bi-doi.json”: mã băm
             lúc ban hành và những gì đang lưu. Bản có giá trị là bản giấy đã ký
danh-sach/   các danh sách và bảng tổng hợp (.xlsx)
tham-luan/   bài và trình chiếu của các tham luận
du-lieu/     toàn bộ dữ liệu, mỗi bảng một tệp JSON; không có điện thoại, thư điện tử, mã thẻ
manifest.json  mã SHA-256 của từng tệp và mục cuối của nhật ký lúc lập hồ sơ

Hồ sơ có dân tộc, đảng viên của đại biểu: chỉ lưu ở nơi được phép lưu tài liệu nội bộ.
Kiểm tra hồ sơ: lệnh “dossiers verify TỆP”.
"""
)
