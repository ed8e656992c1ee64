"""What a sheet would change."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.units.sheets import HEADERS, ORIGIN, faults, proposed, stored

VN = stored("VN")
KCQ = stored("KCQ", VN, kind="khoi_co_quan", precedence=1)
HANOI = stored(
    "01",
    VN,
    precedence=2,
    headcount=1200,
    headcount_source="BC 12",
    headcount_date=date(2019, 12, 31),
    is_pilot=True,
    cluster="Cụm 1",
)
TREE = (VN, KCQ, HANOI)
ALL = (*HEADERS, "Cụm thi đua", "Nguồn số liệu", "Ngày số liệu")


def fields(proposal):
    return [dict(change.fields) for change in proposal.changes]


def test_a_new_unit_tells_all_it_will_be():
    proposal = proposed(("02", "Hà Giang", "tinh", "VN", 250, None, "x"), tree=TREE)
    assert fields(proposal) == [
        {
            "name": (None, "Hà Giang"),
            "kind": (None, "tinh"),
            "parent": (None, "VN"),
            "precedence": (None, 3),
            "headcount": (None, 250),
            "headcount_source": (None, "don-vi.xlsx"),
            "headcount_date": (None, date(2020, 6, 15)),
            "is_pilot": (None, True),
        }
    ]
    assert (proposal.created, proposal.updated, proposal.unchanged) == (1, 0, 0)


def test_a_stored_unit_tells_each_field_before_and_after():
    proposal = proposed(("01", "BHXH TP. Hà Nội", "tinh", "VN", 1250, 5, None), tree=TREE)
    assert fields(proposal) == [
        {
            "name": ("Tên 01", "BHXH TP. Hà Nội"),
            "precedence": (2, 5),
            "headcount": (1200, 1250),
            "headcount_source": ("BC 12", "don-vi.xlsx"),
            "headcount_date": (date(2019, 12, 31), date(2020, 6, 15)),
            "is_pilot": (True, False),
        }
    ]
    assert (proposal.created, proposal.updated, proposal.unchanged) == (0, 1, 0)


def test_blank_cells_keep_what_is_stored():
    proposal = proposed(("01", "Tên 01", "tinh", "VN", None, None, "x"), tree=TREE)
    assert (proposal.changes, proposal.unchanged) == ((), 1)


def test_the_row_names_the_source_of_its_number():
    row = ("01", "Tên 01", "tinh", "VN", 1250, None, "x", None, "BC 20", "30/06/2020")
    assert fields(proposed(row, tree=TREE, headers=ALL)) == [
        {
            "headcount": (1200, 1250),
            "headcount_source": ("BC 12", "BC 20"),
            "headcount_date": (date(2019, 12, 31), date(2020, 6, 30)),
        }
    ]


def test_new_units_follow_the_last_ones_in_the_order_of_the_file():
    proposal = proposed(
        ("04", "Cao Bằng", "tinh", "VN", 1),
        ("02", "Hà Giang", "tinh", "VN", 1),
        ("01.P", "Phòng", "phong", "01", 1),
        ("06", "Bắc Kạn", "tinh", "VN", 1, 1),
        ("08", "Tuyên Quang", "tinh", "VN", 1),
        tree=TREE,
    )
    numbers = {change.draft.code: change.draft.precedence for change in proposal.changes}
    assert numbers == {"04": 3, "02": 4, "01.P": 1, "06": 1, "08": 5}


def test_a_move_by_sheet_goes_to_the_end_of_its_new_parent():
    office = stored("01.P", HANOI, kind="phong", precedence=1)
    proposal = proposed(("01.P", "Tên 01.P", "phong", "kcq", None), tree=(*TREE, office))
    assert fields(proposal) == [{"parent": ("01", "KCQ")}]
    other = stored("KCQ.P", KCQ, kind="phong", precedence=7)
    proposal = proposed(("01.P", "Tên 01.P", "phong", "KCQ", None), tree=(*TREE, office, other))
    assert fields(proposal) == [{"parent": ("01", "KCQ"), "precedence": (1, 8)}]


def test_a_cluster_is_known_by_its_name_without_accents():
    same = ("01", "Tên 01", "tinh", "VN", None, None, "x", "CUM 1")
    other = ("02", "Hà Giang", "tinh", "VN", None, None, None, "cụm 1")
    proposal = proposed(same, other, tree=TREE, headers=ALL)
    assert [(change.draft.code, change.draft.cluster) for change in proposal.changes] == [
        ("02", "Cụm 1")
    ]
    assert proposal.unchanged == 1


def test_who_may_not_put_units_into_clusters_names_no_other_one():
    rows = (
        ("01", "Tên 01", "tinh", "VN", None, None, "x", "cụm 1"),
        ("KCQ", "Tên KCQ", "khoi_co_quan", "VN", None, None, None, "Cụm 1"),
        ("02", "Hà Giang", "tinh", "VN", None, None, None, "Cụm 9"),
        ("03", "Cao Bằng", "tinh", "VN", None, None, None, None),
    )
    refused = proposed(*rows, tree=TREE, headers=ALL, clusters=False)
    assert faults(refused) == [
        (3, "H", "Cụm 1", "outside_reach"),
        (4, "H", "Cụm 9", "outside_reach"),
    ]
    kept = proposed(rows[0], rows[3], tree=TREE, headers=ALL, clusters=False)
    assert [change.draft.code for change in kept.changes] == ["03"]


def test_a_row_outside_ones_reach_does_not_tell_its_cluster():
    row = ("01", "Tên 01", "tinh", "VN", None, None, "x", "Cụm 2")
    refused = proposed(row, tree=TREE, headers=ALL, clusters=False, reach=(KCQ.path,))
    assert faults(refused) == [(2, "A", "01", "outside_reach")]


def test_a_number_that_repeats_those_below_is_noted_but_not_refused():
    proposal = proposed(
        ("02", "Hà Giang", "tinh", "VN", 250),
        ("02.1", "Đồng Văn", "huyen", "02", 100),
        ("02.2", "Mèo Vạc", "huyen", "02", 1400),
        ("02.3", "Yên Minh", "huyen", "02", 150),
        tree=TREE,
    )
    assert (faults(proposal), proposal.notes) == ([], ())
    proposal = proposed(
        ("02", "Hà Giang", "tinh", "VN", 1650),
        ("02.1", "Đồng Văn", "huyen", "02", 250),
        ("02.2", "Mèo Vạc", "huyen", "02", 1400),
        tree=TREE,
    )
    assert [str(note)[:70] for note in proposal.notes] == [
        "Đơn vị “02” ghi 1.650 người, bằng hoặc hơn tổng các đơn vị bên dưới (1.650)"[:70]
    ]


def test_the_digest_is_of_the_changes_alone():
    row = ("02", "Hà Giang", "tinh", "VN", 250)
    digest = proposed(row, tree=TREE).digest
    assert proposed(row, tree=TREE).digest == digest
    assert proposed(("02", "Hà Giang", "tinh", "VN", 251), tree=TREE).digest != digest
    moved_on = (VN, KCQ, stored("01", VN, precedence=9))
    assert proposed(row, tree=moved_on).digest != digest


names = st.text("abcđêô ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(names, st.integers(0, 500), st.booleans()), min_size=1, max_size=12))
def test_a_sheet_written_once_changes_nothing_the_second_time(units):
    rows = [
        (f"P{number}", name, "phong", "01", count, None, "x" if pilot else None)
        for number, (name, count, pilot) in enumerate(units)
    ]
    first = proposed(*rows, tree=TREE)
    assert first.created == len(rows)
    after = tuple(
        stored(
            one.draft.code,
            HANOI,
            name=one.draft.name,
            kind=one.draft.kind,
            precedence=one.draft.precedence,
            headcount=one.draft.headcount,
            headcount_source=ORIGIN.filename,
            headcount_date=ORIGIN.today,
            is_pilot=one.draft.is_pilot,
        )
        for one in first.changes
    )
    second = proposed(*rows, tree=(*TREE, *after))
    assert (second.changes, second.unchanged) == ((), len(rows))
