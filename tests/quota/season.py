"""A small season for the quota tests: three provinces whose base conferences had 60, 30, 10."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.congresses.models import Congress, Season
from congress_app.congresses.rulebook import Cap, Category, Duration, LevelRules
from congress_app.kernel.permissions import Actor, system_actor
from congress_app.quota import services
from congress_app.quota.models import Allocation
from congress_app.quota.options import Options
from congress_app.units.models import Unit
from tests import builders

ACTOR: Actor = system_actor()
HALL = (Duration.HALF_DAY,)
BOOK = builders.a_rulebook(
    base=LevelRules("Hội nghị", Cap(), HALL, everyone_attends=True, unit_kinds=("huyen",)),
    upper_base=LevelRules("Hội nghị", Cap(30), HALL, unit_kinds=("tinh",)),
    national=LevelRules(
        "Đại hội",
        Cap(20, counted=(Category.OFFICIAL, Category.ELECTED)),
        HALL,
        unit_kinds=("nganh",),
    ),
)
# 20 under the cap, 8 official, 2 in reserve: ten seats to elect.
TEN = Options(cap=20, officials=8, reserve=2)


@dataclass
class Country:
    """The season, its units by code, and its congresses by the code of their unit."""

    season: Season
    units: dict[str, Unit]
    congresses: dict[str, Congress]

    @property
    def national(self) -> Congress:
        """The congress of the sector."""
        return self.congresses["VN"]


def a_country() -> Country:
    """Provinces A, B, C below the root; A has two districts of 40 and 20, B one of 30, C of 10."""
    season = builders.a_season(rules=BOOK)
    root = builders.the_root()
    national = builders.a_congress(root, season, BOOK, level="national", name="Đại hội Ngành")
    units, congresses = {"VN": root}, {"VN": national}
    for code, attendances in (("A", (40, 20)), ("B", (30,)), ("C", (10,))):
        province = builders.a_unit(code, root, name=f"Tỉnh {code}", headcount=5)
        units[code] = province
        congresses[code] = builders.a_congress(
            province, season, BOOK, parent_id=national.id, attendance=sum(attendances) // 2
        )
        for at, attendance in enumerate(attendances, start=1):
            place = builders.a_unit(f"{code}{at}", province, kind="huyen", headcount=100)
            units[place.code] = place
            congresses[place.code] = builders.a_congress(
                place,
                season,
                BOOK,
                level="base",
                attendance=attendance,
                parent_id=congresses[code].id,
            )
    return Country(season, units, congresses)


def in_force(country: Country, options: Options = TEN) -> Allocation:
    """A version of the national congress, approved: A 6, B 3, C 1 by `TEN`."""
    allocation = services.propose(country.national, options, actor=ACTOR)
    services.approve(country.national, allocation, "12/QĐ-BHXH", allocation.version, actor=ACTOR)
    return allocation


def seats_by_code(allocation: Allocation) -> dict[str, int]:
    """Seats as they stand, by unit code."""
    return {line.unit.code: line.seats for line in allocation.lines}
