"""Which units hold which congress, what it is called, where its delegates go."""

from congress_app.congresses import placing
from congress_app.congresses.placing import Place
from congress_app.congresses.presets import GUIDANCE_2020, STRUCTURE_2025
from congress_app.congresses.rulebook import Level

ROOT = Place(1, "VN", "BHXH Việt Nam", "nganh", "/1/")
CENTRAL = Place(2, "KCQ", "Khối cơ quan BHXH Việt Nam", "khoi_co_quan", "/1/2/")
BUREAU = Place(3, "KCQ.TDKT", "Vụ Thi đua - Khen thưởng", "don_vi_truc_thuoc", "/1/2/3/")
DESK = Place(4, "KCQ.TDKT.1", "Phòng Tổng hợp", "phong", "/1/2/3/4/")
PROVINCE = Place(5, "10", "BHXH tỉnh Lào Cai", "tinh", "/1/5/")
DISTRICT = Place(6, "10.082", "BHXH huyện Bát Xát", "huyen", "/1/5/6/")
DIVISION = Place(7, "10.P1", "Phòng Quản lý thu", "phong", "/1/5/7/")
OFFICE = Place(8, "10.CS1", "BHXH cơ sở Sa Pa", "co_so", "/1/5/8/")
ALL = [ROOT, CENTRAL, BUREAU, DESK, PROVINCE, DISTRICT, DIVISION, OFFICE]
KNOWN = {place.id: place for place in ALL}


def test_units_of_each_level_in_2020():
    assert placing.by_level(GUIDANCE_2020, ALL) == {
        Level.BASE: [BUREAU, DISTRICT, DIVISION],
        Level.UPPER_BASE: [CENTRAL, PROVINCE],
        Level.NATIONAL: [ROOT],
    }


def test_a_base_office_holds_the_base_conference_of_2025():
    assert placing.by_level(STRUCTURE_2025, ALL)[Level.BASE] == [BUREAU, DIVISION, OFFICE]


def test_one_unit_and_all_units_are_placed_alike():
    for book in (GUIDANCE_2020, STRUCTURE_2025):
        placed = {
            place: level
            for level, places in placing.by_level(book, ALL).items()
            for place in places
        }
        assert {place: placing.level_of(book, place, KNOWN) for place in ALL} == {
            place: placed.get(place) for place in ALL
        }


def test_a_desk_inside_a_central_unit_holds_none():
    assert placing.level_of(GUIDANCE_2020, DESK, KNOWN) is None
    assert placing.level_of(GUIDANCE_2020, OFFICE, KNOWN) is None


def test_elected_delegates_go_to_the_nearest_congress_above():
    def above(level, place):
        return placing.unit_above(GUIDANCE_2020, level, place, KNOWN)

    assert above(Level.BASE, DISTRICT) == PROVINCE
    assert above(Level.BASE, BUREAU) == CENTRAL
    assert above(Level.UPPER_BASE, PROVINCE) == ROOT
    assert above(Level.NATIONAL, ROOT) is None
    assert placing.unit_above(GUIDANCE_2020, Level.BASE, DISTRICT, {6: DISTRICT}) is None


def test_proposed_names():
    def name(level, place):
        return placing.proposed_name(GUIDANCE_2020, level, place, KNOWN)

    assert name(Level.UPPER_BASE, PROVINCE) == "Hội nghị điển hình tiên tiến BHXH tỉnh Lào Cai"
    assert name(Level.BASE, DISTRICT) == "Hội nghị điển hình tiên tiến BHXH huyện Bát Xát"
    assert name(Level.BASE, DIVISION) == (
        "Hội nghị điển hình tiên tiến Phòng Quản lý thu, BHXH tỉnh Lào Cai"
    )
    assert name(Level.NATIONAL, ROOT) == "Đại hội Thi đua yêu nước ngành BHXH lần thứ V"


def test_the_units_above_come_nearest_first():
    assert DESK.ancestor_ids == (3, 2, 1)
    assert ROOT.ancestor_ids == ()
