"""Into which line of the credentials report a fact falls; None when it is not known.

Sheets write education and titles in words of their own; what is written but not
recognised stands in a line of its own ("khác"), never among what is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from congress_app.congresses.rulebook import Category, SubCategory
from congress_app.delegates.duplicates import stored_name_key
from congress_app.delegates.registration import GroundFacts, PersonFacts
from congress_app.delegates.wording import key
from congress_app.kernel.sentences import N_

OTHER, NONE, OUTSIDE = "other", "none", "outside"
OUTSIDE_LABEL = N_("Ngoài ngành")
# A ground by merit rather than by office that is no title with a decision of its own.
_CHOSEN = frozenset({"exemplar"})


class Route(StrEnum):
    """By which way somebody became a delegate."""

    BY_OFFICE = "by_office"
    BY_ELECTION = "by_election"
    BY_APPOINTMENT = "by_appointment"


ROUTE_LABELS: dict[str, str] = {
    Route.BY_OFFICE: N_("Đương nhiên (theo chức vụ)"),
    Route.BY_ELECTION: N_("Được bầu từ cấp dưới"),
    Route.BY_APPOINTMENT: N_("Chỉ định, chọn cử theo thành tích"),
}
EDUCATION_LABELS: dict[str, str] = {
    "doctor": N_("Tiến sĩ"),
    "master": N_("Thạc sĩ"),
    "university": N_("Đại học"),
    "college": N_("Cao đẳng"),
    "intermediate": N_("Trung cấp"),
    OTHER: N_("Trình độ khác"),
}
THEORY_LABELS: dict[str, str] = {
    "high": N_("Cao cấp, cử nhân"),
    "intermediate": N_("Trung cấp"),
    "basic": N_("Sơ cấp"),
    NONE: N_("Chưa qua đào tạo"),
    OTHER: N_("Trình độ khác"),
}
TITLE_LABELS: dict[str, str] = {
    "hero": N_("Anh hùng"),
    "fighter_national": N_("Chiến sĩ thi đua toàn quốc"),
    "fighter_sector": N_("Chiến sĩ thi đua ngành, bộ, tỉnh"),
    "fighter_base": N_("Chiến sĩ thi đua cơ sở"),
    OTHER: N_("Danh hiệu khác"),
    NONE: N_("Chưa có danh hiệu"),
}
AGE_LABELS: dict[str, str] = {
    "30": N_("Đến 30 tuổi"),
    "40": N_("Từ 31 đến 40 tuổi"),
    "50": N_("Từ 41 đến 50 tuổi"),
    "60": N_("Từ 51 đến 60 tuổi"),
    "over": N_("Trên 60 tuổi"),
}
# Words as `wording.key` leaves them, the highest first.
_EDUCATION = {
    "doctor": ("tien si", "tien sy", "ts", "giao su", "pgs", "gs"),
    "master": ("thac si", "thac sy", "ths", "cao hoc"),
    "university": ("dai hoc", "dh", "cu nhan", "ky su", "ki su", "bac si", "bac sy", "duoc si"),
    "college": ("cao dang", "cd"),
    "intermediate": ("trung cap", "tc", "trung hoc chuyen nghiep"),
}
_THEORY = {
    "high": ("cao cap", "cu nhan", "cc"),
    "intermediate": ("trung cap", "tc"),
    "basic": ("so cap", "sc"),
    NONE: ("chua", "khong"),
}
_TITLES = {
    "hero": ("anh hung",),
    "fighter_national": ("chien si thi dua toan quoc",),
    "fighter_sector": tuple(
        f"chien si thi dua {whose}"
        for whose in ("nganh", "cap nganh", "bo", "cap bo", "tinh", "cap tinh", "thanh pho")
    ),
    "fighter_base": ("chien si thi dua co so", "chien si thi dua cap co so"),
}
_NO_TITLE = ("khong", "chua co", "chua")


class DelegateFacts(NamedTuple):
    """One convened delegate who is no guest, as the committee looks at him or her.

    `delegation` and `kind` are name and kind of the delegation's unit, None for somebody
    of no delegation; `unit` says in words where the person works; `ruling` None: the
    committee has not decided. `search_key` is the name as stored for searching, "" where
    it is not at hand. `identity_changed`: who it is was changed after the ruling.
    """

    delegate_id: int
    category: str
    person: PersonFacts
    number: int | None = None
    unit: str = ""
    delegation: str | None = None
    kind: str | None = None
    field: str | None = None
    grounds: tuple[GroundFacts, ...] = ()
    exception_document: str | None = None
    ruling: str | None = None
    reason: str | None = None
    search_key: str = ""
    identity_changed: bool = False

    @property
    def name(self) -> str:
        """The full name."""
        return self.person.full_name


class Head(NamedTuple):
    """What one of `DelegateFacts` is found by in a list, read quickly for everybody."""

    delegate_id: int
    category: str
    number: int | None
    name: str
    search_key: str
    unit: str
    delegation: str | None
    ruling: str | None

    @property
    def name_key(self) -> str:
        """The name as it is compared loosely."""
        return stored_name_key(self.name, self.search_key)


def route_of(
    category: str, grounds: Iterable[GroundFacts], by_code: Mapping[str, SubCategory]
) -> Route | None:
    """By office before by merit, when somebody has both; None when no ground tells it.

    `by_code` are the lines of the rulebook's composition.
    """
    if category == Category.ELECTED:
        return Route.BY_ELECTION
    held = [by_code[code] for ground in grounds if (code := ground.code or "") in by_code]
    merits = [line.award or line.code in _CHOSEN for line in held if line.category == category]
    if not merits:
        return None
    return Route.BY_APPOINTMENT if all(merits) else Route.BY_OFFICE


# Terms, as in `wording.key`: they repeat on thousands of rows and name no person.
@lru_cache(maxsize=4096)
def education_of(text: str | None) -> str | None:
    """The level of education a text tells: a key of `EDUCATION_LABELS`."""
    return _first(text, _EDUCATION)


@lru_cache(maxsize=4096)
def theory_of(text: str | None) -> str | None:
    """The level of political theory a text tells: a key of `THEORY_LABELS`."""
    return _first(text, _THEORY)


def title_of(honours: str | None, grounds: Iterable[str]) -> str | None:
    """The highest title of a person, told by the honours and the grounds."""
    told = [text for text in (honours, *grounds) if text]
    found = {_title(text) for text in told}
    highest = next((title for title in _TITLES if title in found), None)
    if highest or not key(honours or ""):
        return highest
    return NONE if key(honours or "") in _NO_TITLE else OTHER


@lru_cache(maxsize=4096)
def _title(text: str) -> str | None:
    return _found(text, _TITLES)


def _first(text: str | None, words: Mapping[str, tuple[str, ...]]) -> str | None:
    return (_found(text or "", words) or OTHER) if key(text or "") else None


def _found(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    told = f" {key(text)} "
    for level, spellings in words.items():
        if any(f" {spelling} " in told for spelling in spellings):
            return level
    return None


def age_group(age: int | None) -> str | None:
    """The group an age by year falls in: a key of `AGE_LABELS`."""
    if age is None:
        return None
    return next((group for group in ("30", "40", "50", "60") if age <= int(group)), "over")


def block_of(facts: DelegateFacts) -> str | None:
    """The kind of the delegation's unit; `OUTSIDE` for somebody of another organisation."""
    if facts.kind:
        return facts.kind
    return OUTSIDE if facts.person.organisation else None


def delegation_of(facts: DelegateFacts) -> str | None:
    """The delegation by name; `OUTSIDE` for somebody of another organisation."""
    if facts.delegation:
        return facts.delegation
    return OUTSIDE if facts.person.organisation else None
