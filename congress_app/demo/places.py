"""Places at an upper-base congress: guests, officials by every ground, elected delegates.

The numbers keep the rules: everybody counts towards the 300 (350 for Khối cơ quan, Hà Nội
and TP. Hồ Chí Minh), and no unit sends more elected delegates than its line gives.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from congress_app.congresses.rulebook import LevelRules
from congress_app.delegates.registration import GroundFacts
from congress_app.demo.people import Crowd, Somebody
from congress_app.demo.structure import CENTRAL_CODE, Host, UnitFacts

AWARD_YEARS = (2015, 2016, 2017, 2018, 2019)
_HEADS = {"phong": "Trưởng phòng", "huyen": "Giám đốc", "don_vi_truc_thuoc": "Vụ trưởng"}
_DEPUTIES = {
    "phong": "Phó Trưởng phòng",
    "huyen": "Phó Giám đốc",
    "don_vi_truc_thuoc": "Phó Vụ trưởng",
}
_GUESTS = (
    ("party_committee", "{city} ủy", "Ủy viên Ban Thường vụ"),
    ("party_committee", "Ban Tổ chức {city} ủy", "Phó Trưởng ban"),
    ("people_council", "Hội đồng nhân dân {where}", "Phó Chủ tịch"),
    ("people_committee", "Ủy ban nhân dân {where}", "Phó Chủ tịch"),
    ("people_committee", "Văn phòng Ủy ban nhân dân {where}", "Phó Chánh Văn phòng"),
    ("departments", "Sở Nội vụ", "Phó Giám đốc"),
    ("departments", "Ban Thi đua - Khen thưởng, Sở Nội vụ", "Trưởng ban"),
    ("departments", "Sở Y tế", "Phó Giám đốc"),
    ("departments", "Sở Lao động - Thương binh và Xã hội", "Phó Giám đốc"),
    ("departments", "Sở Tài chính", "Phó Giám đốc"),
    ("departments", "Sở Giáo dục và Đào tạo", "Phó Giám đốc"),
    ("departments", "Cục Thuế {where}", "Phó Cục trưởng"),
    ("departments", "Kho bạc Nhà nước {where}", "Phó Giám đốc"),
    ("departments", "Liên đoàn Lao động {where}", "Phó Chủ tịch"),
    ("departments", "Công an {where}", "Phó Trưởng phòng"),
    ("departments", "Bưu điện {where}", "Phó Giám đốc"),
    ("departments", "Hội Nông dân {where}", "Phó Chủ tịch"),
    ("departments", "Hội Liên hiệp Phụ nữ {where}", "Phó Chủ tịch"),
    ("departments", "Đảng ủy Khối các cơ quan {where}", "Phó Bí thư"),
    ("departments", "Báo {name}", "Phóng viên"),
    ("departments", "Đài Phát thanh và Truyền hình {name}", "Phóng viên"),
    ("vss_leaders", "BHXH Việt Nam", "Phó Tổng Giám đốc"),
    ("vss_council", "Hội đồng TĐKT BHXH Việt Nam", "Ủy viên Thường trực"),
    ("vss_council", "Vụ Thi đua - Khen thưởng, BHXH Việt Nam", "Phó Vụ trưởng"),
)  # fmt: skip
_CENTRAL_GUESTS = (
    ("departments", "Đảng ủy Khối các cơ quan Trung ương", "Phó Bí thư"),
    ("departments", "Ban Thi đua - Khen thưởng Trung ương", "Vụ trưởng"),
    ("departments", "Công đoàn Viên chức Việt Nam", "Phó Chủ tịch"),
    ("departments", "Hội Cựu chiến binh Khối các cơ quan Trung ương", "Phó Chủ tịch"),
    ("vss_leaders", "BHXH Việt Nam", "Phó Tổng Giám đốc"),
    ("vss_council", "Hội đồng TĐKT BHXH Việt Nam", "Ủy viên Thường trực"),
)

_CENTRAL_WORDS = {
    "division_leaders": "Lãnh đạo đơn vị trực thuộc BHXH Việt Nam",
    "province_council": "Thành viên Hội đồng TĐKT cơ quan BHXH Việt Nam",
}
_DECLINED_REASONS = ("Đi công tác đột xuất", "Nghỉ ốm", "Nghỉ thai sản", "Đi học tập trung")


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """One place at a congress.

    `delegation_id` is the unit whose delegation it belongs to; `replaces` the place, by its
    number in the list, of the one this person came for.
    """

    person: Somebody
    category: str
    grounds: tuple[GroundFacts, ...]
    delegation_id: int | None
    state: str = "confirmed"
    priorities: tuple[str, ...] = ()
    state_reason: str | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """How full a congress gets; `reserve` is kept back."""

    guests: int
    officials: int
    reserve: int = 4


class HostPlaces:
    """Fills the congress of one province or of Khối cơ quan."""

    def __init__(self, rng: Random, crowd: Crowd, host: Host, rules: LevelRules) -> None:
        self._rng, self._crowd, self._host, self._rules = rng, crowd, host, rules
        self._is_central = host.unit.code == CENTRAL_CODE
        self._free: dict[int, int] = {}

    def fill(
        self, seats: Mapping[int, int], fill: Fill, waiting: Collection[int] = ()
    ) -> list[PlaceFacts]:
        """All places, by protocol: officials and elected by unit, guests last.

        The units `waiting` have elected nobody yet.
        """
        units = self._host.base
        self._free = {u.id: u.staff - seats.get(u.id, 0) for u in units}
        officials = list(self._officials(fill.officials))
        elected = list(self._elected(seats, waiting))
        guests = [self._guest(number) for number in range(fill.guests)]
        return officials + elected + guests

    def settle(self, places: list[PlaceFacts], state: str, *, certain: bool) -> list[PlaceFacts]:
        """The places as far as a congress of this state has come with them.

        `certain`: nobody is still asked, as at a congress whose door is open. A few who
        cannot come are replaced by a reserve of the same unit, who stands at the end.
        """
        if state == "draft":
            return [replace(place, state="nominated") for place in places]
        settled = [self._settled(place, state, certain) for place in places]
        # One of a unit: the hands raised for its reserve leave room for one more behind him.
        first = {p.delegation_id: n for n, p in enumerate(settled) if p.category == "elected"}
        units = {unit.id: unit for unit in self._host.base}
        chosen = list(first.values())
        for number in self._rng.sample(chosen, min(len(chosen), self._rng.randint(2, 6))):
            before = settled[number]
            settled[number] = replace(
                before, state="replaced", state_reason=self._rng.choice(_DECLINED_REASONS)
            )
            reserve = self._crowd.staff(units[before.delegation_id or 0])
            settled.append(
                PlaceFacts(
                    reserve, "elected", before.grounds, before.delegation_id, replaces=number
                )
            )
        return settled

    def _settled(self, place: PlaceFacts, state: str, certain: bool) -> PlaceFacts:
        mark = self._rng.random()
        if mark < 0.006:
            reason = self._rng.choice(_DECLINED_REASONS)
            return replace(place, state="declined", state_reason=reason)
        if state == "convened" and not certain and mark > 0.62:
            return replace(place, state="convened")
        return replace(place, state="confirmed")

    def _officials(self, wanted: int) -> Iterator[PlaceFacts]:
        made = 0
        for place in self._leaders():
            made += 1
            yield place
        codes = ["fighter_national"] * self._rng.randint(0, 1)
        codes += ["fighter_sector"] * self._rng.randint(4, 7)
        codes += ["emulation_officer"] * (len(self._host.base) // 3)
        codes += ["fighter_base"] * ((wanted - made) * 2 // 3)
        codes += ["exemplar"] * wanted
        for code in codes[: max(0, wanted - made)]:
            unit = self._unit_with_room()
            yield self._official(self._crowd.staff(unit), unit, code)

    def _leaders(self) -> Iterator[PlaceFacts]:
        own = self._host.unit
        if not self._is_central:
            for post in ("Giám đốc", "Phó Giám đốc", "Phó Giám đốc", "Phó Giám đốc"):
                yield self._official(self._crowd.staff(own, post), own, "province_leaders")
        for unit in self._host.base:
            head = self._crowd.staff(unit, _head_post(unit))
            self._free[unit.id] -= 1
            code = "district_leaders" if unit.kind == "huyen" else "division_leaders"
            yield self._official(head, unit, code)
        for _ in range(4):
            unit = self._unit_with_room()
            deputy = self._crowd.staff(unit, _DEPUTIES[unit.kind])
            yield self._official(deputy, unit, "province_council")

    def _official(self, person: Somebody, unit: UnitFacts, code: str) -> PlaceFacts:
        ground = self._ground(code)
        grounds: tuple[GroundFacts, ...] = (ground,)
        if ground.year is None and self._rng.random() < 0.3:
            grounds = (ground, self._ground("fighter_base"))
        return PlaceFacts(
            honoured(person, grounds),
            "official",
            grounds,
            unit.id,
            priorities=priorities(self._rng, person),
        )

    def _elected(self, seats: Mapping[int, int], waiting: Collection[int]) -> Iterator[PlaceFacts]:
        for unit in self._host.base:
            for _ in range(0 if unit.id in waiting else seats.get(unit.id, 0)):
                person = self._crowd.staff(unit)
                grounds = (self._ground("elected_base"),)
                yield PlaceFacts(
                    person, "elected", grounds, unit.id, priorities=priorities(self._rng, person)
                )

    def _guest(self, number: int) -> PlaceFacts:
        listed = _CENTRAL_GUESTS if self._is_central else _GUESTS
        code, pattern, post = listed[number % len(listed)]
        where = self._host.unit.name.removeprefix("BHXH ")
        name = where.removeprefix("tỉnh ").removeprefix("thành phố ")
        city = "Thành" if where.startswith("thành phố") else "Tỉnh"
        organisation = pattern.format(where=where, name=name, city=city)
        person = self._crowd.outsider(organisation, post, self._host.unit.region)
        return PlaceFacts(person, "guest", (self._ground(code),), None)

    def _ground(self, code: str) -> GroundFacts:
        # The composition of Khối cơ quan is its own plan's, so its lines are told in words.
        if self._is_central and code in _CENTRAL_WORDS:
            return GroundFacts(_CENTRAL_WORDS[code])
        return ground(self._rng, self._rules, code)

    def _unit_with_room(self) -> UnitFacts:
        units: Sequence[UnitFacts] = self._host.base
        weights = [max(0, self._free[unit.id]) for unit in units]
        unit = self._rng.choices(units, weights if any(weights) else None)[0]
        self._free[unit.id] -= 1
        return unit


def _head_post(unit: UnitFacts) -> str:
    first = unit.name.split(" ", 1)[0]
    return {
        "Văn": "Chánh Văn phòng",
        "Ban": "Trưởng ban",
        "Viện": "Viện trưởng",
        "Trung": "Giám đốc",
        "Trường": "Hiệu trưởng",
        "Tạp": "Tổng Biên tập",
    }.get(first, _HEADS[unit.kind])


def ground(rng: Random, rules: LevelRules, code: str) -> GroundFacts:
    """A ground of the rulebook; one by award with the year and number of its decision."""
    line = rules.subcategory(code)
    if line is None:
        raise ValueError(f"the rulebook has no line {code}")
    if not line.award:
        return GroundFacts(line.title, code)
    year = rng.choice(AWARD_YEARS)
    return GroundFacts(line.title, code, year, f"{rng.randint(100, 2900)}/QĐ-BHXH")


def honoured(person: Somebody, grounds: Sequence[GroundFacts]) -> Somebody:
    """The person with the titles the grounds speak of."""
    told = "; ".join(f"{one.text} {one.year}" for one in grounds if one.year)
    return replace(person, facts=replace(person.facts, honours=told or None))


def priorities(rng: Random, person: Somebody) -> tuple[str, ...]:
    """The emphases of the guidance somebody marks; sex and people tell the other two."""
    found = []
    if rng.random() < 0.05:
        found.append("good_deed")
    if rng.random() < 0.16:
        found.append("new_model")
    if not person.is_leader and rng.random() < 0.8:
        found.append("direct_duty")
    return tuple(found)
