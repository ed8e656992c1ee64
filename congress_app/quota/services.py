"""Propose an allocation, adjust it by hand with a reason, approve it, publish it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota import queries
from congress_app.quota.answer import written_weight
from congress_app.quota.apportionment import Apportionment, apportion
from congress_app.quota.models import Allocation, AllocationLine, LineAdjustment
from congress_app.quota.proposal import Options, facts_of, outcome_of, problem_of, words_for
from congress_app.units.models import Unit


def propose(congress: Congress, options: Options, *, actor: Actor) -> Allocation:
    """Compute a new version; nothing that stands before it changes.

    Raises what the engine raises (`floors_over_total`, `tie_undecided` …) and RuleViolation
    `no_units` where nobody below elects.
    """
    with transaction() as session:
        session.execute(select(Congress.id).where(Congress.id == congress.id).with_for_update())
        claimants = queries.claimants(congress, options.source)
        if not claimants:
            raise RuleViolation(
                "no_units",
                Sentence(N_("Dưới đơn vị này không có đơn vị nào để phân bổ.")),
            )
        result = apportion(problem_of(options, claimants))
        allocation = Allocation(
            congress_id=congress.id,
            number=queries.latest_number(congress.id) + 1,
            state="proposed",
            method=options.method,
            seats=result.seats,
            options=options.as_json(),
            outcome=outcome_of(result, options),
            input_hash=result.problem.fingerprint(),
            note=options.note,
            created_at=clock.now(),
            created_by=actor.display_name,
            lines=_lines(result, queries.electing_units(congress), options),
        )
        session.add(allocation)
        record(
            "quota.propose",
            allocation,
            {"number": allocation.number, "method": options.method, "seats": result.seats},
            actor=actor,
            unit_path=congress.unit.path,
        )
        pulse(congress.id)
        return allocation


def _lines(result: Apportionment, units: Sequence[Unit], options: Options) -> list[AllocationLine]:
    facts = facts_of(result, words_for(options.source))
    ids = {unit.code: unit.id for unit in units}
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
            facts=facts[line.code],
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
        allocation = _locked(line.allocation, version)
        if allocation.state != "proposed":
            raise _frozen()
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
        record(
            "quota.adjust",
            line,
            {"unit": line.unit.code, "seats": [line.seats, seats], "reason": reason},
            actor=actor,
            unit_path=congress.unit.path,
        )
        line.seats = seats
        # The version of the allocation moves with its lines, so that two people adjusting
        # two lines at once see each other's sum.
        flag_modified(allocation, "outcome")
        pulse(congress.id)


def approve(
    congress: Congress, allocation: Allocation, document: str, version: int, *, actor: Actor
) -> None:
    """Freeze a version and let it bind; the one in force before is superseded.

    Raises RuleViolation `sum_differs` while the lines do not add up to the seats.
    """
    with transaction() as session:
        session.execute(select(Congress.id).where(Congress.id == congress.id).with_for_update())
        allocation = _locked(allocation, version)
        if allocation.state != "proposed":
            raise _frozen()
        total = sum(line.seats for line in allocation.lines)
        if total != allocation.seats:
            raise RuleViolation("sum_differs", _difference(total, allocation.seats))
        before = queries.allocation_in_force(congress.id)
        if before is not None:
            before.state = "superseded"
            session.flush()
        allocation.state = "approved"
        allocation.approved_at = clock.now()
        allocation.approved_by = actor.display_name
        allocation.approval_document = document
        record(
            "quota.approve",
            allocation,
            {
                "number": allocation.number,
                "document": document,
                "replaces": before and before.number,
            },
            actor=actor,
            unit_path=congress.unit.path,
        )
        pulse(congress.id)


def publish(congress: Congress, allocation: Allocation, *, actor: Actor) -> None:
    """Tell an approved version to everybody below; it goes on binding."""
    with transaction():
        if allocation.state != "approved":
            raise RuleViolation(
                "not_approved",
                Sentence(N_("Chỉ công bố được phương án đã phê duyệt và chưa công bố.")),
            )
        allocation.state = "published"
        allocation.published_at = clock.now()
        record(
            "quota.publish",
            allocation,
            {"number": allocation.number},
            actor=actor,
            unit_path=congress.unit.path,
        )
        pulse(congress.id)


def _locked(allocation: Allocation, version: int) -> Allocation:
    if allocation.version != version:
        raise Stale(version=allocation.version)
    return allocation


def _frozen() -> Conflict:
    return Conflict(
        "version_frozen",
        Sentence(N_("Phương án này đã được phê duyệt nên không sửa được. Hãy lập phương án mới.")),
    )


def _difference(total: int, seats: int) -> Sentence:
    template = (
        N_("Các dòng cộng lại {total} suất, thừa {difference} so với {seats}. Hãy giảm bớt.")
        if total > seats
        else N_("Các dòng cộng lại {total} suất, còn thiếu {difference} so với {seats}. Hãy thêm.")
    )
    return Sentence(
        template,
        total=number(total),
        difference=number(abs(total - seats)),
        seats=number(seats),
    )
