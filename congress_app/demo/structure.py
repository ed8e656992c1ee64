"""The unit tree of the demonstration: the sector, Khối cơ quan, provinces, base units.

Central units are the 21 before the reorganisation of 2025 (Nghị định 01/2016 and
89/2020); every provincial office gets the same departments. Headcounts are made up so
that a province has somewhat more staff than its congress has places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from random import Random

from congress_app.demo import geography
from congress_app.demo.geography import Province

ROOT_CODE, CENTRAL_CODE = "VN", "KCQ"
PILOTS = ("01", "79")
CLUSTERS = 8

# Code, name and field of work of each central unit.
CENTRAL_UNITS = (
    ("CSXH", "Ban Thực hiện chính sách BHXH", "benefits"),
    ("CSYT", "Ban Thực hiện chính sách BHYT", "health_claims"),
    ("THU", "Ban Thu", "collection"),
    ("ST", "Ban Sổ - Thẻ", "books_cards"),
    ("TCKT", "Vụ Tài chính - Kế toán", "finance"),
    ("HTQT", "Vụ Hợp tác quốc tế", "other"),
    ("TTKT", "Vụ Thanh tra - Kiểm tra", "inspection"),
    ("TDKT", "Vụ Thi đua - Khen thưởng", "personnel"),
    ("KHDT", "Vụ Kế hoạch và Đầu tư", "finance"),
    ("TCCB", "Vụ Tổ chức cán bộ", "personnel"),
    ("PC", "Vụ Pháp chế", "other"),
    ("QLDTQ", "Vụ Quản lý đầu tư quỹ", "finance"),
    ("KTNB", "Vụ Kiểm toán nội bộ", "inspection"),
    ("VP", "Văn phòng BHXH Việt Nam", "office"),
    ("VKH", "Viện Khoa học BHXH", "other"),
    ("CNTT", "Trung tâm Công nghệ thông tin", "it"),
    ("TT", "Trung tâm Truyền thông", "communication"),
    ("LT", "Trung tâm Lưu trữ", "reception"),
    ("GDYT", "Trung tâm Giám định BHYT và Thanh toán đa tuyến", "health_claims"),
    ("TDT", "Trường Đào tạo nghiệp vụ BHXH", "personnel"),
    ("TC", "Tạp chí BHXH", "communication"),
)
DEPARTMENTS = (
    ("VP", "Văn phòng", "office"),
    ("TCCB", "Phòng Tổ chức cán bộ", "personnel"),
    ("KHTC", "Phòng Kế hoạch - Tài chính", "finance"),
    ("CD", "Phòng Chế độ BHXH", "benefits"),
    ("GD", "Phòng Giám định BHYT", "health_claims"),
    ("QLT", "Phòng Quản lý thu", "collection"),
    ("KTTN", "Phòng Khai thác và Thu nợ", "collection"),
    ("ST", "Phòng Cấp sổ, thẻ", "books_cards"),
    ("TTKT", "Phòng Thanh tra - Kiểm tra", "inspection"),
    ("CNTT", "Phòng Công nghệ thông tin", "it"),
    ("TNHS", "Phòng Tiếp nhận và Quản lý hồ sơ", "reception"),
)
# A province has at least this many people, so that its congress can be filled.
_FEWEST = 294
# So many people work in a team.
TEAM_STAFF = 10
_SCALE = {"01": 1.45, "79": 1.7}


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One unit to be stored; `field` is the work of a department, None elsewhere.

    `region` is the province's code, of central units "KCQ": it decides on names. `below`
    are the people of the teams under it, whom its own headcount leaves out.
    """

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    path: str
    precedence: int
    region: str
    headcount: int | None = None
    is_pilot: bool = False
    cluster: int | None = None
    field: str | None = None
    below: int = 0

    @property
    def staff(self) -> int:
        """Everybody of the unit, with its teams."""
        return (self.headcount or 0) + self.below


@dataclass(frozen=True, slots=True)
class Host:
    """A unit that holds an upper-base congress, with the base units that elect to it.

    `teams` are what stands below the base units; only the largest demonstration has any.
    """

    unit: UnitFacts
    base: tuple[UnitFacts, ...]
    teams: tuple[UnitFacts, ...] = ()

    @property
    def headcount(self) -> int:
        """All people below."""
        return sum(unit.staff for unit in self.base)


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole tree in protocol order."""

    root: UnitFacts
    hosts: tuple[Host, ...]

    def units(self) -> Iterator[UnitFacts]:
        """Every unit, parents before their children."""
        yield self.root
        for host in self.hosts:
            yield host.unit
            yield from host.base
            yield from host.teams


@dataclass(frozen=True, slots=True)
class Shape:
    """Which part of the country is made, and how deep.

    `province_codes` None: the whole country; `central_units` None: all of them. `teams`
    stand below every district office and central unit.
    """

    province_codes: tuple[str, ...] | None = None
    central_units: int | None = None
    teams: int = 0


def tree(rng: Random, shape: Shape) -> Tree:
    """The units of a demonstration."""
    ids = count(1)
    root = UnitFacts(next(ids), ROOT_CODE, "BHXH Việt Nam", "nganh", None, "/1/", 0, CENTRAL_CODE)
    hosts = [_central(rng, root, ids, shape)]
    chosen = [
        one
        for one in geography.provinces()
        if shape.province_codes is None or one.code in shape.province_codes
    ]
    for place, one in enumerate(chosen):
        # Neighbouring codes are neighbouring provinces, mostly.
        cluster = place * CLUSTERS // len(chosen) + 1
        hosts.append(_provincial(rng, root, one, place + 2, cluster, ids))
    return Tree(root, tuple(_with_teams(host, ids, shape.teams) for host in hosts))


def _child(parent: UnitFacts, key: int, code: str, name: str, kind: str, place: int) -> UnitFacts:
    path = f"{parent.path}{key}/"
    return UnitFacts(key, code, name, kind, parent.id, path, place, parent.region)


def _central(rng: Random, root: UnitFacts, ids: Iterator[int], shape: Shape) -> Host:
    block = _child(root, next(ids), CENTRAL_CODE, "Khối cơ quan BHXH Việt Nam", "khoi_co_quan", 1)
    units = tuple(
        replace(
            _child(block, next(ids), f"{CENTRAL_CODE}-{code}", name, "don_vi_truc_thuoc", place),
            headcount=rng.randint(24, 62),
            field=field,
        )
        for place, (code, name, field) in enumerate(CENTRAL_UNITS[: shape.central_units], start=1)
    )
    return Host(block, units)


def _provincial(
    rng: Random,
    root: UnitFacts,
    one: Province,
    precedence: int,
    cluster: int,
    ids: Iterator[int],
) -> Host:
    office = replace(
        _child(root, next(ids), one.code, f"BHXH {one.full_name}", "tinh", precedence),
        region=one.code,
        is_pilot=one.code in PILOTS,
        cluster=cluster,
    )
    base = [
        replace(
            _child(office, next(ids), f"{one.code}-{code}", name, "phong", place),
            field=field,
        )
        for place, (code, name, field) in enumerate(DEPARTMENTS, start=1)
    ]
    for place, district in enumerate(one.districts, start=1):
        code = f"{one.code}-{place:02d}"
        base.append(_child(office, next(ids), code, f"BHXH {district}", "huyen", 100 + place))
    return Host(office, tuple(_staffed(rng, base, _SCALE.get(one.code, 1.0))))


def _with_teams(host: Host, ids: Iterator[int], number: int) -> Host:
    """The host with so many teams below each base unit that may have any."""
    base, teams = [], []
    for unit in host.base:
        # A department stands under an office, never under another department.
        below = 0 if unit.kind == "phong" else number
        base.append(replace(unit, below=below * TEAM_STAFF))
        for place in range(1, below + 1):
            name = f"Tổ nghiệp vụ số {place}, {unit.name}"
            team = _child(unit, next(ids), f"{unit.code}-T{place:03d}", name, "phong", place)
            teams.append(replace(team, headcount=TEAM_STAFF))
    return Host(host.unit, tuple(base), tuple(teams))


def _staffed(rng: Random, units: Sequence[UnitFacts], scale: float) -> Iterator[UnitFacts]:
    drawn = [rng.randint(7, 12) if unit.kind == "phong" else rng.randint(11, 20) for unit in units]
    factor = max(scale, _FEWEST / sum(drawn))
    for unit, number in zip(units, drawn, strict=True):
        yield replace(unit, headcount=round(number * factor))
