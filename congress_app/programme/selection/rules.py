"""The rules of a problem as whole-number inequalities, each with its key and its words.

A rule is kept when every one of its rows is: the sum of the coefficients of the chosen
speeches is at most the limit. Keys: `budget_minutes`, `max_per_unit`, `min_share.women`,
`min.field.VH`, `max.field.VH`, `locked_in.ID`, `locked_out.ID`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.selection.problem import SHARES, Problem, plain

SHARE_NAMES = {
    "women": N_("Tỷ lệ nữ ít nhất {limit} %"),
    "individual": N_("Tỷ lệ tham luận của cá nhân ít nhất {limit} %"),
}
ATTRIBUTE_NAMES = {
    "field": N_("lĩnh vực"),
    "level": N_("cấp"),
    "region": N_("vùng miền"),
    "topic": N_("chủ đề"),
    "unit": N_("đơn vị"),
    "kind": N_("loại (tập thể, cá nhân)"),
    "sex": N_("giới tính"),
}


@dataclass(frozen=True)
class Row:
    """Sum of coefficient times choice over `terms` (place, coefficient), at most `limit`."""

    terms: tuple[tuple[int, int], ...]
    limit: int


@dataclass(frozen=True)
class Rule:
    """One rule as people name it. `limit` is its own figure, None for a lock."""

    key: str
    limit: Fraction | None
    rows: tuple[Row, ...]

    @property
    def words(self) -> Sentence:
        """The rule with its limit."""
        return named(self.key, self.limit)


def named(key: str, limit: Fraction | None, titles: Mapping[str, str] | None = None) -> Sentence:
    """The words of a rule at any limit; `titles` tells what people call ids and values."""
    names = titles or {}
    shown = None if limit is None else plain(limit)
    head, _, rest = key.partition(".")
    if head == "budget_minutes":
        return Sentence(N_("Nhiều nhất {limit} phút"), limit=shown)
    if head == "max_per_unit":
        return Sentence(N_("Mỗi đơn vị nhiều nhất {limit} tham luận"), limit=shown)
    if head == "min_share":
        percent = plain((limit or Fraction(0)) * 100)
        return Sentence(SHARE_NAMES[rest], limit=percent)
    if head == "locked_in":
        return Sentence(N_("Bắt buộc chọn tham luận {id}"), id=names.get(rest, rest))
    if head == "locked_out":
        return Sentence(N_("Không được chọn tham luận {id}"), id=names.get(rest, rest))
    attribute, _, value = rest.partition(".")
    template = (
        N_("Ít nhất {limit} tham luận có {attribute} “{value}”")
        if head == "min"
        else N_("Nhiều nhất {limit} tham luận có {attribute} “{value}”")
    )
    return Sentence(
        template,
        limit=shown,
        attribute=Sentence(ATTRIBUTE_NAMES[attribute]),
        value=names.get(value, value),
    )


def rules_of(problem: Problem) -> list[Rule]:
    """All rules of a problem, in a fixed order."""
    return [*_budget(problem), *_units(problem), *_shares(problem), *_counts(problem),
            *_locks(problem)]  # fmt: skip


def _budget(problem: Problem) -> Iterator[Rule]:
    scale = problem.minute_scale
    # n speeches have n - 1 changeovers: one is added to the budget instead.
    terms = tuple(
        (place, int((offer.minutes + problem.changeover) * scale))
        for place, offer in enumerate(problem.offers)
    )
    limit = int((problem.budget + problem.changeover) * scale)
    yield Rule("budget_minutes", problem.budget, (Row(terms, limit),))


def _units(problem: Problem) -> Iterator[Rule]:
    limit = problem.max_per_unit
    if limit is not None:
        rows = tuple(Row(_ones(places), limit) for places in problem.members("unit").values())
        yield Rule("max_per_unit", Fraction(limit), rows)


def _shares(problem: Problem) -> Iterator[Rule]:
    for name, share in sorted(problem.shares.items()):
        attribute, value = SHARES[name]
        top, whole = share.numerator, share.denominator
        terms = tuple(
            (place, top - whole * (offer.marks.get(attribute) == value))
            for place, offer in enumerate(problem.offers)
        )
        if share:
            yield Rule(f"min_share.{name}", share, (Row(terms, 0),))


def _counts(problem: Problem) -> Iterator[Rule]:
    for head, sign, table in (("min", -1, problem.least), ("max", 1, problem.most)):
        for attribute in sorted(table):
            members = problem.members(attribute)
            for value, limit in sorted(table[attribute].items()):
                terms = tuple((place, sign) for place in members.get(value, ()))
                row = Row(terms, sign * limit)
                yield Rule(f"{head}.{attribute}.{value}", Fraction(limit), (row,))


def _locks(problem: Problem) -> Iterator[Rule]:
    for place, offer in enumerate(problem.offers):
        if offer.id in problem.locked_in:
            yield Rule(f"locked_in.{offer.id}", None, (Row(((place, -1),), -1),))
        if offer.id in problem.locked_out:
            yield Rule(f"locked_out.{offer.id}", None, (Row(((place, 1),), 0),))


def _ones(places: Iterable[int]) -> tuple[tuple[int, int], ...]:
    return tuple((place, 1) for place in places)
