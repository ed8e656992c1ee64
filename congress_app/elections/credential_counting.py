"""Count the delegates for the credentials report: who was convened, and who is present.

A pure function of the delegates and of who is in the hall. Every table has a line for
what is not known, and its lines sum to the number convened: published reports of past
congresses do not always add up, this one cannot fail to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from itertools import compress
from operator import attrgetter
from typing import Any

from congress_app.congresses.rulebook import Choice, SubCategory
from congress_app.delegates.census import UNKNOWN, is_minority
from congress_app.delegates.registration import SEX_LABELS
from congress_app.elections.credential_classes import (
    AGE_LABELS,
    EDUCATION_LABELS,
    OUTSIDE,
    OUTSIDE_LABEL,
    ROUTE_LABELS,
    THEORY_LABELS,
    TITLE_LABELS,
    DelegateFacts,
    age_group,
    block_of,
    delegation_of,
    education_of,
    route_of,
    theory_of,
    title_of,
)
from congress_app.elections.credential_doubts import RULING_LABELS, UNDECIDED_LABEL, Ruling
from congress_app.elections.credential_report import (
    Ages,
    CredentialReport,
    Line,
    Setting,
    Somebody,
    Table,
    tenths,
)
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_
from congress_app.units.tree import KIND_LABELS

UNKNOWN_LABEL = N_("Không rõ")
# In the order of the report's headings.
TABLE_TITLES: dict[str, str] = {
    "ruling": N_("Kết luận tư cách"),
    "route": N_("Hình thức tham dự"),
    "sex": N_("Giới tính"),
    "party": N_("Đảng viên"),
    "minority": N_("Dân tộc"),
    "block": N_("Khối đơn vị"),
    "education": N_("Trình độ chuyên môn"),
    "theory": N_("Lý luận chính trị"),
    "field": N_("Lĩnh vực công tác"),
    "title": N_("Danh hiệu cao nhất"),
    "age": N_("Độ tuổi"),
    "delegation": N_("Đoàn đại biểu"),
}
SENSITIVE_TABLES = frozenset({"party", "minority"})
_MINORITY = {"yes": N_("Dân tộc thiểu số"), "no": N_("Dân tộc Kinh")}
_PARTY = {"yes": N_("Đảng viên"), "no": N_("Chưa là đảng viên")}
# Tables whose every line is shown even when nobody falls in it.
_WHOLE = frozenset({"ruling", "route", "sex", "minority", "party"})


def report(
    delegates: Sequence[DelegateFacts],
    present: Collection[int],
    excused: Collection[int],
    *,
    setting: Setting,
    lines: Sequence[SubCategory] = (),
    fields: Sequence[Choice] = (),
) -> CredentialReport:
    """Count the delegates; `present` and `excused` are their numbers (`delegate_id`).

    `lines` and `fields` are the rulebook's. Whoever is present is not counted as excused.
    """
    here = frozenset(present)
    away = frozenset(excused) - here
    return CredentialReport(
        setting=setting,
        convened=len(delegates),
        present=sum(one.delegate_id in here for one in delegates),
        excused=sum(one.delegate_id in away for one in delegates),
        tables=tuple(_tables(delegates, here, setting.year, lines, fields)),
        ages=_ages(delegates, setting.year),
        not_qualified=_ruled(delegates, Ruling.NOT_QUALIFIED),
        pending=_ruled(delegates, Ruling.PENDING),
    )


Labels = Mapping[str, str]
# What is read of a delegate, and the line it falls in.
Reader = tuple[Callable[[DelegateFacts], Hashable], Callable[[Any], str | None]]


def _tables(
    delegates: Sequence[DelegateFacts],
    here: frozenset[int],
    year: int,
    lines: Sequence[SubCategory],
    fields: Sequence[Choice],
) -> Iterator[Table]:
    names = {one.delegation: one.delegation for one in delegates if one.delegation}
    readers = _readers(names, year, lines, fields)
    is_here = [one.delegate_id in here for one in delegates]
    for key, title in TABLE_TITLES.items():
        labels, reader = readers[key]
        told = _told(delegates, reader)
        yield Table(key, title, _lines(key, labels, told, is_here), key in SENSITIVE_TABLES)


def _readers(
    names: Labels, year: int, lines: Sequence[SubCategory], fields: Sequence[Choice]
) -> dict[str, tuple[Labels, Reader]]:
    kinds = {**KIND_LABELS, OUTSIDE: OUTSIDE_LABEL}
    titles = {choice.code: choice.title for choice in fields}
    by_code = {line.code: line for line in lines}
    return {
        "ruling": (RULING_LABELS, (attrgetter("ruling"), _itself)),
        "route": (
            ROUTE_LABELS,
            (attrgetter("category", "grounds"), lambda told: route_of(told[0], told[1], by_code)),
        ),
        "sex": (SEX_LABELS, (attrgetter("person.sex"), _itself)),
        "age": (AGE_LABELS, (lambda one: age_of(one, year), age_group)),
        "party": (_PARTY, (attrgetter("person.party_member"), _answer)),
        "minority": (
            _MINORITY,
            (attrgetter("person.ethnicity"), lambda told: _answer(is_minority(told))),
        ),
        "education": (EDUCATION_LABELS, (attrgetter("person.education"), education_of)),
        "theory": (THEORY_LABELS, (attrgetter("person.political_theory"), theory_of)),
        "field": (titles, (attrgetter("field"), _itself)),
        "title": (
            TITLE_LABELS,
            (_titles_told, lambda told: title_of(told[0], told[1])),
        ),
        "block": (kinds, (block_of, _itself)),
        "delegation": ({**names, OUTSIDE: OUTSIDE_LABEL}, (delegation_of, _itself)),
    }


def _told(delegates: Sequence[DelegateFacts], reader: Reader) -> list[str]:
    """The line of each delegate; what hundreds share is told once."""
    read, line_of = reader
    values = [read(one) for one in delegates]
    known = {value: line_of(value) or UNKNOWN for value in set(values)}
    return [known[value] for value in values]


def _titles_told(one: DelegateFacts) -> tuple[str | None, tuple[str, ...]]:
    return one.person.honours, tuple(ground.text for ground in one.grounds)


def _itself(value: str | None) -> str | None:
    return value


def _lines(
    key: str, labels: Labels, told: Sequence[str], is_here: Sequence[bool]
) -> tuple[Line, ...]:
    convened, present = Counter(told), Counter(compress(told, is_here))
    # What the labels do not know (a field in words) keeps its own words, after the others.
    keys = [one for one in labels if convened[one] or key in _WHOLE]
    keys += sorted(convened.keys() - labels.keys() - {UNKNOWN})
    unknown = UNDECIDED_LABEL if key == "ruling" else UNKNOWN_LABEL
    words = {**{one: one for one in keys}, **labels, UNKNOWN: unknown}
    return tuple(
        Line(one, words[one], convened[one], present[one], tenths(convened[one], len(told)))
        for one in (*keys, UNKNOWN)
    )


def _answer(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def age_of(delegate: DelegateFacts, year: int) -> int | None:
    """The age by year; a birth year known alone is as good as a whole date."""
    return delegate.person.birth.age_in(year) if delegate.person.birth else None


def _ages(delegates: Sequence[DelegateFacts], year: int) -> Ages:
    dated = [(one.person.birth, one) for one in delegates if one.person.birth is not None]
    total = sum(birth.age_in(year) for birth, _ in dated)
    return Ages(
        year=year,
        known=len(dated),
        unknown=len(delegates) - len(dated),
        average_tenths=(20 * total + len(dated)) // (2 * len(dated)) if dated else None,
        youngest=_extreme(dated, year, max),
        oldest=_extreme(dated, year, min),
    )


def _extreme(
    dated: Sequence[tuple[PartialDate, DelegateFacts]],
    year: int,
    pick: Callable[[Iterable[Any]], Any],
) -> tuple[Somebody, ...]:
    """Everybody of the extreme year; of these the extreme day, when all days are known."""
    if not dated:
        return ()
    born = pick(birth.year for birth, _ in dated)
    same = [(birth, one) for birth, one in dated if birth.year == born]
    if all(birth.precision == "day" for birth, _ in same):
        day = pick(birth for birth, _ in same)
        same = [(birth, one) for birth, one in same if birth == day]
    return tuple(
        Somebody(one.person.full_name, one.unit, str(birth), birth.age_in(year))
        for birth, one in same
    )


def _ruled(delegates: Iterable[DelegateFacts], ruling: Ruling) -> tuple[Somebody, ...]:
    return tuple(
        Somebody(one.person.full_name, one.unit, one.reason or "")
        for one in delegates
        if one.ruling == ruling
    )
