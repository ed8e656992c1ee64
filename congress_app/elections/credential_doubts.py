"""What the data say against a delegate's credentials: suggestions, never a decision.

The committee looks at these first. Whoever was elected below may be refused only for a
reason of his own, so a doubt is nothing more than a question put to the committee.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations

from congress_app.congresses.rulebook import CATEGORY_LABELS, Category, SubCategory
from congress_app.delegates.credentials import ground_warnings
from congress_app.delegates.duplicates import (
    LIKENESS_LABELS,
    compare_namesakes,
    stored_name_key,
)
from congress_app.elections.credential_classes import DelegateFacts
from congress_app.kernel.sentences import N_, Sentence


class Ruling(StrEnum):
    """What the committee finds about a delegate."""

    VALID = "valid"
    NOT_QUALIFIED = "not_qualified"
    PENDING = "pending"


class Doubt(StrEnum):
    """Kinds of what the data say against somebody."""

    NO_GROUND = "no_ground"
    AWARD_YEAR = "award_year"
    OTHER_CATEGORY = "other_category"
    NO_DELEGATION = "no_delegation"
    EXCEPTED = "excepted"
    ALIKE = "alike"
    IDENTITY = "identity"


UNDECIDED = "undecided"
RULING_LABELS: dict[str, str] = {
    Ruling.VALID: N_("Đủ tư cách"),
    Ruling.NOT_QUALIFIED: N_("Không đủ tư cách"),
    Ruling.PENDING: N_("Còn xem xét"),
}
RULING_LOOK: dict[str, tuple[str, str]] = {
    Ruling.VALID: ("success", "check"),
    Ruling.NOT_QUALIFIED: ("danger", "cross"),
    Ruling.PENDING: ("warning", "clock"),
    UNDECIDED: ("neutral", "info"),
}
UNDECIDED_LABEL = N_("Chưa kết luận")
NEEDS_REASON = frozenset({Ruling.NOT_QUALIFIED, Ruling.PENDING})


@dataclass(frozen=True, slots=True)
class Point:
    """One doubt about one delegate."""

    doubt: Doubt
    sentence: Sentence


IDENTITY_CHANGED = N_("Nhân thân hoặc thành phần đã được sửa sau khi kết luận; cần kết luận lại.")


def is_overtaken(ruled_at: datetime, changed_at: datetime | None) -> bool:
    """Was it changed who the delegate is after the committee ruled?"""
    return changed_at is not None and changed_at >= ruled_at


def still(ruling: str | None) -> str | None:
    """What is left of a ruling that was overtaken: nobody is found valid unseen, and who was
    not qualified does not become a voter by it."""
    return Ruling.PENDING.value if ruling == Ruling.VALID else ruling


def after_change(one: DelegateFacts, ruled_at: datetime, changed_at: datetime) -> DelegateFacts:
    """The delegate whose identity was changed at an instant, as the ruling now stands."""
    if not is_overtaken(ruled_at, changed_at):
        return one
    reason = one.reason or IDENTITY_CHANGED
    return one._replace(ruling=still(one.ruling), reason=reason, identity_changed=True)


def doubts(
    delegates: Sequence[DelegateFacts],
    lines: Sequence[SubCategory],
    award_years: tuple[int, int],
) -> dict[int, list[Point]]:
    """The doubts about each delegate by number (`delegate_id`); only those who have any."""
    found: dict[int, list[Point]] = {}
    by_code = {line.code: line for line in lines}
    by_title = [line for line in lines if line.award]
    for one in delegates:
        points = list(_own(one, by_code))
        points += [
            Point(Doubt.AWARD_YEAR, warning)
            for warning in ground_warnings(one.grounds, by_title, award_years)
        ]
        if points:
            found[one.delegate_id] = points
    for one, other, point in _namesakes(delegates):
        found.setdefault(one.delegate_id, []).append(point(other))
        found.setdefault(other.delegate_id, []).append(point(one))
    return found


def _own(one: DelegateFacts, by_code: Mapping[str, SubCategory]) -> Iterator[Point]:
    if one.identity_changed:
        yield Point(Doubt.IDENTITY, Sentence(IDENTITY_CHANGED))
    if not one.grounds:
        yield Point(Doubt.NO_GROUND, Sentence(N_("Chưa ghi căn cứ tham dự.")))
    for ground in one.grounds:
        line = by_code.get(ground.code or "")
        if line is not None and line.category != one.category:
            yield Point(
                Doubt.OTHER_CATEGORY,
                Sentence(
                    N_("Căn cứ “{ground}” thuộc thành phần {other}, nhưng ghi danh là {category}."),
                    ground=Sentence(line.title),
                    other=Sentence(CATEGORY_LABELS[line.category]),
                    category=Sentence(CATEGORY_LABELS[one.category]),
                ),
            )
    if one.category == Category.ELECTED and one.delegation is None:
        yield Point(
            Doubt.NO_DELEGATION,
            Sentence(N_("Là đại biểu bầu nhưng không thuộc đoàn nào được phân bổ chỉ tiêu.")),
        )
    if one.exception_document:
        yield Point(
            Doubt.EXCEPTED,
            Sentence(
                N_("Ghi danh vượt số lượng theo ngoại lệ {document}."),
                document=one.exception_document,
            ),
        )


class _Alike:
    """Makes the point about one of two delegates who may be one person."""

    def __init__(self, likeness: str) -> None:
        self._likeness = likeness

    def __call__(self, other: DelegateFacts) -> Point:
        who = other.person.full_name
        sentence = Sentence(
            N_("Có thể là một người với {who}: {likeness}."),
            who=f"{who}, số {other.number}" if other.number else who,
            likeness=Sentence(LIKENESS_LABELS[self._likeness]),
        )
        return Point(Doubt.ALIKE, sentence)


def _namesakes(
    delegates: Sequence[DelegateFacts],
) -> Iterator[tuple[DelegateFacts, DelegateFacts, _Alike]]:
    by_name: dict[str, list[DelegateFacts]] = {}
    for one in delegates:
        key = stored_name_key(one.person.full_name, one.search_key)
        by_name.setdefault(key, []).append(one)
    for alike in by_name.values():
        for one, other in combinations(alike, 2):
            likeness = compare_namesakes(one.person, other.person)
            if likeness is not None:
                yield one, other, _Alike(likeness)
