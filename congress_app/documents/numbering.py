"""Numbers of papers: one series a body and year, without gaps, never given twice.

A void paper keeps its number, so the register shows what became of every one. Numbers
follow the days of issuing (Nghị định 30/2020/NĐ-CP, Điều 15).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc

# Letters of other alphabets and old fonts that look like those beneath them.
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧÐƉ",
    "ABESIJKMHOPCTYXABEZHIKMNOPTYXĐĐ",
)
_DASHES = re.compile(r"[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+")
# Plans for a congress may be older than its year.
_YEARS_BEFORE = 2


class State(StrEnum):
    """Where a paper stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    REPLACED = "replaced"
    VOID = "void"


STATE_LABELS: dict[str, str] = {
    State.DRAFT: N_("Dự thảo"),
    State.ISSUED: N_("Đã ban hành"),
    State.REPLACED: N_("Đã được thay"),
    State.VOID: N_("Đã hủy"),
}
STATE_LOOKS: dict[str, tuple[str, str]] = {
    State.DRAFT: ("neutral", "edit"),
    State.ISSUED: ("success", "check"),
    State.REPLACED: ("info", "swap"),
    State.VOID: ("danger", "cross"),
}


def must_be(state: str, wanted: State) -> None:
    """Raises RuleViolation `not_draft`, `not_issued`."""
    if state == wanted:
        return
    if wanted is State.DRAFT:
        told = Sentence(N_("Văn bản đã ban hành nên không sửa được. Hãy lập văn bản thay thế."))
        raise RuleViolation("not_draft", told)
    told = Sentence(N_("Chỉ văn bản đang có hiệu lực mới hủy hoặc thay thế được."))
    raise RuleViolation("not_issued", told)


def next_number(last: int | None, first: int = 1) -> int:
    """The number after the last one given; `first` where the series begins."""
    return first if last is None else last + 1


def gaps(numbers: Iterable[int], first: int = 1) -> list[int]:
    """Numbers of a series nobody has; empty while it is whole."""
    given = set(numbers)
    return [number for number in range(first, max(given, default=first - 1)) if number not in given]


def year_of(signed_on: date) -> int:
    """Series begin anew on 1 January."""
    return signed_on.year


def folded(symbol: str) -> str:
    """What tells bodies apart: capitals, single hyphens, no spaces, letters as they look."""
    seen = (sign for sign in nfc(symbol).upper() if unicodedata.category(sign)[0] not in "ZC")
    return _DASHES.sub("-", "".join(seen).translate(_ALIKE)).strip("-")


def must_follow(day: date, latest: date | None, held_on: date | None, today: date) -> None:
    """May a number be given on this day, after one of `latest` in the same series?

    A day to come is none of issuing; one that was typed before this rule, so that `latest`
    lies ahead, keeps nobody from issuing today. Raises RuleViolation `future_day`,
    `day_too_early`, `day_before_last`.
    """
    told = {"day": f"{day:%d/%m/%Y}"}
    if day > today:
        template = N_("Ngày ban hành {day} chưa đến. Hãy ghi ngày ký, muộn nhất là hôm nay.")
        raise RuleViolation("future_day", Sentence(template, **told))
    if day.year < (held_on or today).year - _YEARS_BEFORE:
        template = N_("Ngày ban hành {day} quá xa ngày tổ chức hội nghị. Hãy xem lại năm.")
        raise RuleViolation("day_too_early", Sentence(template, **told))
    if latest is not None and day < (earliest := min(latest, today)):
        template = N_(
            "Văn bản gần nhất còn hiệu lực của cơ quan này ban hành ngày {latest}. Số trong năm "
            "theo thứ tự thời gian ban hành, nên hãy ghi ngày từ {latest} đến hôm nay."
        )
        raise RuleViolation("day_before_last", Sentence(template, latest=f"{earliest:%d/%m/%Y}"))
