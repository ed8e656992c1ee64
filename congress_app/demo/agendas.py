"""Sessions, items and speeches of a congress of the demonstration, from the outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from congress_app.demo.places import PlaceFacts
from congress_app.kernel import clock
from congress_app.programme.outlines import Outline, OutlineItem, OutlineSession

_DOORS_BEFORE = timedelta(hours=1)
# Longer than a day, so that the door is open a whole day after loading whenever that is.
_REHEARSAL_LENGTH = timedelta(hours=25)
REHEARSAL_TITLE = "Phiên tập dượt điểm danh (trình diễn)"

_TOPICS = (
    ("Giải pháp phát triển đối tượng tham gia BHXH tự nguyện, BHYT hộ gia đình", "collection"),
    ("Phối hợp thu hồi nợ đọng, bảo vệ quyền lợi người lao động", "collection"),
    ("Mô hình “một cửa” giải quyết chế độ đúng và trước hạn", "reception"),
    ("Giám định BHYT chủ động qua Hệ thống thông tin giám định", "health_claims"),
    ("Cấp lại thẻ BHYT trong ngày, không để người bệnh chờ", "books_cards"),
    ("Chi trả lương hưu qua tài khoản cá nhân ở vùng khó khăn", "benefits"),
    ("Tuyên truyền chính sách BHXH bằng tiếng dân tộc thiểu số", "communication"),
    ("Ứng dụng công nghệ thông tin giảm giờ làm hồ sơ cho doanh nghiệp", "it"),
    ("Thanh tra đột xuất theo dữ liệu: cách làm và kết quả", "inspection"),
    ("Đổi mới bình xét thi đua, hướng về người lao động trực tiếp", "personnel"),
)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session with its door; `items` in order."""

    kind: str
    title: str
    starts_at: datetime
    doors_open_at: datetime
    doors_close_at: datetime
    items: tuple[OutlineItem, ...]


@dataclass(frozen=True, slots=True)
class SpeechFacts:
    """A speech of the delegate at this place of the list."""

    title: str
    field: str
    speaker: int
    minutes: int
    state: str


def sessions(outline: Outline, day: date) -> list[SessionFacts]:
    """The outline on a day at the venue."""
    return [_on(session, day) for session in outline.sessions]


def rehearsal(outline: Outline, now: datetime) -> SessionFacts:
    """A session that has just begun and whose door stays open for a day."""
    starts = now.replace(second=0, microsecond=0) - timedelta(minutes=20)
    official = outline.sessions[-1]
    return SessionFacts(
        official.kind,
        REHEARSAL_TITLE,
        starts,
        starts - _DOORS_BEFORE,
        starts + _REHEARSAL_LENGTH,
        official.items,
    )


def speeches(rng: Random, places: Sequence[PlaceFacts], slots: int) -> list[SpeechFacts]:
    """As many chosen speeches as there are slots, and three more that were handed in."""
    able = [
        number
        for number, place in enumerate(places)
        if place.state == "confirmed" and place.category != "guest" and place.person.field
    ]
    speakers = rng.sample(able, min(len(able), slots + 3, len(_TOPICS)))
    topics = rng.sample(_TOPICS, len(speakers))
    return [
        SpeechFacts(
            title,
            field,
            speaker,
            rng.choice((7, 8, 10)),
            "scheduled" if number < slots else "submitted",
        )
        for number, (speaker, (title, field)) in enumerate(zip(speakers, topics, strict=True))
    ]


def _on(session: OutlineSession, day: date) -> SessionFacts:
    starts = clock.from_venue(datetime.combine(day, session.starts))
    ends = starts + timedelta(minutes=session.minutes)
    return SessionFacts(
        session.kind, session.title, starts, starts - _DOORS_BEFORE, ends, session.items
    )
