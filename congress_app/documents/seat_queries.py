"""The seating as papers show it."""

from __future__ import annotations

from congress_app.documents.facts import SeatGroupRow, SeatRow
from congress_app.seating import queries
from congress_app.seating.blocks import BLOCK_LABELS
from congress_app.seating.plan import HallPlan, PlanSeat, Sitter


def seating_of(congress_id: int) -> tuple[tuple[SeatGroupRow, ...], tuple[SeatRow, ...]]:
    """Groups with their seats, and everybody by row; who left is in neither."""
    plans = queries.plans(congress_id)
    groups = tuple(
        SeatGroupRow(plan.name, one.group or one.block, one.people, one.seats)
        for plan in plans
        for one in plan.by_group()
    )
    seats = tuple(
        _row(plan, seat, seat.sitter)
        for plan in plans
        for seat in plan.seats
        if seat.sitter is not None and not seat.sitter.has_left
    )
    return groups, seats


def _row(plan: HallPlan, seat: PlanSeat, sitter: Sitter) -> SeatRow:
    group = sitter.group or BLOCK_LABELS[sitter.block]
    return SeatRow(plan.name, seat.label, sitter.name, sitter.unit, group)
