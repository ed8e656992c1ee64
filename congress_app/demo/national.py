"""Places at the national congress: mostly people who already were at a congress below.

Guests stand outside the 500; officials and elected delegates stay within it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from congress_app.congresses.rulebook import LevelRules
from congress_app.delegates.registration import GroundFacts
from congress_app.demo.people import Crowd, Somebody
from congress_app.demo.places import PlaceFacts, ground, honoured, priorities
from congress_app.demo.structure import CENTRAL_CODE, Host, Tree

_GUESTS = (
    ("party_state_leaders", "Văn phòng Trung ương Đảng", "Vụ trưởng"),
    ("party_state_leaders", "Ban Tuyên giáo Trung ương", "Vụ trưởng"),
    ("party_state_leaders", "Ủy ban Về các vấn đề xã hội của Quốc hội", "Ủy viên Thường trực"),
    ("party_state_leaders", "Văn phòng Chính phủ", "Vụ trưởng"),
    ("ministries", "Ban Thi đua - Khen thưởng Trung ương", "Phó Trưởng ban"),
    ("ministries", "Bộ Nội vụ", "Vụ trưởng"),
    ("ministries", "Bộ Tài chính", "Cục trưởng"),
    ("ministries", "Bộ Y tế", "Vụ trưởng"),
    ("ministries", "Bộ Lao động - Thương binh và Xã hội", "Vụ trưởng"),
    ("ministries", "Bộ Kế hoạch và Đầu tư", "Phó Vụ trưởng"),
    ("ministries", "Bộ Tư pháp", "Phó Vụ trưởng"),
    ("ministries", "Bộ Công an", "Phó Cục trưởng"),
    ("ministries", "Tổng Liên đoàn Lao động Việt Nam", "Trưởng ban"),
    ("ministries", "Trung ương Hội Liên hiệp Phụ nữ Việt Nam", "Phó Trưởng ban"),
    ("ministries", "Trung ương Hội Nông dân Việt Nam", "Phó Trưởng ban"),
    ("ministries", "Phòng Thương mại và Công nghiệp Việt Nam", "Phó Tổng Thư ký"),
    ("ministries", "Tổng công ty Bưu điện Việt Nam", "Phó Tổng Giám đốc"),
    ("management_council", "Hội đồng quản lý BHXH Việt Nam", "Thành viên"),
)
_PRESS = ("Báo Nhân Dân", "Thông tấn xã Việt Nam", "Đài Truyền hình Việt Nam",
          "Đài Tiếng nói Việt Nam", "Báo Lao động", "Báo Tiền Phong", "Báo Hà Nội mới",
          "Báo Sài Gòn Giải phóng", "Tạp chí Thi đua Khen thưởng", "Báo Đại Đoàn Kết",
          "Báo Sức khỏe và Đời sống", "Báo Quân đội nhân dân")  # fmt: skip


@dataclass(frozen=True, slots=True)
class NationalFill:
    """How many of each kind that the tree does not tell by itself."""

    guests: int = 40
    exemplars: int = 28
    sector_fighters: int = 66
    press: int = 12


class NationalPlaces:
    """Fills the national congress from the places of the congresses below."""

    def __init__(
        self,
        rng: Random,
        crowd: Crowd,
        tree: Tree,
        rules: LevelRules,
        below: Sequence[tuple[Host, Sequence[PlaceFacts]]],
    ) -> None:
        self._rng, self._crowd, self._tree, self._rules = rng, crowd, tree, rules
        self._below = below
        self._taken: set[int] = set()

    def fill(self, seats: Mapping[int, int], wanted: NationalFill) -> list[PlaceFacts]:
        """All places; `seats` by upper-base unit, only of those that have elected already."""
        officials = [*self._of_the_centre(wanted), *self._of_the_hosts(wanted)]
        elected = [
            place for host, places in self._below for place in self._elected(host, places, seats)
        ]
        press = [
            self._outsider("press", name, "Phóng viên", "official")
            for name in _PRESS[: wanted.press]
        ]
        forces = [
            self._outsider("army_police", f"BHXH {name}", "Phó Giám đốc", "official")
            for name in ("Bộ Quốc phòng", "Công an nhân dân")
        ]
        guests = [
            self._outsider(*_GUESTS[number % len(_GUESTS)], "guest")
            for number in range(wanted.guests)
        ]
        return [*officials, *forces, *press, *elected, *guests]

    def _of_the_centre(self, wanted: NationalFill) -> Iterator[PlaceFacts]:
        root = self._tree.root
        for post in ("Phó Tổng Giám đốc",) * 5:
            yield self._official(self._crowd.staff(root, post), root.id, "vss_leaders")
        for _ in range(7):
            member = self._crowd.staff(root, "Ủy viên Hội đồng TĐKT")
            yield self._official(member, root.id, "vss_council")
        for host, places in self._below:
            if host.unit.code == CENTRAL_CODE:
                yield from self._central_block(host, places)

    def _central_block(self, host: Host, places: Sequence[PlaceFacts]) -> Iterator[PlaceFacts]:
        heads = [
            place.person
            for place in places
            if place.person.is_leader and place.category == "official"
        ]
        for head in heads[: len(host.base)]:
            yield self._official(head, host.unit.id, "unit_heads")
        officers = [place.person for place in places if _has(place, "emulation_officer")]
        for officer in officers[:14]:
            yield self._official(officer, host.unit.id, "emulation_officer")
        press = [unit for unit in host.base if unit.field == "communication"]
        for unit in press:
            for _ in range(4):
                reporter = self._crowd.staff(unit)
                yield self._official(reporter, host.unit.id, "sector_press")

    def _of_the_hosts(self, wanted: NationalFill) -> Iterator[PlaceFacts]:
        provincial = [(h, p) for h, p in self._below if h.unit.code != CENTRAL_CODE and p]
        for host, places in provincial:
            leader = self._unused(places, "province_leaders")
            if leader is not None:
                yield self._official(leader, host.unit.id, "province_council_post")
        yield from self._picked(provincial, "fighter_national", "fighter_national", 12)
        yield from self._picked(
            provincial, "fighter_sector", "fighter_sector", wanted.sector_fighters
        )
        yield from self._picked(provincial, "exemplar", "exemplar", wanted.exemplars)

    def _picked(
        self,
        provincial: Sequence[tuple[Host, Sequence[PlaceFacts]]],
        held: str,
        code: str,
        number: int,
    ) -> Iterator[PlaceFacts]:
        for host, places in self._rng.sample(provincial, len(provincial)) * 2:
            person = self._unused(places, held) if number else None
            if person is not None:
                number -= 1
                yield self._official(person, host.unit.id, code)

    def _elected(
        self, host: Host, places: Sequence[PlaceFacts], seats: Mapping[int, int]
    ) -> Iterator[PlaceFacts]:
        free = [
            place.person
            for place in places
            if place.state == "confirmed"
            and place.category == "elected"
            and place.person.id not in self._taken
        ]
        wanted = min(seats.get(host.unit.id, 0), len(free))
        for person in self._rng.sample(free, wanted):
            grounds = (ground(self._rng, self._rules, "elected_upper"),)
            self._taken.add(person.id)
            yield PlaceFacts(
                person, "elected", grounds, host.unit.id, priorities=priorities(self._rng, person)
            )

    def _unused(self, places: Sequence[PlaceFacts], code: str) -> Somebody | None:
        return next(
            (
                place.person
                for place in places
                if _has(place, code)
                and place.state == "confirmed"
                and place.person.id not in self._taken
            ),
            None,
        )

    def _official(self, person: Somebody, delegation_id: int, code: str) -> PlaceFacts:
        self._taken.add(person.id)
        grounds = (ground(self._rng, self._rules, code),)
        told = person if person.facts.honours else honoured(person, grounds)
        return PlaceFacts(
            told, "official", grounds, delegation_id, priorities=priorities(self._rng, person)
        )

    def _outsider(self, code: str, body: str, post: str, category: str) -> PlaceFacts:
        person = self._crowd.outsider(body, post, CENTRAL_CODE)
        line = self._rules.subcategory(code)
        grounds = (GroundFacts(line.title if line else code, code),)
        return PlaceFacts(person, category, grounds, None)


def _has(place: PlaceFacts, code: str) -> bool:
    return any(one.code == code for one in place.grounds)
