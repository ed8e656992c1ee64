"""How much of the season a demonstration holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from congress_app.demo.national import NationalFill
from congress_app.demo.places import Fill
from congress_app.demo.structure import CENTRAL_CODE, PILOTS, ROOT_CODE, Shape


class Size(StrEnum):
    """The words of the command."""

    SMALL = "small"
    SEASON = "season"
    COUNTRY = "country"


# The province of the small demonstration; everywhere its congress is open.
SHOWN = "22"


@dataclass(frozen=True)
class Extent:
    """What a size means.

    `states` fixes some congresses' states; the rest is drawn. `fills` says how full some
    get. `doors` are the units whose congress has a rehearsal with an open door now, and
    `crowded` those of them whose hall already fills. `agendas`: how many further closed
    congresses have a programme with a scan log. `waiting`: how many of a host's units have
    still to elect; `preparing` are hosts that are drawing up their own list of candidates.
    `exemplars`: how many the register holds. `everybody`: whether a base conference names
    each of its people instead of their number alone.
    """

    shape: Shape
    states: Mapping[str, str]
    fills: Mapping[str, Fill] = field(default_factory=dict)
    national: NationalFill = field(default_factory=NationalFill)
    doors: tuple[str, ...] = (SHOWN,)
    crowded: tuple[str, ...] = ()
    agendas: int = 0
    waiting: Mapping[str, int] = field(default_factory=dict)
    preparing: tuple[str, ...] = ()
    exemplars: int = 0
    everybody: bool = False


_ROOMY = Fill(guests=20, officials=80, reserve=50)
_ALWAYS = {SHOWN: "open", ROOT_CODE: "open"} | dict.fromkeys(PILOTS, "closed")

EXTENTS: dict[Size, Extent] = {
    # One province whose door is open, a congress that is called, the national one above.
    Size.SMALL: Extent(
        Shape((SHOWN,), central_units=6),
        {SHOWN: "open", CENTRAL_CODE: "convened", ROOT_CODE: "convened"},
        {SHOWN: _ROOMY, CENTRAL_CODE: Fill(guests=6, officials=60, reserve=90)},
        NationalFill(guests=12, exemplars=4, sector_fighters=4, press=4),
        waiting={SHOWN: 2, CENTRAL_CODE: 1},
        preparing=(SHOWN,),
        exemplars=30,
    ),
    Size.SEASON: Extent(
        Shape(),
        _ALWAYS,
        {SHOWN: _ROOMY},
        doors=(SHOWN, ROOT_CODE),
        crowded=(ROOT_CODE,),
        agendas=6,
        waiting={SHOWN: 2},
        exemplars=1500,
    ),
}
# 100,000 units and a million people: a measure for the database, no picture of the sector.
_TEAMS = 137
EXTENTS[Size.COUNTRY] = replace(EXTENTS[Size.SEASON], shape=Shape(teams=_TEAMS), everybody=True)
