"""The attendance sheet: every expected delegate, where he or she was at one minute."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from congress_app.checkin import scan_queries
from congress_app.checkin.attendance import standings_at
from congress_app.checkin.attendance_sheet import AttendanceRow
from congress_app.checkin.models import Excuse
from congress_app.checkin.presence import Standing
from congress_app.checkin.queries import ATTENDING, OUTSIDERS
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.units.models import Unit

NOWHERE = Standing()


def attendance_rows(congress_id: int, session_id: int, at: datetime) -> list[AttendanceRow]:
    """Expected delegates by delegation in protocol order (outsiders last), then given name.

    Two statements; the log is folded up to the instant.
    """
    standings = standings_at(scan_queries.scan_lines(congress_id), at)
    rows = []
    for delegate_id, *facts, excuse in db.session.execute(_statement(congress_id, session_id)):
        number, name, unit, group, category = facts
        where = standings.get((session_id, delegate_id), NOWHERE)
        rows.append(
            AttendanceRow(
                number=number,
                name=name,
                unit=unit or "",
                delegation=group or OUTSIDERS,
                category=category,
                came_at=where.first_in_at,
                left_at=None if where.is_present else where.last_at,
                gate=where.first_gate,
                excuse=excuse,
            )
        )
    return rows


def _statement(congress_id: int, session_id: int) -> Select[*tuple[Any, ...]]:
    delegation = aliased(Unit)
    return (
        select(
            Delegate.id,
            Delegate.number,
            Person.full_name,
            func.coalesce(Unit.name, Person.organisation),
            delegation.name,
            Delegate.category,
            Excuse.reason,
        )
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .outerjoin(delegation, Delegate.delegation_unit_id == delegation.id)
        .outerjoin(Excuse, (Excuse.delegate_id == Delegate.id) & (Excuse.session_id == session_id))
        .where(Delegate.congress_id == congress_id, Delegate.state.in_(ATTENDING))
        .order_by(
            delegation.id.is_(None),
            delegation.precedence,
            delegation.name,
            Person.sort_key,
            Delegate.id,
        )
    )
