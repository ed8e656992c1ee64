"""What is wrong with a programme: told, never forbidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from congress_app.kernel import clock
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.timetable import ITEM_KINDS, missing_items

NOON = time(12, 0)
# When half a day usually ends: the morning's at 11:30, the afternoon's at 17:00.
HALF_DAY_ENDS = (time(11, 30), time(17, 0))


@dataclass(frozen=True)
class SessionOutline:
    """What the check reads of a session: its item kinds, its end, its pin overruns."""

    title: str
    starts: datetime
    ends: datetime
    kinds: tuple[str, ...]
    overruns: tuple[tuple[str, int], ...]  # title of the pinned item, minutes missing
    absent_speakers: tuple[tuple[str, str], ...] = ()  # speaker, title of the speech


@dataclass(frozen=True)
class Finding:
    """One warning: `kind` is "danger", "warning" or "info"."""

    kind: str
    sentence: Sentence


def findings(
    sessions: Sequence[SessionOutline], mandatory: Sequence[str], full_day: bool
) -> list[Finding]:
    """All warnings, the gravest first; nothing for a programme not begun."""
    if not sessions:
        return []
    found = [
        *_overruns(sessions),
        *_missing(sessions, mandatory),
        *_over_full(sessions),
        *_two_halves(sessions, full_day),
        *_absent(sessions),
    ]
    order = ("danger", "warning", "info")
    return sorted(found, key=lambda finding: order.index(finding.kind))


def _overruns(sessions: Sequence[SessionOutline]) -> list[Finding]:
    template = N_("“{title}” đã ghim giờ nhưng các mục trước chiếm quá {minutes} phút.")
    return [
        Finding("danger", Sentence(template, title=title, minutes=minutes))
        for session in sessions
        for title, minutes in session.overruns
    ]


def _missing(sessions: Sequence[SessionOutline], mandatory: Sequence[str]) -> list[Finding]:
    kinds = [kind for session in sessions for kind in session.kinds]
    template = N_("Chương trình chưa có nội dung bắt buộc theo hướng dẫn: {kind}.")
    return [
        Finding("warning", Sentence(template, kind=Sentence(ITEM_KINDS.get(kind, kind))))
        for kind in missing_items(mandatory, kinds)
    ]


def _over_full(sessions: Sequence[SessionOutline]) -> list[Finding]:
    template = N_("{title}: kết thúc lúc {ends}, quá {minutes} phút so với {usual}.")
    found = []
    for session in sessions:
        starts, ends = clock.at_venue(session.starts), clock.at_venue(session.ends)
        usual = HALF_DAY_ENDS[0] if starts.time() < NOON else HALF_DAY_ENDS[1]
        limit = datetime.combine(starts.date(), usual, tzinfo=starts.tzinfo)
        minutes = int((ends - limit).total_seconds() // 60)
        if minutes > 0:
            sentence = Sentence(
                template,
                title=Sentence(session.title),
                ends=ends.strftime("%H:%M"),
                minutes=minutes,
                usual=usual.strftime("%H:%M"),
            )
            found.append(Finding("warning", sentence))
    return found


def _two_halves(sessions: Sequence[SessionOutline], full_day: bool) -> list[Finding]:
    starts = [clock.at_venue(session.starts) for session in sessions]
    afternoon = any(start.time() >= NOON for start in starts)
    if full_day or not afternoon or len({start.date() for start in starts}) > 1:
        return []
    if not any(start.time() < NOON for start in starts):
        return []
    return [
        Finding(
            "info", Sentence(N_("Hội nghị ghi 1/2 ngày nhưng chương trình có cả sáng và chiều."))
        )
    ]


def _absent(sessions: Sequence[SessionOutline]) -> list[Finding]:
    template = N_("{speaker} trình bày “{title}” nhưng chưa xác nhận dự hội nghị.")
    return [
        Finding("warning", Sentence(template, speaker=speaker, title=title))
        for session in sessions
        for speaker, title in session.absent_speakers
    ]
