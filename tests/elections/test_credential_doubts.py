"""What the data say against a delegate."""

from __future__ import annotations

from congress_app.congresses.rulebook import Category, SubCategory
from congress_app.delegates.registration import GroundFacts, PersonFacts
from congress_app.elections.credential_classes import DelegateFacts
from congress_app.elections.credential_doubts import doubts
from congress_app.kernel.partial_date import PartialDate

LINES = (
    SubCategory("leaders", Category.OFFICIAL, "Lãnh đạo BHXH tỉnh"),
    SubCategory("fighter", Category.OFFICIAL, "Chiến sĩ thi đua ngành", award=True),
)
LEADER = (GroundFacts("Lãnh đạo BHXH tỉnh", "leaders"),)


def facts(number: int, name: str = "Lê Hòa", **more: object) -> DelegateFacts:
    """An official delegate with a ground, unless told otherwise."""
    given = {"category": "official", "grounds": LEADER, "number": number, **more}
    person = given.pop("person", None) or PersonFacts(name, unit_id=number)
    return DelegateFacts(number, person=person, **given)  # type: ignore[arg-type]


def told(*delegates: DelegateFacts) -> dict[int, list[tuple[str, str]]]:
    """Kind and words of every doubt."""
    found = doubts(delegates, LINES, (2015, 2019))
    return {
        number: [(point.doubt.value, str(point.sentence)) for point in points]
        for number, points in found.items()
    }


def test_nothing_speaks_against_a_complete_delegate() -> None:
    assert told(facts(1), facts(2, "Trần An")) == {}


def test_grounds() -> None:
    found = told(
        facts(1, grounds=()),
        facts(2, "Trần An", grounds=(GroundFacts("CSTĐ", "fighter", 2021),)),
        facts(3, "Ngô Bình", category="elected", delegation="BHXH A"),
    )
    assert found == {
        1: [("no_ground", "Chưa ghi căn cứ tham dự.")],
        2: [("award_year", "Căn cứ “CSTĐ”: năm 2021 nằm ngoài 2015–2019.")],
        3: [
            (
                "other_category",
                (
                    "Căn cứ “Lãnh đạo BHXH tỉnh” thuộc thành phần Đại biểu chính thức, nhưng ghi "
                    "danh là Đại biểu bầu."
                ),
            )
        ],
    }


def test_exceptions_and_delegations() -> None:
    bau = (GroundFacts("Bầu tại hội nghị"),)
    assert told(
        facts(1, exception_document="12/QĐ-BHXH"),
        facts(2, "Trần An", category="elected", grounds=bau),
    ) == {
        1: [("excepted", "Ghi danh vượt số lượng theo ngoại lệ 12/QĐ-BHXH.")],
        2: [("no_delegation", "Là đại biểu bầu nhưng không thuộc đoàn nào được phân bổ chỉ tiêu.")],
    }


def test_namesakes_are_told_on_both_sides() -> None:
    born = PartialDate(1980, 5, 7)
    one = facts(1, person=PersonFacts("Lê Hòa", born, unit_id=1))
    other = facts(2, person=PersonFacts("Lê Hoà", born, unit_id=2))
    stranger = facts(3, person=PersonFacts("Lê Hòa", PartialDate(1970, 1, 1), unit_id=1))
    found = told(one, other, stranger)
    words = "cùng họ tên và ngày sinh, khác đơn vị"
    assert found == {
        1: [("alike", f"Có thể là một người với Lê Hoà, số 2: {words}.")],
        2: [("alike", f"Có thể là một người với Lê Hòa, số 1: {words}.")],
    }
