"""Why nothing fits: a smallest set of rules that clash, and how far each would have to give.

The set is found by deletion: a rule without which it is still impossible is put aside. What
remains is minimal: any one of its rules relaxed far enough makes *this* clash go away. A
relaxation is only told when with it alone a plan exists; where several clashes stand side by
side no single one helps, and the fewest rules to drop together are told instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.selection.model import End, Model
from congress_app.programme.selection.problem import SHARES, Problem, plain
from congress_app.programme.selection.rules import Row, Rule, named

IMPOSSIBLE = N_("Không có phương án nào giữ được mọi quy tắc. Các quy tắc dưới đây trái nhau.")
DROPPED = N_("Bỏ quy tắc: {rule}")
RELAXED = N_("Nới thành: {rule}")

Left = Callable[[], float]


def explain(problem: Problem, rules: Sequence[Rule], left: Left) -> RuleViolation:
    """The error `infeasible`; details are mappings of kind `clash`, then `relaxation`.

    A clash has `rule`, `limit`, `message`; a relaxation `rule`, `limit`, `to` (None: the
    rule must go), `message`, and `together` True when it only helps with the others so
    marked.
    """
    clash = clashing(problem, rules, left)
    details: list[dict[str, object]] = [
        {"kind": "clash", "rule": rule.key, "limit": _figure(rule.limit), "message": rule.words}
        for rule in clash
    ]
    alone = [_relaxation(problem, rules, rule, left) for rule in clash]
    found = [each for each in alone if each is not None]
    if not found:
        found = [_told(rule, None) | {"together": True} for rule in fewest(problem, rules, left)]
    return RuleViolation("infeasible", Sentence(IMPOSSIBLE), [*details, *found])


def clashing(problem: Problem, rules: Sequence[Rule], left: Left) -> list[Rule]:
    """A smallest set of rules no plan keeps together, by deletion."""
    kept = list(rules)
    for rule in rules:
        without = [each for each in kept if each is not rule]
        if Model(problem, without, _nothing(problem)).solve(left()).end == End.IMPOSSIBLE:
            kept = without
    return kept


def fewest(problem: Problem, rules: Sequence[Rule], left: Left) -> list[Rule]:
    """The fewest rules that must be dropped so that a plan exists."""
    model = Model(problem, ())
    switches = [model.switch(rule.rows) for rule in rules]
    model.aim(dict.fromkeys(switches, -1.0))
    found = model.solve(left())
    if found.end not in (End.BEST, End.GOOD):
        return []
    return [rule for rule in rules if _broken(rule, found.plan)]


def _broken(rule: Rule, plan: frozenset[int]) -> bool:
    return any(
        sum(figure for place, figure in row.terms if place in plan) > row.limit for row in rule.rows
    )


def _relaxation(
    problem: Problem, rules: Sequence[Rule], rule: Rule, left: Left
) -> dict[str, object] | None:
    """The smallest change of this rule alone that lets a plan exist."""
    others = [each for each in rules if each is not rule]
    head, _, name = rule.key.partition(".")
    if head == "min_share":
        to = _highest_share(problem, others, name, left)
        return None if to is None else _told(rule, to)
    model = Model(problem, others, _nothing(problem))
    if rule.limit is None:
        return _told(rule, None) if model.solve(left()).end == End.BEST else None
    slack = model.loosen(rule.rows)
    model.aim({slack: -1.0})
    found = model.solve(left())
    if found.end != End.BEST:
        return None
    step = Fraction(-found.value, problem.minute_scale if head == "budget_minutes" else 1)
    return _told(rule, rule.limit - step if head == "min" else rule.limit + step)


def _highest_share(
    problem: Problem, others: Sequence[Rule], name: str, left: Left
) -> Fraction | None:
    """The highest share any plan of one speech or more reaches (Dinkelbach's method)."""
    attribute, value = SHARES[name]
    has = [offer.marks.get(attribute) == value for offer in problem.offers]
    share = Fraction(0)
    everyone = Row(tuple((place, -1) for place in range(len(has))), -1)
    while True:
        rewards = [share.denominator * flag - share.numerator for flag in has]
        model = Model(problem, others, rewards)
        model.add(everyone)
        found = model.solve(left())
        if found.end != End.BEST:
            return None
        if found.value <= 0:
            # Told with four decimals, rounded down: what is told can be kept.
            return Fraction(floor(share * 10_000), 10_000)
        share = Fraction(sum(has[place] for place in found.plan), len(found.plan))


def _told(rule: Rule, to: Fraction | None) -> dict[str, object]:
    message = (
        Sentence(DROPPED, rule=rule.words)
        if to is None
        else Sentence(RELAXED, rule=named(rule.key, to))
    )
    return {
        "kind": "relaxation",
        "rule": rule.key,
        "limit": _figure(rule.limit),
        "to": _figure(to),
        "message": message,
    }


def _figure(limit: Fraction | None) -> int | float | None:
    return None if limit is None else plain(limit)


def _nothing(problem: Problem) -> list[int]:
    return [0] * len(problem.offers)
