"""Hand on seats that units gave back: a new proposal, in which nobody else loses one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota import queries
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.quota.options import Options, Released, options_from
from congress_app.quota.release import Handing, Release
from congress_app.quota.standing import (
    Standing,
    hand_on_from,
    release_facts,
    release_outcome,
)

NEWER = N_(
    "Từ lúc bạn mở trang đã có phương án {number} do {by} lập ({note}), nên chưa lập thêm phương "
    "án nào. Hãy xem phương án đó: có thể suất trả lại này đã được tính. Nếu vẫn cần thì bấm "
    "tính lần nữa."
)


@dataclass(frozen=True)
class GivenBack:
    """Seats given back by unit code, where they may go, why, and how ties end."""

    freed: Mapping[str, int]
    handing: Handing
    reason: str
    tie_seed: str | None = None
    tie_order: tuple[str, ...] = ()


def release(
    congress: Congress, allocation: Allocation, given: GivenBack, *, seen: int, actor: Actor
) -> Allocation:
    """A new proposal made from the version in force; that one binds until the new is approved.

    `seen` is the newest version of the congress when that was decided on: another one since
    may hand the same seats on, and whichever is approved last takes the other back. Raises
    Stale then, RuleViolation `nothing_freed`, `not_in_force`, and what `release.hand_on`
    raises.
    """
    with transaction() as session:
        session.execute(select(Congress.id).where(Congress.id == congress.id).with_for_update())
        session.refresh(allocation)
        _check(allocation, given)
        _must_be_newest(congress, seen)
        before = options_from(allocation.options)
        options = replace(before, tie_seed=given.tie_seed, tie_order=given.tie_order)
        lines = queries.standing_lines(allocation, queries.clusters(allocation))
        handed = hand_on_from(lines, options, given.freed, given.handing)
        options = replace(
            options,
            reserve=before.reserve + handed.reserve,
            note=given.reason,
            released=Released(
                allocation.number,
                dict(given.freed),
                given.handing.value,
                handed.reserve,
                given.reason,
            ),
        )
        made = _version(congress, allocation, options, lines, handed, actor)
        session.add(made)
        _tell(congress, allocation, made, given, actor)
        return made


def _check(allocation: Allocation, given: GivenBack) -> None:
    if allocation.state not in queries.IN_FORCE:
        raise RuleViolation(
            "not_in_force",
            Sentence(N_("Chỉ phân bổ lại suất từ phương án đang có hiệu lực.")),
        )
    if not any(given.freed.values()):
        raise RuleViolation(
            "nothing_freed",
            Sentence(N_("Chưa có đơn vị nào trả lại suất. Hãy nhập số suất trả lại.")),
        )


def _must_be_newest(congress: Congress, seen: int) -> None:
    newest = queries.latest(congress.id)
    if newest is not None and newest.number != seen:
        told = Sentence(
            NEWER, number=number(newest.number), by=newest.created_by, note=newest.note or "–"
        )
        raise Stale(version=newest.number, sentence=told)


def _version(
    congress: Congress,
    before: Allocation,
    options: Options,
    lines: Sequence[Standing],
    handed: Release,
    actor: Actor,
) -> Allocation:
    freed = options.released.freed if options.released else {}
    facts = {line.code: release_facts(line, handed, freed) for line in lines}
    return Allocation(
        congress_id=congress.id,
        number=queries.latest_number(congress.id) + 1,
        state="proposed",
        method=before.method,
        seats=sum(handed.seats.values()),
        options=options.as_json(),
        outcome=release_outcome(lines, handed, options),
        input_hash=before.input_hash,
        note=options.note,
        created_at=clock.now(),
        created_by=actor.display_name,
        lines=[
            AllocationLine(
                unit_id=line.unit_id,
                position=line.position,
                weight=line.weight,
                base=line.base,
                floor=line.floor,
                ceiling=line.ceiling,
                lock=line.lock,
                computed=handed.seats[line.unit.code],
                seats=handed.seats[line.unit.code],
                facts=line.facts | facts[line.unit.code],
            )
            for line in before.lines
        ],
    )


def _tell(
    congress: Congress, before: Allocation, made: Allocation, given: GivenBack, actor: Actor
) -> None:
    facts: dict[str, Any] = {
        "number": made.number,
        "from_version": before.number,
        "freed": dict(given.freed),
        "reason": given.reason,
    }
    name = f"{congress.name} – {made.number}"
    record("quota.release", made, facts, actor=actor, unit_path=congress.unit.path, name=name)
    pulse(congress.id)
