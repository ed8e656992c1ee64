"""The report adds up whatever the data, and never drops what is not known."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.congresses.rulebook import Category, Choice, SubCategory
from congress_app.delegates.registration import GroundFacts, PersonFacts
from congress_app.elections import credential_report
from congress_app.elections.credential_classes import DelegateFacts
from congress_app.elections.credential_counting import TABLE_TITLES, report
from congress_app.elections.credential_report import (
    Ages,
    CredentialReport,
    Line,
    Setting,
    Somebody,
    Table,
    tenths,
)
from congress_app.elections.credential_sheet import share
from congress_app.kernel.partial_date import PartialDate, parse
from congress_app.kernel.vietnamese import percent

LINES = (
    SubCategory("leaders", Category.OFFICIAL, "Lãnh đạo"),
    SubCategory("fighter", Category.OFFICIAL, "Chiến sĩ thi đua", award=True),
)
FIELDS = (Choice("it", "Công nghệ thông tin"),)
SETTING = Setting("2020-06-15T01:00:00+00:00", "Phiên khai mạc", 2020, guests=7, nominated=2)
BIRTHS = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(1940, 2000)),
    st.builds(PartialDate, st.integers(1940, 2000), st.integers(1, 12), st.integers(1, 28)),
)
WORDS = st.sampled_from([None, "", "Đại học", "Thạc sĩ", "Cao cấp", "gì đó", "CSTĐ cơ sở"])
PEOPLE = st.builds(
    PersonFacts,
    full_name=st.just("Nguyễn Văn An"),
    birth=BIRTHS,
    sex=st.sampled_from(["M", "F", None]),
    ethnicity=st.sampled_from(["Kinh", "Tày", None]),
    organisation=st.sampled_from([None, "Báo"]),
    education=WORDS,
    political_theory=WORDS,
    party_member=st.sampled_from([True, False, None]),
    honours=WORDS,
)
GROUNDS = st.lists(
    st.builds(GroundFacts, st.just("Căn cứ"), st.sampled_from(["leaders", "fighter", None])),
    max_size=2,
).map(tuple)
DELEGATES = st.lists(
    st.builds(
        DelegateFacts,
        delegate_id=st.integers(1, 10_000),
        category=st.sampled_from(["official", "elected"]),
        person=PEOPLE,
        delegation=st.sampled_from([None, "BHXH A", "BHXH B"]),
        kind=st.sampled_from([None, "tinh", "huyen"]),
        field=st.sampled_from([None, "it", "lĩnh vực riêng"]),
        grounds=GROUNDS,
        ruling=st.sampled_from([None, "valid", "not_qualified", "pending"]),
        reason=st.just("lý do"),
    ),
    max_size=30,
    unique_by=lambda one: one.delegate_id,
)


def counted(delegates: list[DelegateFacts], *present: int) -> CredentialReport:
    """The report with a small rulebook."""
    return report(delegates, present, (), setting=SETTING, lines=LINES, fields=FIELDS)


@given(DELEGATES, st.data())
def test_every_table_sums_to_those_convened(
    delegates: list[DelegateFacts], data: st.DataObject
) -> None:
    ids = [one.delegate_id for one in delegates]
    present = data.draw(st.lists(st.sampled_from(ids), unique=True) if ids else st.just([]))
    excused = data.draw(st.lists(st.sampled_from(ids), unique=True) if ids else st.just([]))
    made = report(delegates, present, excused, setting=SETTING, lines=LINES, fields=FIELDS)
    assert [table.key for table in made.tables] == list(TABLE_TITLES)
    for table in made.tables:
        assert (table.convened, table.present) == (made.convened, made.present)
        assert table.lines[-1].key == "unknown"
        assert all(0 <= line.present <= line.convened for line in table.lines)
        assert len({line.key for line in table.lines}) == len(table.lines)
        for line in table.lines:
            if made.convened:
                assert share(line.tenths) == percent(line.convened, made.convened)
        assert table.is_uneven is (bool(delegates) and table.tenths != 1000)
    assert made.convened == len(delegates)
    assert made.present + made.excused + made.absent == made.convened
    assert made.absent >= 0
    assert made.ages.known + made.ages.unknown == made.convened
    assert made.count("age", "unknown") == made.ages.unknown
    assert len(made.not_qualified) == made.count("ruling", "not_qualified")
    assert len(made.pending) == made.count("ruling", "pending")


@given(DELEGATES)
def test_a_report_survives_being_kept(delegates: list[DelegateFacts]) -> None:
    made = counted(delegates)
    body = credential_report.to_json(made)
    kept = json.loads(json.dumps(body))
    assert credential_report.from_json(kept) == made
    assert credential_report.digest(kept) == credential_report.digest(body)


@given(DELEGATES)
def test_the_order_of_delegates_changes_no_count(delegates: list[DelegateFacts]) -> None:
    one, other = counted(delegates), counted(list(reversed(delegates)))
    for key in TABLE_TITLES:
        lines = [(line.key, line.convened, line.tenths) for line in one.table(key).lines]
        turned = [(line.key, line.convened, line.tenths) for line in other.table(key).lines]
        assert sorted(lines) == sorted(turned)
    assert one.ages.average_tenths == other.ages.average_tenths
    assert set(one.ages.youngest) == set(other.ages.youngest)


@given(st.integers(1, 3000), st.data())
def test_a_share_never_contradicts_its_count(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    shown = tenths(part, whole)
    assert (shown == 0) is (part == 0)
    assert (shown == 1000) is (part == whole)
    if 1 < shown < 999:
        assert abs(shown * whole - 1000 * part) * 2 <= whole


def person(name: str, birth: PartialDate | None, **facts: object) -> PersonFacts:
    """Somebody born then."""
    return PersonFacts(name, birth, **facts)  # type: ignore[arg-type]


def test_a_small_congress_to_the_last_figure() -> None:
    made = counted(
        [
            DelegateFacts(
                1,
                "official",
                person("Lê Hòa", PartialDate(1970, 3, 2), sex="F", ethnicity="Tày"),
                unit="BHXH A",
                delegation="BHXH A",
                kind="huyen",
                field="it",
                grounds=(GroundFacts("Lãnh đạo", "leaders"),),
                ruling="valid",
            ),
            DelegateFacts(
                2, "elected", person("Trần An", PartialDate(1990), sex="M"), unit="BHXH B"
            ),
            DelegateFacts(
                3,
                "elected",
                person("Ngô Bình", None, sex="M", party_member=False),
                unit="BHXH B",
                ruling="pending",
                reason="thiếu biên bản bầu",
            ),
        ],
        1,
        3,
    )
    assert (made.convened, made.present, made.excused, made.absent) == (3, 2, 0, 1)
    assert made.table("sex") == Table(
        "sex",
        "Giới tính",
        (
            Line("M", "Nam", 2, 1, 667),
            Line("F", "Nữ", 1, 1, 333),
            Line("unknown", "Không rõ", 0, 0, 0),
        ),
    )
    assert [(line.key, line.convened) for line in made.table("route").lines] == [
        ("by_office", 1),
        ("by_election", 2),
        ("by_appointment", 0),
        ("unknown", 0),
    ]
    ruling = made.table("ruling")
    assert [line.label for line in ruling.lines][-1] == "Chưa kết luận"
    assert [line.tenths for line in ruling.lines] == [333, 0, 333, 333]
    assert (ruling.tenths, ruling.is_uneven) == (999, True)
    assert made.ages == Ages(
        2020,
        2,
        1,
        400,
        (Somebody("Trần An", "BHXH B", "1990", 30),),
        (Somebody("Lê Hòa", "BHXH A", "02/03/1970", 50),),
    )
    assert made.pending == (Somebody("Ngô Bình", "BHXH B", "thiếu biên bản bầu"),)
    assert [table.key for table in made.tables if table.sensitive] == ["party", "minority"]
    assert "party" not in {table.key for table in made.public()}


@pytest.mark.parametrize(
    ("births", "youngest"),
    [
        (["03/05/1990", "04/05/1990"], ["04/05/1990"]),
        (["03/05/1990", "1990"], ["03/05/1990", "1990"]),
        (["05/1990", "1990", "03/05/1989"], ["05/1990", "1990"]),
        (["03/05/1990", "03/05/1990"], ["03/05/1990", "03/05/1990"]),
    ],
)
def test_the_youngest_of_one_year(births: list[str], youngest: list[str]) -> None:
    made = counted(
        [
            DelegateFacts(number, "official", person("An", parse(text, this_year=2020)))
            for number, text in enumerate(births)
        ]
    )
    assert [one.note for one in made.ages.youngest] == youngest


def test_nobody() -> None:
    made = counted([])
    assert (made.convened, made.ages.average_tenths, made.ages.oldest) == (0, None, ())
    assert all(not table.is_uneven for table in made.tables)
