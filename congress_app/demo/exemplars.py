"""Made-up exemplars of 2021–2025: collectives and people, what they did, how they were rated.

Some meet the criteria, some do not, and of some not everything is recorded, as in a real
register; the criteria themselves say which.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from congress_app.demo.people import Crowd
from congress_app.demo.peoples import KINH
from congress_app.demo.structure import UnitFacts
from congress_app.exemplars.awards import STANDARD_KINDS, AwardFacts
from congress_app.exemplars.clauses import Discipline
from congress_app.exemplars.facts import ExemplarFacts, Kind
from congress_app.exemplars.lifecycle import Stage

YEARS = (2021, 2022, 2023, 2024, 2025)
_FIELDS = ("collection", "benefits", "health_claims", "books_cards", "reception", "finance")
_COLLECTIVES = (
    "Tổ thu và phát triển đối tượng",
    "Bộ phận tiếp nhận và trả kết quả",
    "Tổ giám định BHYT",
    "Tổ chế độ BHXH",
    "Nhóm chuyển đổi số",
)
_SOLUTIONS = {
    "collection": "Rà soát dữ liệu thuế theo xã, gọi điện và đến từng hộ kinh doanh; số người "
    "tham gia BHXH tự nguyện tăng mỗi năm.",
    "benefits": "Trả kết quả ngay trong ngày cho hồ sơ ốm đau, thai sản nộp trước 10 giờ.",
    "health_claims": "Lập bảng cảnh báo chi phí bất thường theo tuần, trao đổi với bệnh viện "
    "trước khi quyết toán.",
    "books_cards": "Cấp lại thẻ BHYT cho người bệnh ngay tại bệnh viện, không phải đi lại.",
    "reception": "Bàn hướng dẫn cài VssID và nộp hồ sơ trực tuyến cho người cao tuổi.",
    "finance": "Chuyển lương hưu qua tài khoản, phối hợp bưu điện chi tại nhà cho người yếu.",
    "it": "Viết công cụ đối chiếu dữ liệu dân cư, giảm một nửa thời gian làm sạch dữ liệu.",
}
_STORY = (
    "Nhiều năm làm việc ở cơ sở, được đồng nghiệp và người dân tin cậy; luôn tìm cách làm "
    "nhanh hơn mà vẫn đúng quy định."
)
# About one exemplar in five leads; the head of a unit more often where it is one itself.
_LEADERS = 0.2
_LEADING = {
    "phong": ("Trưởng phòng", "Phó Trưởng phòng"),
    "huyen": ("Giám đốc", "Phó Giám đốc"),
    "don_vi_truc_thuoc": ("Vụ trưởng", "Phó Vụ trưởng"),
}
_OF_COLLECTIVES = ("government_flag", "sector_flag", "prime_minister", "excellent_collective")
_OF_PEOPLE = (
    "sector_fighter",
    "director_general",
    "base_fighter",
    "base_fighter",
    "advanced_worker",
    "prime_minister",
)


@dataclass(frozen=True, slots=True)
class ExemplarMade:
    """An exemplar with its awards and how far the work on it has come."""

    facts: ExemplarFacts
    awards: tuple[AwardFacts, ...]
    stage: Stage


def a_collective(rng: Random, unit: UnitFacts, name: str | None = None) -> ExemplarMade:
    """A unit as a whole, or (by name) a team of it."""
    field = unit.field or rng.choice(_FIELDS)
    facts = ExemplarFacts(
        kind=Kind.COLLECTIVE,
        name=name or unit.name,
        unit_id=unit.id,
        detected_year=rng.choice(YEARS),
        field=field,
        is_hard_area=rng.random() < 0.15,
        solution=_SOLUTIONS.get(field) if rng.random() < 0.8 else None,
        story=_STORY if rng.random() < 0.5 else None,
        conduct=_mostly(rng),
        exceeds_targets=_mostly(rng),
        runs_movements=_mostly(rng),
        discipline=rng.choices((Discipline.NONE, Discipline.WARNING, None), (90, 3, 7))[0],
    )
    return ExemplarMade(facts, _awards(rng, _OF_COLLECTIVES), _stage(rng))


def team_name(rng: Random, unit: UnitFacts) -> str:
    """What a team of a unit is called."""
    return f"{rng.choice(_COLLECTIVES)}, {unit.name}"


def a_person(
    rng: Random, crowd: Crowd, unit: UnitFacts, leads_id: int | None = None
) -> ExemplarMade:
    """Somebody who works in the unit; `leads_id` is the unit as an exemplar, if it is one."""
    is_leader = rng.random() < _LEADERS
    who = crowd.staff(unit, rng.choice(_LEADING[unit.kind]) if is_leader else None)
    field = who.field or rng.choice(_FIELDS)
    facts = ExemplarFacts(
        kind=Kind.INDIVIDUAL,
        name=who.facts.full_name,
        unit_id=unit.id,
        detected_year=rng.choice(YEARS),
        field=field,
        position=who.facts.position,
        birth=who.facts.birth,
        sex=who.facts.sex,
        is_minority=who.facts.ethnicity != KINH,
        is_direct=not is_leader and rng.random() < 0.9,
        is_leader=is_leader,
        leads_id=leads_id if is_leader else None,
        is_hard_area=rng.random() < 0.15,
        solution=_SOLUTIONS.get(field) if rng.random() < 0.6 else None,
        story=_STORY if rng.random() < 0.6 else None,
        conduct=_mostly(rng),
        initiatives=_mostly(rng),
        takes_part=_mostly(rng),
        ratings={year: rng.random() < 0.6 for year in YEARS if rng.random() < 0.85},
    )
    return ExemplarMade(facts, _awards(rng, _OF_PEOPLE), _stage(rng))


def _mostly(rng: Random) -> bool | None:
    return rng.choices((True, False, None), (90, 3, 7))[0]


def _stage(rng: Random) -> Stage:
    return rng.choices(tuple(Stage), (30, 35, 20, 15))[0]


def _awards(rng: Random, codes: tuple[str, ...]) -> tuple[AwardFacts, ...]:
    names = {kind.code: kind.name for kind in STANDARD_KINDS}
    chosen = rng.sample(codes, rng.choice((0, 1, 1, 2)))
    return tuple(
        AwardFacts(
            code,
            names[code],
            rng.choice(YEARS),
            f"{rng.randint(100, 2900)}/QĐ-BHXH",
            "Tổng Giám đốc BHXH Việt Nam",
        )
        for code in dict.fromkeys(chosen)
    )
