"""Propose an allocation, adjust it by hand with a reason, approve it, publish it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from congress_app.audit.services import record
from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Level
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota import claimant_queries, exceeding_queries, queries
from congress_app.quota.answer import written_weight
from congress_app.quota.apportionment import Apportionment, apportion
from congress_app.quota.claimant_queries import Figures
from congress_app.quota.exceeding import NOBODY, all_known
from congress_app.quota.models import Allocation, AllocationLine, LineAdjustment, PoolAdjustment
from congress_app.quota.options import Options, options_from
from congress_app.quota.outcome import facts_of, outcome_of
from congress_app.quota.proposal import problem_of, words_for
from congress_app.quota.standing import sum_difference
from congress_app.units import queries as unit_queries


def propose(congress: Congress, options: Options, *, actor: Actor) -> Allocation:
    """Compute a new version; nothing that stands before it changes.

    Raises what the engine raises (`floors_over_total`, `tie_undecided` …) and RuleViolation
    `no_units` where nobody below elects.
    """
    with transaction() as session:
        _lock(session, congress)
        figures = claimant_queries.figures(congress)
        if not figures.units:
            raise RuleViolation(
                "no_units",
                Sentence(N_("Dưới đơn vị này không có đơn vị nào để phân bổ.")),
            )
        result = apportion(problem_of(options, claimant_queries.claimants(figures, options)))
        outcome = outcome_of(result, options, weight_cap=_weight_cap(congress, options))
        outcome["silent"] = sum(figures.silent.values())
        outcome["unknown"] = sum(figures.unknown.values())
        wanted = options.pool.seats if options.pool else options.seats
        allocation = Allocation(
            congress_id=congress.id,
            number=queries.latest_number(congress.id) + 1,
            state="proposed",
            method=options.method,
            # Base + step may miss the pool: then the difference has to be settled by hand.
            seats=result.seats if wanted is None else wanted,
            options=options.as_json(),
            outcome=outcome,
            input_hash=result.problem.fingerprint(),
            note=options.note,
            created_at=clock.now(),
            created_by=actor.display_name,
            lines=_lines(result, figures, options),
        )
        session.add(allocation)
        facts = {"method": options.method, "seats": allocation.seats}
        _remember("quota.propose", congress, allocation, facts, actor)
        return allocation


def _weight_cap(congress: Congress, options: Options) -> int | None:
    if list(options.mix) != ["upper_attendance"]:
        return None
    return congress_queries.rulebook_of(congress).level(Level.UPPER_BASE).cap.default


def _lines(result: Apportionment, figures: Figures, options: Options) -> list[AllocationLine]:
    facts = facts_of(result, words_for(options))
    ids = {unit.code: unit.id for unit in figures.units}
    clusters = unit_queries.cluster_names(list(ids.values()))
    return [
        AllocationLine(
            unit_id=ids[line.code],
            position=place,
            weight=str(written_weight(line.unit)),
            base=line.unit.fixed,
            floor=result.problem.low(line.unit),
            ceiling=result.problem.high(line.unit),
            lock=line.unit.lock,
            computed=line.seats,
            seats=line.seats,
            facts=facts[line.code]
            | {
                "values": {key: figures.values[key].get(line.code, 0) for key in options.mix},
                "cluster": clusters.get(ids[line.code]),
            },
        )
        for place, line in enumerate(result.lines)
    ]


def adjust(
    congress: Congress, line: AllocationLine, seats: int, reason: str, version: int, *, actor: Actor
) -> None:
    """Change the seats of one line of a proposed version; the computed figure stays beside it.

    Raises Conflict `version_frozen` once the version is approved, Stale when somebody
    changed it meanwhile.
    """
    with transaction() as session:
        standing = Sentence(
            N_("Đang lưu cho {unit}: {seats} suất."),
            unit=line.unit.name,
            seats=number(line.seats),
        )
        allocation = _taken(session, line.allocation_id, version, standing)
        _check_open(allocation)
        session.add(
            LineAdjustment(
                line_id=line.id,
                before=line.seats,
                after=seats,
                reason=reason,
                at=clock.now(),
                by=actor.display_name,
            )
        )
        facts = {"unit": line.unit.code, "seats": [line.seats, seats], "reason": reason}
        line.seats = seats
        _touch(session, allocation)
        _remember("quota.adjust", congress, allocation, facts, actor)


def change_pool(
    congress: Congress,
    allocation: Allocation,
    seats: int,
    reason: str,
    version: int,
    *,
    actor: Actor,
) -> None:
    """Change the number of seats of a proposed version, with the reason.

    Where a cap holds, seats may be taken from the reserve and no further: RuleViolation
    `pool_over_cap`. Raises Conflict `version_frozen` and Stale as `adjust` does.
    """
    with transaction() as session:
        standing = Sentence(N_("Đang lưu: {seats} suất."), seats=number(allocation.seats))
        allocation = _taken(session, allocation.id, version, standing)
        _check_open(allocation)
        options = options_from(allocation.options)
        if options.pool is not None and seats > options.pool.seats + options.reserve:
            raise RuleViolation("pool_over_cap", _over_cap(options))
        session.add(
            PoolAdjustment(
                allocation_id=allocation.id,
                before=allocation.seats,
                after=seats,
                reason=reason,
                at=clock.now(),
                by=actor.display_name,
            )
        )
        facts = {"seats": [allocation.seats, seats], "reason": reason}
        allocation.seats = seats
        _touch(session, allocation)
        _remember("quota.change_pool", congress, allocation, facts, actor)


def approve(
    congress: Congress,
    allocation: Allocation,
    document: str,
    version: int,
    *,
    actor: Actor,
    known: Mapping[int, int] = NOBODY,
) -> None:
    """Freeze a version and let it bind; the one in force before is superseded.

    `known`: of which units (by id) it is known that they hold so many elected delegates,
    more than the version gives them; they keep their places. Raises RuleViolation
    `sum_differs` while the lines do not add up to the seats, `elected_over_seats` for a unit
    that is not known, Conflict `version_frozen` for one that is no proposal any more, Stale
    when it was changed.
    """
    with transaction() as session:
        _lock(session, congress)
        allocation = _taken(session, allocation.id, version)
        _check_open(allocation)
        total = sum(line.seats for line in allocation.lines)
        if total != allocation.seats:
            raise RuleViolation("sum_differs", sum_difference(total, allocation.seats))
        exceeded = all_known(exceeding_queries.exceeding(allocation), known)
        before = queries.allocation_in_force(congress.id)
        if before is not None:
            before.state = "superseded"
            session.flush()
        allocation.state = "approved"
        allocation.approved_at = clock.now()
        allocation.approved_by = actor.display_name
        allocation.approval_document = document
        facts = {"document": document, "replaces": before and before.number, **exceeded}
        _remember("quota.approve", congress, allocation, facts, actor)


def publish(
    congress: Congress,
    allocation: Allocation,
    *,
    actor: Actor,
    known: Mapping[int, int] = NOBODY,
) -> None:
    """Tell an approved version to everybody below; it goes on binding.

    `known` as in `approve`. Raises RuleViolation `not_approved`, `elected_over_seats`.
    """
    with transaction() as session:
        _lock(session, congress)
        session.refresh(allocation)
        if allocation.state != "approved":
            raise RuleViolation(
                "not_approved",
                Sentence(N_("Chỉ công bố được phương án đã phê duyệt và chưa công bố.")),
            )
        exceeded = all_known(exceeding_queries.exceeding(allocation), known)
        allocation.state = "published"
        allocation.published_at = clock.now()
        _remember("quota.publish", congress, allocation, exceeded, actor)


def _lock(session: Session, congress: Congress) -> None:
    """Versions of one congress are made and approved one after another."""
    session.execute(select(Congress.id).where(Congress.id == congress.id).with_for_update())


def _taken(session: Session, key: int, version: int, *standing: Sentence) -> Allocation:
    """The row as it stands now; Stale, with what stands, unless it is still at `version`."""
    wanted = select(Allocation).where(Allocation.id == key).with_for_update()
    row = session.scalars(wanted.execution_options(populate_existing=True)).one()
    if row.version != version:
        raise Stale(standing, row.version)
    return row


def _check_open(allocation: Allocation) -> None:
    if allocation.state != "proposed":
        raise Conflict(
            "version_frozen",
            Sentence(
                N_("Phương án này đã được phê duyệt nên không sửa được. Hãy lập phương án mới.")
            ),
        )


def _touch(session: Session, allocation: Allocation) -> None:
    # The version of the allocation moves with its lines, so that two people adjusting two
    # lines at once see each other's sum.
    allocation.version += 1
    session.flush()


def _over_cap(options: Options) -> Sentence:
    pool = options.pool
    most = (pool.seats if pool else 0) + options.reserve
    return Sentence(
        N_(
            "Tối đa {cap} đại biểu, trừ các thành phần không qua bầu, chỉ còn {most} suất kể cả "
            "dự phòng. Hãy nhập số không quá {most}."
        ),
        cap=number(options.cap or 0),
        most=number(most),
    )


def _remember(
    action: str,
    congress: Congress,
    allocation: Allocation,
    facts: Mapping[str, Any],
    actor: Actor,
) -> None:
    record(
        action,
        allocation,
        {"number": allocation.number} | dict(facts),
        actor=actor,
        unit_path=congress.unit.path,
        name=f"{congress.name} – {allocation.number}",
    )
    pulse(congress.id)
