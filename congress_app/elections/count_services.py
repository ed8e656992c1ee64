"""Two tellers fill in their sheets apart; when both agree the round is closed and decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from congress_app.database import transaction
from congress_app.elections import queries, record, round_queries, round_refusals, tally
from congress_app.elections.agreement import agreement
from congress_app.elections.conduct import HANDED_OVER, RoundOutcome, RoundState
from congress_app.elections.count import Count, Outcome, Result, TieRule
from congress_app.elections.models import CountSheet, Round, TieDecision
from congress_app.elections.sheet import (
    Cells,
    Vote,
    cells,
    count_of,
    differences,
    teller_key,
)
from congress_app.elections.taking_services import taken_round, tell, touch
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

_OUTCOMES = {
    Result.COMPLETE: RoundOutcome.RESULT,
    Result.TIE: RoundOutcome.TIE,
    Result.SHORTFALL: RoundOutcome.SHORTFALL,
}


def save_sheet(round_: Round, filled: Cells, *, version: int, actor: Actor) -> CountSheet:
    """Save the actor's own sheet; `version` is the one it was opened at, 0 for a new one.

    What cannot be true is saved and told, and stops the closing. Cells that the round does
    not have are left out. Raises Conflict `round_moved_on`, `sheets_taken`, Stale (details:
    cell, stored, typed).
    """
    with transaction() as session:
        row = taken_round(round_, RoundState.COUNTING)
        vote = round_queries.vote_of(row)
        known = {cell.key for cell in cells(vote)}
        kept = {key: value for key, value in filled.items() if key in known}
        sheets = queries.sheets_of(row.id)
        sheet = next((one for one in sheets if one.teller_key == teller_key(actor)), None)
        if sheet is None and version:
            raise round_refusals.sheet_given_away()
        if sheet is None:
            sheet = _new_sheet(row, actor)
            session.add(sheet)
        elif sheet.version != version:
            raise Stale(_changed_cells(vote, sheet.cells, kept), sheet.version)
        before = dict(sheet.cells)
        sheet.cells, sheet.saved_at = kept, clock.now()
        session.flush()
        changes = {"slot": sheet.slot, "cells": _moved(before, kept)}
        tell(row.election, "election.count", changes, actor=actor, subject=row)
        return sheet


def _new_sheet(round_: Round, actor: Actor) -> CountSheet:
    held = queries.sheets_of(round_.id)
    free = [
        slot
        for slot in range(1, round_queries.sheets_needed(round_) + 1)
        if slot not in {one.slot for one in held}
    ]
    if not free:
        raise round_refusals.sheets_taken([one.teller for one in held])
    return CountSheet(
        round_id=round_.id,
        slot=free[0],
        teller_key=teller_key(actor),
        teller=actor.display_name,
        cells={},
    )


def _changed_cells(vote: Vote, stored: Cells, typed: Cells) -> list[dict[str, object]]:
    return [
        {"cell": one.cell.label, "stored": one.first, "typed": one.second}
        for one in differences(vote, stored, typed)
    ]


def _moved(before: Cells, after: Cells) -> dict[str, object]:
    """The cells that changed, as "before → after"."""
    return {
        key: f"{before.get(key, '–')} → {after.get(key, '–')}"
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    }


def hand_over(
    round_: Round, sheet_id: int, reason: str, *, holder: str, version: int, actor: Actor
) -> None:
    """Free a sheet for another teller: what stood on it goes into the log, and begins anew.

    `version` is the sheet's, `holder` whose it was when looked at (`teller_key`): the next
    teller's sheet may have the same numbers. Raises NotFound when it is none of the round's,
    Conflict `round_moved_on`, Stale.
    """
    with transaction() as session:
        row = taken_round(round_, RoundState.COUNTING)
        held = next((one for one in queries.sheets_of(row.id) if one.id == sheet_id), None)
        if held is None:
            raise NotFound
        if (held.teller_key, held.version) != (holder, version):
            raise Stale((), held.version, round_refusals.round_changed())
        changes = {
            "slot": held.slot,
            "name": held.teller,
            "cells": _moved(held.cells, {}),
            "reason": reason,
        }
        session.delete(held)
        session.flush()
        tell(row.election, HANDED_OVER, changes, actor=actor, subject=row)


def close(round_: Round, *, actor: Actor) -> Round:
    """Close the round on figures both tellers agree on, and let the tally decide.

    Who counted, and how often each sheet was saved until both agreed, stays with the figures.
    Raises Conflict `round_moved_on`, RuleViolation `sheets_incomplete`, `figures_impossible`
    (details: whose sheet), `sheets_differ` (which cells).
    """
    with transaction() as session:
        row = taken_round(round_, RoundState.COUNTING)
        vote = round_queries.vote_of(row)
        sheets = _agreed(row, vote)
        filled = sheets[0].cells
        count = count_of(vote, filled)
        outcome = tally.decide(count)
        row.figures = record.to_json(count) | {
            "cells": dict(filled),
            "counted_by": [{"teller": one.teller, "saves": one.saves} for one in sheets],
            "handed_over": queries.sheets_handed_over(row.id),
        }
        row.result = record.result_of(outcome)
        row.state, row.outcome = RoundState.CLOSED.value, _OUTCOMES[outcome.state].value
        row.closed_at, row.closed_by = clock.now(), actor.display_name
        if aged := _by_age(count, outcome):
            session.add(_age_decision(row, aged, actor))
        touch(row.election)
        changes = {
            "outcome": row.outcome,
            "threshold": outcome.threshold,
            "elected": [str(one.label) for one in outcome.ranking if one.elected],
            "vacant": outcome.vacant,
        }
        tell(row.election, "election.close_round", changes, actor=actor, subject=row)
        return row


def _agreed(round_: Round, vote: Vote) -> Sequence[CountSheet]:
    """The sheets, when they agree. A refusal names tellers and cells, never a figure."""
    sheets = queries.sheets_of(round_.id)
    needed = round_queries.sheets_needed(round_)
    found = agreement(vote, [one.cells for one in sheets], needed)
    waiting = [
        Sentence(
            N_("Phiếu kiểm của {teller}: còn {count} ô trống."),
            teller=one.teller,
            count=number(progress.missing),
        )
        for one, progress in zip(sheets, found.sheets, strict=True)
        if progress.missing
    ]
    if len(sheets) < needed:
        waiting.append(
            Sentence(N_("Còn thiếu {count} phiếu kiểm."), count=number(needed - len(sheets)))
        )
    if waiting:
        raise round_refusals.sheets_incomplete(waiting)
    pairs = zip(sheets, found.sheets, strict=True)
    if wrong := [one.teller for one, progress in pairs if progress.contradicts_itself]:
        raise round_refusals.figures_impossible(wrong)
    if found.differing:
        raise round_refusals.sheets_differ([cell.label for cell in found.differing])
    return sheets


def _by_age(count: Count, outcome: Outcome) -> list[int]:
    """Who got a seat by age alone: elected, and tied had the rule been another one."""
    if count.tie_rule is not TieRule.OLDER:
        return []
    votes_alone = tally.decide(replace(count, tie_rule=TieRule.REVOTE))
    tied = votes_alone.tied.codes if votes_alone.tied else ()
    return [int(code) for code in outcome.elected if code in tied]


def _age_decision(round_: Round, chosen: list[int], actor: Actor) -> TieDecision:
    return TieDecision(
        round_id=round_.id,
        by_rule="older",
        chosen=chosen,
        reason=N_("Theo quy tắc đã chốt: bằng phiếu thì người nhiều tuổi hơn trúng cử."),
        at=clock.now(),
        by=actor.display_name,
    )
