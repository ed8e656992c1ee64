"""What was made up as rows of the tables; the keys are column names."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from congress_app.delegates import storing
from congress_app.demo.people import Somebody
from congress_app.demo.places import PlaceFacts
from congress_app.demo.schedule import PlanFacts
from congress_app.demo.structure import UnitFacts
from congress_app.kernel.vietnamese import fold

Row = dict[str, Any]

# Marks every unit of the demonstration: a unit without it is somebody's real one.
SOURCE = "Dữ liệu minh họa"
BY = "Ban Tổ chức (minh họa)"
_GATES = ("Cửa A", "Cửa B")


def unit_row(unit: UnitFacts, headcount_date: Any) -> Row:
    """A unit."""
    return {
        "id": unit.id,
        "code": unit.code,
        "name": unit.name,
        "search_key": fold(unit.name),
        "kind": unit.kind,
        "parent_id": unit.parent_id,
        "path": unit.path,
        "precedence": unit.precedence,
        "headcount": unit.headcount,
        "headcount_source": SOURCE,
        "headcount_date": headcount_date,
        "is_pilot": unit.is_pilot,
        "cluster_id": unit.cluster,
        "version": 1,
    }


def person_row(person: Somebody) -> Row:
    """A person, with the keys for order and search."""
    return {"id": person.id, **storing.columns_of(person.facts)}


def plan_row(plan: PlanFacts) -> Row:
    """The plan's columns of a congress."""
    return {
        "state": plan.state,
        "held_on": plan.held_on,
        "starts_at": plan.starts_at,
        "duration": plan.duration,
        "place": plan.place,
        "combined_with": plan.combined_with,
        "plan_document": plan.plan_document,
    }


def delegate_row(place: PlaceFacts, key: int, congress_id: int, number: int, at: datetime) -> Row:
    """A place at a congress; who replaced it is told by the caller."""
    return {
        "id": key,
        "congress_id": congress_id,
        "person_id": place.person.id,
        "category": place.category,
        "state": place.state,
        "delegation_unit_id": place.delegation_id,
        "number": number,
        "field": place.person.field,
        "priorities": list(place.priorities),
        "state_reason": place.state_reason,
        "replaced_by_id": None,
        "created_at": at,
        "created_by": BY,
        "version": 1,
    }


def ground_rows(place: PlaceFacts, delegate_id: int) -> Iterator[Row]:
    """The grounds of a place."""
    for one in place.grounds:
        yield {
            "delegate_id": delegate_id,
            "code": one.code,
            "text": one.text,
            "year": one.year,
            "document": one.document,
        }


def step_rows(congress_id: int, state: str, at: datetime | None) -> Iterator[Row]:
    """How a congress came to its state; `at` is the morning it was held."""
    moves = ("draft", "convened", "open", "closed")
    moment = at or datetime.fromisoformat("2020-01-06T02:00:00+00:00")
    days = {"draft": 60, "convened": 20, "open": 0, "closed": 0}
    before = ""
    for target in moves[: moves.index(state) + 1]:
        hours = 5 if target == "closed" else 0
        yield {
            "congress_id": congress_id,
            "from_state": before,
            "to_state": target,
            "at": moment - timedelta(days=days[target]) + timedelta(hours=hours),
            "by": BY,
            "note": None,
        }
        before = target


def entry_rows(
    rng: Random, congress_id: int, session_id: int, delegate_id: int, badge: Row, at: datetime
) -> tuple[Row, Row]:
    """An accepted scan into the hall and the standing it leads to (without its number)."""
    gate = rng.choice(_GATES)
    key = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    scan = {
        "uuid": key,
        "body_hash": hashlib.sha256(key.encode()).hexdigest(),
        "congress_id": congress_id,
        "device_id": 0,
        "device_name": f"Máy {gate} (minh họa)",
        "gate": gate,
        "source": "reader",
        "session_id": session_id,
        "direction": "in",
        "badge_id": badge["id"],
        "delegate_id": delegate_id,
        "raw_code": badge["code"],
        "scanned_at": at,
        "clock_offset_ms": 0,
        "corrected_at": at,
        "received_at": at,
        "was_offline": False,
        "verdict": "accepted",
    }
    presence = {
        "session_id": session_id,
        "delegate_id": delegate_id,
        "is_present": True,
        "first_in_at": at,
        "first_gate": gate,
        "last_at": at,
    }
    return scan, presence
