"""What the allocation pages load: the version asked for, the reader's part, the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import g

from congress_app.congresses.rulebook import Category
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.quota import claimant_queries, queries, wording
from congress_app.quota.annex import AnnexRow, annex_sheet
from congress_app.quota.explanation import shown_weight
from congress_app.quota.forms import ProposalForm, proposal_data
from congress_app.quota.kept import told
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.quota.options import (
    WEIGHT_SOURCES,
    LineRule,
    Options,
    options_from,
    shown_coefficient,
)
from congress_app.quota.picture import Point, picture
from congress_app.quota.release import HANDING_LABELS, Handing
from congress_app.quota.standing import exact, representation, standing_figures


def whole() -> bool:
    """True when the reader may see the congress as a whole, not only a unit below it."""
    inside: bool = any(g.congress.unit.path.startswith(prefix) for prefix in g.reach)
    return inside


def version_or_404(number: int) -> Allocation:
    """The version of this congress; of a part of it only versions in force are known."""
    found = queries.version(g.congress.id, number)
    if found is None or not (whole() or found.state in queries.IN_FORCE):
        raise NotFound
    return found


def line_or_404(allocation: Allocation, unit_id: int) -> AllocationLine:
    """The line of a unit in the version."""
    found = queries.line_of(allocation.id, unit_id)
    if found is None:
        raise NotFound
    return found


def visible_lines(allocation: Allocation) -> list[AllocationLine]:
    """All lines for who may see the whole, and for all once published; else one's own."""
    if whole() or allocation.state == "published":
        return list(allocation.lines)
    return [line for line in allocation.lines if _touches(line.unit.path)]


def _touches(path: str) -> bool:
    return any(path.startswith(prefix) or prefix.startswith(path) for prefix in g.reach)


def cap() -> int | None:
    """The cap of this congress."""
    limit: int | None = g.rules.cap.limit(g.congress.unit.code)
    return limit


def words() -> dict[str, Any]:
    """Labels and ways of reading stored figures for the templates of the chapter."""
    return {
        "methods": wording.METHODS,
        "heads": wording.METHOD_HEADS,
        "states": wording.STATES,
        "bindings": wording.BINDINGS,
        "sources": WEIGHT_SOURCES,
        "handings": {handing.value: text for handing, text in HANDING_LABELS.items()},
        "told": told,
        "weight": lambda text: shown_weight(exact(text)),
        "coefficient": shown_coefficient,
    }


def shown(allocation: Allocation) -> dict[str, Any]:
    """Everything the page of one version shows."""
    lines = visible_lines(allocation)
    options = options_from(allocation.options)
    standing = queries.standing_lines(allocation)
    adjusted = queries.adjustments(allocation.id)
    others = allocation.outcome.get("others") or {}
    is_open = allocation.state == "proposed"
    return {
        "allocation": allocation,
        "lines": lines,
        "options": options,
        "whole": whole(),
        "adjustments": adjusted,
        "pool_adjustments": queries.pool_adjustments(allocation.id),
        "versions": [v for v in queries.versions(g.congress.id) if _known(v)],
        "total": sum(line.seats for line in allocation.lines),
        "computed": sum(line.computed for line in allocation.lines),
        "others": others,
        "beside": [_beside(line, others) for line in lines],
        "standing": standing_figures(standing) if adjusted else None,
        "represented": representation(standing),
        "picture": picture(_points(lines)),
        "drift": claimant_queries.drift(g.congress, allocation, options) if is_open else [],
        "from_above": queries.seats_from_above(g.congress),
        "words": words(),
    }


def _beside(line: AllocationLine, others: Mapping[str, Mapping[str, int]]) -> list[int | None]:
    """What every other method gives the unit; None where it leaves the seat tied."""
    return [seats.get(line.unit.code) if seats else None for seats in others.values()]


def _known(version: Allocation) -> bool:
    return whole() or version.state in queries.IN_FORCE


def _points(lines: Sequence[AllocationLine]) -> list[Point]:
    return [
        Point(line.unit.name, line.facts["share"], line.seats, line.facts.get("binding"))
        for line in lines
        if line.facts.get("share") is not None
    ]


def proposal_form() -> ProposalForm:
    """The form, opened with the newest version's choices, one line for every unit."""
    g.electing_units = claimant_queries.electing_units(g.congress)
    codes = [unit.code for unit in g.electing_units]
    latest = queries.latest(g.congress.id)
    options = options_from(latest.options) if latest else Options()
    if options.released:
        # The lot of a hand-over was drawn for that one.
        options = replace(options, tie_seed=None, tie_order=())
    return ProposalForm(data=proposal_data(options, codes))


def proposal_page(form: ProposalForm) -> dict[str, Any]:
    """What stands around the proposal form: the cap, and where figures come from."""
    figures = claimant_queries.figures(g.congress, g.get("electing_units"))
    return {
        "cap": cap(),
        "guests_count": Category.GUEST in g.rules.cap.counted,
        "figures": figures,
        "names": {unit.code: unit.name for unit in figures.units},
        "weight_fields": [(source, form[f"weight_{source}"]) for source in WEIGHT_SOURCES],
        "own_rules": any(entry.form.rule() != LineRule() for entry in form.lines),
        "tied": g.get("tied", []),
        "words": words(),
    }


def release_page(allocation: Allocation) -> dict[str, Any]:
    """What stands around the release form."""
    return {
        "allocation": allocation,
        "by_code": {line.unit.code: line for line in allocation.lines},
        "tied": g.get("tied", []),
        "words": words(),
    }


def asking_for_a_draw(act: Callable[[], Any]) -> Callable[[], Any]:
    """Run the act; when a tie stays open, remember its units, so that the page can ask."""

    def run() -> Any:
        try:
            return act()
        except RuleViolation as refusal:
            if refusal.code == "tie_undecided":
                g.tied = [
                    code
                    for detail in refusal.details
                    if isinstance(detail, dict)
                    for code in detail["codes"]
                ]
            raise

    return run


def release_data(allocation: Allocation) -> dict[str, Any]:
    """What the release form opens with: nobody gives anything back yet."""
    lines = [{"code": line.unit.code, "freed": None} for line in allocation.lines]
    newest = queries.latest_number(allocation.congress_id)
    return {"lines": lines, "handing": Handing.CLUSTER_THEN_ALL.value, "version": newest}


def annex(allocation: Allocation) -> bytes:
    """The annex of the letter for this version, with how it was computed below the table."""
    options = options_from(allocation.options)
    mix = " + ".join(
        f"{shown_coefficient(coefficient)} × {WEIGHT_SOURCES[source]}"
        if coefficient != 1
        else WEIGHT_SOURCES[source]
        for source, coefficient in options.mix.items()
    )
    footer = [f"Cách chia: {wording.METHODS[allocation.method]}."]
    if options.pool is not None:
        footer.append(f"{options.pool.explain()}.")
    if allocation.approval_document:
        footer.append(f"Văn bản phê duyệt: {allocation.approval_document}.")
    rows = [
        AnnexRow(line.unit.code, line.unit.name, line.weight, line.computed, line.seats)
        for line in allocation.lines
    ]
    name, number = g.congress.name, allocation.number
    return annex_sheet(name, number, rows, weight_header=mix, footer=footer)
