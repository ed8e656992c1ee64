"""Which requests of persons press: how many wait, how many are past their day. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congress_app.dashboard.indicators import Kind, Light
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

PAGE = "data_requests.index"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open request: by when to reply and to be done, and whether the reply has gone."""

    reply_by: date
    finish_by: date
    is_replied: bool

    @property
    def next_day(self) -> date:
        """The term that runs now."""
        return self.finish_by if self.is_replied else self.reply_by


@dataclass(frozen=True, slots=True)
class Due:
    """All open requests: how many, how many past the term that runs, and the earliest of these."""

    waiting: int
    late: int
    nearest: date | None


def due(requests: Iterable[Waiting], today: date) -> Due:
    """What presses today; a term ends with its day."""
    days = sorted(one.next_day for one in requests)
    return Due(len(days), sum(day < today for day in days), days[0] if days else None)


def lights(found: Due) -> list[Light]:
    """What the overview says of it; nothing while no request is open."""
    if found.nearest is None:
        return []
    day = found.nearest.strftime("%d/%m/%Y")
    if found.late:
        sentence = Sentence(
            N_("{count} yêu cầu về dữ liệu cá nhân đã quá hạn."), count=number(found.late)
        )
        note = Sentence(
            N_("Hạn sớm nhất là ngày {day}. Hãy trả lời hoặc giải quyết ngay trong hôm nay."),
            day=day,
        )
        return [Light("requests_late", Kind.DANGER, sentence, PAGE, note)]
    sentence = Sentence(
        N_("{count} yêu cầu về dữ liệu cá nhân đang chờ giải quyết."), count=number(found.waiting)
    )
    note = Sentence(N_("Hạn gần nhất là ngày {day}."), day=day)
    return [Light("requests_waiting", Kind.WARNING, sentence, PAGE, note)]
