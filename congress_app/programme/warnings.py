"""What is wrong with a programme: told, never forbidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import combinations

from congress_app.kernel import clock
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.timetable import ITEM_KINDS, missing_items

NOON = time(12, 0)
# When half a day usually ends: the morning's at 11:30, the afternoon's at 17:00.
HALF_DAY_ENDS = (time(11, 30), time(17, 0))


SEVERITIES: dict[str, str] = {
    "danger": N_("Phải sửa"),
    "warning": N_("Nên xem lại"),
    "info": N_("Lưu ý"),
}
# Minutes one needs from one hall to another.
WALK = 5


@dataclass(frozen=True)
class Spot:
    """An item in time. `speaker_key` tells people of one name apart; "" for nobody."""

    key: int
    title: str
    kind: str
    starts: datetime
    ends: datetime
    speaker: str = ""
    speaker_key: str = ""
    announces: int | None = None
    # When the speaker is there, as far as it was told.
    here_from: datetime | None = None
    here_until: datetime | None = None


@dataclass(frozen=True)
class SessionOutline:
    """What the check reads of a session: its item kinds, its end, its pin overruns."""

    title: str
    starts: datetime
    ends: datetime
    kinds: tuple[str, ...]
    overruns: tuple[tuple[str, int], ...]  # title of the pinned item, minutes missing
    absent_speakers: tuple[tuple[str, str], ...] = ()  # speaker, title of the speech
    hall: str | None = None
    spots: tuple[Spot, ...] = ()
    # Speakers still to come who are not in the hall though its door is open.
    not_here: tuple[tuple[str, str], ...] = ()


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
        *_halls_twice(sessions),
        *_speakers_twice(sessions),
        *_away(sessions),
        *_results(sessions),
        *_not_here(sessions),
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


def _halls_twice(sessions: Sequence[SessionOutline]) -> list[Finding]:
    template = N_("“{first}” và “{second}” cùng dùng {hall}, trùng nhau {minutes} phút.")
    return [
        Finding(
            "danger",
            Sentence(
                template,
                first=Sentence(first.title),
                second=Sentence(second.title),
                hall=first.hall,
                minutes=minutes,
            ),
        )
        for first, second in combinations(sessions, 2)
        if first.hall and first.hall == second.hall
        if (minutes := _overlap(first.starts, first.ends, second.starts, second.ends)) > 0
    ]


def _speakers_twice(sessions: Sequence[SessionOutline]) -> list[Finding]:
    spots = [
        (spot, session.hall) for session in sessions for spot in session.spots if spot.speaker_key
    ]
    spots.sort(key=lambda pair: pair[0].starts)
    together = N_("{speaker} có hai phần trùng giờ: “{first}” và “{second}”, {minutes} phút.")
    hurry = N_(
        "{speaker} chỉ có {minutes} phút để đi từ {first_hall} (“{first}”) "
        "sang {second_hall} (“{second}”)."
    )
    found = []
    for (first, first_hall), (second, second_hall) in combinations(spots, 2):
        if first.speaker_key != second.speaker_key:
            continue
        names = {"speaker": first.speaker, "first": first.title, "second": second.title}
        minutes = _overlap(first.starts, first.ends, second.starts, second.ends)
        between = _minutes(first.ends, second.starts)
        if minutes > 0:
            found.append(Finding("danger", Sentence(together, minutes=minutes, **names)))
        elif first_hall and second_hall and first_hall != second_hall and 0 <= between < WALK:
            halls = {"first_hall": first_hall, "second_hall": second_hall}
            found.append(Finding("warning", Sentence(hurry, minutes=between, **halls, **names)))
    return found


def _away(sessions: Sequence[SessionOutline]) -> list[Finding]:
    """Heard before the speaker comes, or after he has to leave."""
    late = N_("{speaker} chỉ có mặt từ {at} nhưng “{title}” bắt đầu lúc {planned}.")
    early = N_("{speaker} chỉ có mặt đến {at} nhưng “{title}” kết thúc lúc {planned}.")
    found = []
    for spot in (spot for session in sessions for spot in session.spots):
        for template, at, planned in (
            (late, spot.here_from, spot.starts if _before(spot.starts, spot.here_from) else None),
            (early, spot.here_until, spot.ends if _before(spot.here_until, spot.ends) else None),
        ):
            if at is not None and planned is not None:
                words = {"speaker": spot.speaker, "title": spot.title}
                times = {"at": _clock(at), "planned": _clock(planned)}
                found.append(Finding("danger", Sentence(template, **words, **times)))
    return found


def _before(first: datetime | None, second: datetime | None) -> bool:
    return first is not None and second is not None and first < second


def _clock(at: datetime) -> str:
    return clock.at_venue(at).strftime("%H:%M")


def _results(sessions: Sequence[SessionOutline]) -> list[Finding]:
    """An announcement stands after its election and after the counting."""
    spots = {spot.key: spot for session in sessions for spot in session.spots}
    told = {spot.announces: spot for spot in spots.values() if spot.announces is not None}
    found = []
    for key, election in spots.items():
        if election.kind != "election":
            continue
        announcement = told.get(key)
        if announcement is None:
            sentence = Sentence(
                N_("“{election}” chưa có mục công bố kết quả."), election=election.title
            )
            found.append(Finding("warning", sentence))
            continue
        names = {"announcement": announcement.title, "election": election.title}
        if announcement.starts < election.ends:
            template = N_("“{announcement}” đứng trước khi “{election}” kết thúc.")
            found.append(Finding("danger", Sentence(template, **names)))
        elif (late := _counted_too_late(spots.values(), election, announcement)) > 0:
            template = N_("Kiểm phiếu xong sau “{announcement}” {minutes} phút.")
            sentence = Sentence(template, announcement=announcement.title, minutes=late)
            found.append(Finding("danger", sentence))
    return found


def _counted_too_late(spots: Iterable[Spot], election: Spot, announcement: Spot) -> int:
    ends = [
        spot.ends
        for spot in spots
        if spot.kind == "counting" and election.ends <= spot.starts <= announcement.starts
    ]
    return max((_minutes(announcement.starts, end) for end in ends), default=0)


def _not_here(sessions: Sequence[SessionOutline]) -> list[Finding]:
    template = N_("{speaker} sắp trình bày “{title}” nhưng chưa có mặt trong hội trường.")
    return [
        Finding("danger", Sentence(template, speaker=speaker, title=title))
        for session in sessions
        for speaker, title in session.not_here
    ]


def _overlap(starts: datetime, ends: datetime, other_starts: datetime, other_ends: datetime) -> int:
    return _minutes(max(starts, other_starts), min(ends, other_ends))


def _minutes(before: datetime, after: datetime) -> int:
    return int((after - before).total_seconds() // 60)
