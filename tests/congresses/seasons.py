"""A small country for the tests of this chapter: one root, two upper-base units, bases."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.congresses import services
from congress_app.congresses.models import Congress, Season
from congress_app.congresses.plan import Plan
from congress_app.kernel.permissions import Actor, system_actor
from congress_app.units.models import Unit
from tests import builders

ACTOR: Actor = system_actor("Ban Tổ chức")


@dataclass(frozen=True)
class Country:
    """Units by their part in the guidance, and the season of 2020."""

    root: Unit
    central: Unit
    bureau: Unit
    province: Unit
    district: Unit
    division: Unit
    season: Season

    @property
    def uppers(self) -> tuple[Unit, Unit]:
        """The units that hold upper-base congresses, in protocol order."""
        return self.central, self.province


def a_country() -> Country:
    """Root, Khối cơ quan with one bureau, Lào Cai with a district and a department."""
    root = builders.a_unit("VN", kind="nganh", name="BHXH Việt Nam")
    central = builders.a_unit("KCQ", root, "khoi_co_quan", name="Khối cơ quan BHXH Việt Nam")
    bureau = builders.a_unit(
        "KCQ.TDKT", central, "don_vi_truc_thuoc", name="Vụ Thi đua - Khen thưởng", headcount=12
    )
    province = builders.a_unit("10", root, "tinh", name="BHXH tỉnh Lào Cai")
    district = builders.a_unit("10.082", province, "huyen", name="BHXH huyện Bát Xát", headcount=18)
    division = builders.a_unit("10.P1", province, "phong", name="Phòng Quản lý thu", headcount=None)
    season = services.create_season("Lần thứ V", "2020", actor=ACTOR)
    return Country(root, central, bureau, province, district, division, season)


def a_plan(country: Country, unit: Unit, **fields: object) -> Congress:
    """The congress of one unit with a plan of these fields."""
    return services.plan(country.season, unit, Plan(**fields), actor=ACTOR)  # type: ignore[arg-type]
