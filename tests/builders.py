"""Rows for tests: plain functions that write what is named and fill in the rest.

Every function writes through `transaction()` and returns the stored row. No rule is asked,
so a test can make any state it needs; what it asserts it passes itself.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from argon2 import PasswordHasher
from sqlalchemy import select

from congress_app.accounts.models import User, UserGrant
from congress_app.badges.models import Badge
from congress_app.checkin.models import Presence, Scan
from congress_app.congresses import rulebook
from congress_app.congresses.models import Congress, Season, StoredRulebook
from congress_app.congresses.rulebook import Cap, Duration, Level, LevelRules, Rulebook
from congress_app.database import Model, db, transaction
from congress_app.delegates.models import Delegate, Ground, Person
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role
from congress_app.kernel.vietnamese import fold, name_sort_key
from congress_app.programme.models import Item, Session, Speech
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.scanners.models import Device
from congress_app.units.models import Cluster, Unit

PASSWORD = "một mật khẩu đủ dài"
# As weak as the library allows: tests sign in hundreds of times.
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

_numbers = count(1)
Row = TypeVar("Row", bound=Model)


def _store(row: Row) -> Row:
    with transaction() as session:
        session.add(row)
        session.flush()
    return row


def a_unit(
    code: str | None = None, parent: Unit | None = None, kind: str | None = None, **columns: Any
) -> Unit:
    """A unit below `parent`, or a root without one; kinds as in contracts: nganh, tinh, …"""
    number = next(_numbers)
    name = columns.pop("name", f"Đơn vị {number}")
    defaults = {"precedence": number, "headcount": 100}
    unit = Unit(
        code=code or f"U{number}",
        name=name,
        search_key=fold(name),
        kind=kind or ("nganh" if parent is None else "tinh"),
        parent_id=parent.id if parent else None,
        path="/",
        **(defaults | columns),
    )
    with transaction() as session:
        session.add(unit)
        session.flush()
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    return unit


def the_root() -> Unit:
    """The root of the tree, "VN"; made when there is none."""
    found = db.session.scalar(select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id))
    return found or a_unit("VN", kind="nganh", name="BHXH Việt Nam")


def a_cluster(name: str | None = None) -> Cluster:
    """An emulation cluster."""
    return _store(Cluster(name=name or f"Cụm thi đua số {next(_numbers)}"))


def a_user(role: Role | str | None = None, unit: Unit | None = None, **columns: Any) -> User:
    """An account with `PASSWORD`, past its first sign-in, granted `role` for `unit`."""
    number = next(_numbers)
    defaults = {
        "username": f"user{number}",
        "display_name": f"Người dùng {number}",
        "password_hash": _HASH,
        "must_change_password": False,
        "created_at": clock.now(),
    }
    user = User(**(defaults | columns))
    with transaction() as session:
        session.add(user)
        session.flush()
        if role is not None:
            place = unit or the_root()
            session.add(UserGrant(user_id=user.id, role=Role(role).value, unit_id=place.id))
    return user


def a_rulebook(**levels: LevelRules) -> Rulebook:
    """A small rulebook: 300 at upper-base level, guests counted; levels can be replaced."""
    durations = (Duration.HALF_DAY, Duration.FULL_DAY)
    plain = {
        Level.BASE: LevelRules("Hội nghị", Cap(), durations, everyone_attends=True),
        Level.UPPER_BASE: LevelRules("Hội nghị", Cap(300), durations),
        Level.NATIONAL: LevelRules("Đại hội", Cap(500), durations),
    }
    given = {Level(name): rules for name, rules in levels.items()}
    return Rulebook("test", "Quy định thử", "–", (2015, 2019), (2015, 2020), plain | given)


def a_season(key: str | None = None, rules: Rulebook | None = None) -> Season:
    """A season whose rulebook is `rules` (`a_rulebook()` when not said)."""
    number = next(_numbers)
    book = rules or a_rulebook()
    stored = _store(
        StoredRulebook(key=f"{book.key}-{number}", name=book.name, body=rulebook.to_json(book))
    )
    return _store(
        Season(key=key or f"season-{number}", name=f"Mùa {number}", rulebook_id=stored.id)
    )


def a_congress(
    unit: Unit | None = None,
    season: Season | None = None,
    rules: Rulebook | None = None,
    **columns: Any,
) -> Congress:
    """A congress at upper-base level, convened, its rulebook (`rules` or the season's) adopted.

    Without a unit it belongs to a new province below the root.
    """
    place = unit or a_unit(parent=the_root())
    season = season or a_season(rules=rules)
    book = rules or rulebook.from_json(season.rulebook.body)
    defaults = {
        "level": Level.UPPER_BASE.value,
        "name": f"Hội nghị điển hình tiên tiến {place.name}",
        "state": "convened",
        "held_on": date(2020, 6, 15),
        "place": "Hội trường lớn",
        "rulebook_id": season.rulebook_id,
        "rules": rulebook.to_json(book),
        "rules_adopted_at": clock.now(),
        "rules_adopted_by": "test",
    }
    return _store(Congress(season_id=season.id, unit_id=place.id, **(defaults | columns)))


def a_person(full_name: str | None = None, unit: Unit | None = None, **columns: Any) -> Person:
    """A person; without a unit a guest from outside the sector."""
    name = full_name or f"Nguyễn Văn {_letters(next(_numbers))}"
    defaults: dict[str, Any] = {"birth_year": 1980, "birth_month": 5, "birth_day": 7, "sex": "M"}
    if unit is None:
        defaults["organisation"] = "Cơ quan ngoài ngành"
    return _store(
        Person(
            full_name=name,
            sort_key=name_sort_key(name),
            search_key=fold(name),
            unit_id=unit.id if unit else None,
            **(defaults | columns),
        )
    )


def _letters(number: int) -> str:
    first, second = divmod(number, 26)
    return f"{chr(65 + first % 26)}{chr(97 + second)}{'' if number < 676 else number}"


def a_delegate(
    congress: Congress | None = None, person: Person | None = None, **columns: Any
) -> Delegate:
    """An official delegate, confirmed, in the delegation of the person's unit."""
    congress = congress or a_congress()
    person = person or a_person(unit=congress.unit)
    defaults = {
        "category": "official",
        "state": "confirmed",
        "delegation_unit_id": person.unit_id,
        "created_at": clock.now(),
        "created_by": "test",
    }
    return _store(Delegate(congress_id=congress.id, person_id=person.id, **(defaults | columns)))


def a_ground(delegate: Delegate, text: str = "Chiến sĩ thi đua cơ sở", **columns: Any) -> Ground:
    """By which right the delegate comes."""
    return _store(Ground(delegate_id=delegate.id, text=text, **columns))


def an_allocation(congress: Congress, seats: dict[Unit, int], **columns: Any) -> Allocation:
    """An allocation in force that gives each unit its seats."""
    defaults = {
        "number": 1,
        "state": "approved",
        "method": "webster",
        "seats": sum(seats.values()),
        "input_hash": "0" * 64,
        "created_at": clock.now(),
        "created_by": "test",
        "approved_at": clock.now(),
        "approved_by": "test",
    }
    with transaction() as session:
        allocation = Allocation(congress_id=congress.id, **(defaults | columns))
        session.add(allocation)
        session.flush()
        for position, (unit, given) in enumerate(seats.items(), start=1):
            session.add(
                AllocationLine(
                    allocation_id=allocation.id,
                    unit_id=unit.id,
                    position=position,
                    weight=str(unit.headcount or 0),
                    computed=given,
                    seats=given,
                )
            )
    return allocation


def a_session(congress: Congress, starts_at: datetime | None = None, **columns: Any) -> Session:
    """A session whose door is open from an hour before its start to four hours after."""
    start = starts_at or clock.now()
    defaults = {
        "title": "Phiên chính thức",
        "hall": "Hội trường lớn",
        "starts_at": start,
        "doors_open_at": start - timedelta(hours=1),
        "doors_close_at": start + timedelta(hours=4),
    }
    return _store(Session(congress_id=congress.id, **(defaults | columns)))


def an_item(session: Session, title: str = "Khai mạc", **columns: Any) -> Item:
    """An item at the end of the session."""
    defaults = {"position": len(session.items) + 1, "kind": "opening", "minutes": 10}
    return _store(Item(session_id=session.id, title=title, **(defaults | columns)))


def a_speech(congress: Congress, title: str = "Tham luận", **columns: Any) -> Speech:
    """A speech offered, ten minutes long."""
    return _store(Speech(congress_id=congress.id, title=title, **columns))


def a_badge(delegate: Delegate | None = None, code: str | None = None, **columns: Any) -> Badge:
    """An active badge; its code has 17 digits, but the check digit is right only if given so."""
    delegate = delegate or a_delegate()
    defaults = {"issued_at": clock.now(), "issued_by": "test"}
    return _store(
        Badge(
            delegate_id=delegate.id,
            code=code or f"{next(_numbers):017d}",
            **(defaults | columns),
        )
    )


def a_device(congress: Congress, **columns: Any) -> Device:
    """A paired device without a usable token; pair one by the service to get one."""
    defaults = {
        "name": f"Máy {next(_numbers)}",
        "gate": "Cửa A",
        "state": "active",
        "paired_at": clock.now(),
        "created_at": clock.now(),
        "created_by": "test",
    }
    return _store(Device(congress_id=congress.id, **(defaults | columns)))


def a_scan(session: Session, badge: Badge, direction: str = "in", **columns: Any) -> Scan:
    """An accepted scan of the badge at the session's door; presence is not touched."""
    number = next(_numbers)
    at = columns.pop("at", clock.now())
    defaults = {
        "uuid": f"00000000-0000-4000-8000-{number:012d}",
        "body_hash": f"{number:064d}",
        "congress_id": session.congress_id,
        "device_name": "Máy 1",
        "source": "camera",
        "badge_id": badge.id,
        "delegate_id": badge.delegate_id,
        "raw_code": badge.code,
        "scanned_at": at,
        "corrected_at": at,
        "received_at": at,
        "verdict": "accepted",
    }
    return _store(Scan(session_id=session.id, direction=direction, **(defaults | columns)))


def a_presence(session: Session, delegate: Delegate, **columns: Any) -> Presence:
    """The delegate is in the hall."""
    defaults = {"is_present": True, "first_in_at": clock.now(), "last_at": clock.now()}
    return _store(Presence(session_id=session.id, delegate_id=delegate.id, **(defaults | columns)))
