"""Rows every test stands on: units, accounts, rulebooks, congresses."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any, TypeVar

from argon2 import PasswordHasher
from sqlalchemy import select

from congress_app.accounts.models import User, UserGrant
from congress_app.congresses import rulebook, terms
from congress_app.congresses.models import Congress, Season, StoredRulebook
from congress_app.congresses.rulebook import Cap, Duration, Level, LevelRules, Rulebook
from congress_app.database import Model, db, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role
from congress_app.kernel.vietnamese import fold
from congress_app.units.models import Cluster, Unit

PASSWORD = "một mật khẩu đủ dài"
# As weak as the library allows: tests sign in hundreds of times.
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


class Numbers:
    """What tells rows of one test apart, from 1.

    Every test's database begins anew with it: what a test makes, and so what it finds when
    it searches, does not hang on the tests that ran before it in the same process.
    """

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Count from 1 again."""
        self._next = count(1)

    def __next__(self) -> int:
        return next(self._next)


numbers = Numbers()
Row = TypeVar("Row", bound=Model)


def store(row: Row) -> Row:
    """Write one row and give it back."""
    with transaction() as session:
        session.add(row)
        session.flush()
    return row


def a_unit(
    code: str | None = None, parent: Unit | None = None, kind: str | None = None, **columns: Any
) -> Unit:
    """A unit below `parent`, or a root without one; kinds as in contracts: nganh, tinh, …"""
    number = next(numbers)
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
    return store(Cluster(name=name or f"Cụm thi đua số {next(numbers)}"))


def a_user(role: Role | str | None = None, unit: Unit | None = None, **columns: Any) -> User:
    """An account with `PASSWORD`, past its first sign-in, granted `role` for `unit`."""
    number = next(numbers)
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


def a_stored_rulebook(unit: Unit) -> StoredRulebook:
    """The unit's own copy of the small rulebook."""
    book = a_rulebook()
    key = f"{book.key}-{next(numbers)}"
    row = StoredRulebook(key=key, name=book.name, body=rulebook.to_json(book), unit_id=unit.id)
    return store(row)


def a_season(key: str | None = None, rules: Rulebook | None = None) -> Season:
    """A season whose rulebook is `rules` (`a_rulebook()` when not said)."""
    number = next(numbers)
    book = rules or a_rulebook()
    stored = store(
        StoredRulebook(key=f"{book.key}-{number}", name=book.name, body=rulebook.to_json(book))
    )
    return store(Season(key=key or f"season-{number}", name=f"Mùa {number}", rulebook_id=stored.id))


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
    level = str(columns.get("level", defaults["level"]))
    defaults |= terms.columns_of(book.level(level))
    return store(Congress(season_id=season.id, unit_id=place.id, **(defaults | columns)))
