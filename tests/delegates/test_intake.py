"""What a batch of registrations does, decided from values alone."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from congress_app.congresses.rulebook import Category
from congress_app.delegates.book import NEW_PERSON, Act, Book, Entry, Held
from congress_app.delegates.credentials import CapStatus
from congress_app.delegates.duplicates import Known, People
from congress_app.delegates.intake import plan
from congress_app.delegates.merging import merge, overlay
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.kernel.partial_date import PartialDate

DAY = PartialDate(1980, 7, 5)
COUNTED = ("guest", "official", "elected")
PATHS = {1: "/1/", 2: "/1/2/", 3: "/1/3/", 4: "/1/2/4/"}
NAMES = {1: "BHXH tỉnh", 2: "BHXH huyện A", 3: "BHXH huyện B", 4: "Phòng Thu"}


def ask(
    name: str,
    category: Category = Category.OFFICIAL,
    unit: int | None = 2,
    birth: PartialDate | None = DAY,
    row: int = 0,
    **more: object,
) -> Entry:
    person = PersonFacts(name, birth, unit_id=unit)
    return Entry(Registration(person, category, **more), row)  # type: ignore[arg-type]


def book(
    known: Mapping[int, PersonFacts] | None = None,
    held: tuple[Held, ...] = (),
    limit: int | None = None,
    by_category: Mapping[str, int] | None = None,
    seats: Mapping[int, int] | None = None,
    elected: Mapping[int | None, int] | None = None,
) -> Book:
    return Book(
        congress_path="/1/",
        people=People(Known(number, facts) for number, facts in (known or {}).items()),
        held={place.person_id: place for place in held},
        cap=CapStatus(limit, COUNTED, by_category or {}),
        seats=seats,
        elected=elected or {},
        unit_paths=PATHS,
        unit_names=NAMES,
    )


STORED = PersonFacts("Lê Thị Hòa", DAY, sex="F", unit_id=2, phone="0912345678")
HELD = Held(9, 7, "official", "confirmed", 2, (GroundFacts("CSTĐ", "fighter", 2017),))


def test_a_new_person_joins_the_delegation_of_her_unit() -> None:
    decided = plan([ask("Lê An", unit=4), ask("Trần Bình", unit=1)], book())
    assert decided.problems == []
    assert [(s.act, s.delegation_id) for s in decided.steps] == [(Act.CREATE, 2), (Act.CREATE, 1)]


def test_a_guest_from_outside_has_no_delegation() -> None:
    (step,) = plan([ask("Lê An", Category.GUEST, unit=None)], book()).steps
    assert step.delegation_id is None


def test_the_same_person_is_taken_again() -> None:
    (step,) = plan([ask("LÊ THỊ HÒA")], book({7: STORED})).steps
    assert (step.act, step.person_id, step.person) == (Act.JOIN, 7, STORED)


def test_a_sheet_sent_twice_changes_nothing() -> None:
    (step,) = plan([ask("Lê Thị Hòa")], book({7: STORED}, (HELD,))).steps
    assert (step.act, step.person_changed) == (Act.KEEP, False)


def test_one_person_counts_once_and_keeps_both_grounds() -> None:
    entry = ask("Lê Thị Hòa", Category.ELECTED, grounds=(GroundFacts("Được bầu", "elected"),))
    filled = book({7: STORED}, (HELD,), limit=1, by_category={"official": 1})
    decided = plan([entry], filled)
    assert decided.problems == []
    (step,) = decided.steps
    assert step.act is Act.UPDATE
    assert step.registration.category is Category.ELECTED
    assert [ground.code for ground in step.registration.grounds] == ["fighter", "elected"]


def test_becoming_elected_asks_the_quota() -> None:
    filled = book({7: STORED}, (HELD,), seats={2: 1}, elected={2: 1})
    decided = plan([ask("Lê Thị Hòa", Category.ELECTED)], filled)
    assert [problem.code for problem in decided.problems] == ["over_quota"]


def test_a_withdrawn_delegate_is_not_brought_back_by_a_sheet() -> None:
    gone = Held(9, 7, "official", "withdrawn", 2)
    decided = plan([ask("Lê Thị Hòa")], book({7: STORED}, (gone,), limit=0))
    assert decided.problems == []
    assert decided.steps[0].held == gone


def test_likeness_is_a_question() -> None:
    decided = plan([ask("Lê Thị Hoà", row=5)], book({7: STORED}))
    (problem,) = decided.problems
    assert (problem.code, problem.index) == ("duplicate_in_database", 0)
    assert [candidate.person_id for candidate in problem.candidates] == [7]
    assert "BHXH huyện A" in str(problem.sentence)
    assert decided.steps == []


def test_the_answer_may_be_the_stored_person_or_somebody_new() -> None:
    entry = ask("Lê Thị Hoà", row=5)
    (same,) = plan([entry], book({7: STORED}), {5: 7}).steps
    assert (same.act, same.person_id, same.person.full_name) == (Act.JOIN, 7, "Lê Thị Hoà")
    (new,) = plan([entry], book({7: STORED}), {5: NEW_PERSON}).steps
    assert (new.act, new.person_id) == (Act.CREATE, None)


def test_an_answer_that_names_nobody_asked_about_is_asked_anew() -> None:
    stranger = PersonFacts("Trần Thu Xuân", PartialDate(1972), unit_id=3)
    entries = [ask("Lê Thị Hoà", row=5), ask("Võ Người Lạ", row=6)]
    decided = plan(entries, book({7: STORED, 8: stranger}), {5: 8, 6: 8})
    assert decided.steps == []
    assert [
        (p.code, p.answerable, [one.person_id for one in p.candidates]) for p in decided.problems
    ] == [("stale_answer", True, [7]), ("stale_answer", True, [])]
    assert str(decided.problems[1].sentence) == (
        "Câu hỏi về “Võ Người Lạ” đã cũ: người bạn chọn không nằm trong những người đang được "
        "hỏi. Chưa ghi gì. Hãy xem lại và chọn lại."
    )
    unknown = plan([ask("Lê Thị Hoà", row=5)], book({7: STORED}), {5: 99})
    assert [problem.code for problem in unknown.problems] == ["stale_answer"]


def test_where_one_is_certain_nobody_else_may_be_named() -> None:
    moved = PersonFacts("Lê Thị Hòa", DAY, unit_id=3)
    stored = book({7: STORED, 8: moved})
    (problem,) = plan([ask("Lê Thị Hòa", row=5)], stored, {5: 8}).problems
    assert (problem.code, [one.person_id for one in problem.candidates]) == ("stale_answer", [7])
    (step,) = plan([ask("Lê Thị Hòa", row=5)], stored, {5: 7}).steps
    assert (step.person_id, step.person_changed) == (7, False)


def test_of_two_who_are_stored_alike_the_one_named_is_taken() -> None:
    stored = book({7: STORED, 8: STORED})
    assert [
        plan([ask("Lê Thị Hòa", row=5)], stored, answer).steps[0].person_id
        for answer in ({}, {5: 7}, {5: 8})
    ] == [7, 7, 8]


def test_twice_in_the_file() -> None:
    rows = [ask("Lê An", row=3), ask("LÊ AN", row=8), ask("Le An", row=9)]
    problems = plan(rows, book()).problems
    assert [(p.code, p.index) for p in problems] == [
        ("duplicate_in_file", 1),
        ("duplicate_in_file", 2),
    ]
    assert str(problems[0].sentence) == (
        "“LÊ AN” đã có ở dòng 3 của tệp này. Hãy bỏ một trong hai dòng."
    )


def test_namesakes_in_the_file_pass_when_told_apart() -> None:
    rows = [ask("Lê Hương", row=3), ask("Lê Hường", row=4)]
    assert [p.code for p in plan(rows, book()).problems] == ["duplicate_in_file"]
    assert plan(rows, book(), {4: NEW_PERSON}).problems == []
    stored = {1: rows[0].registration.person, 2: rows[1].registration.person}
    assert plan(rows, book(stored)).problems == []


def test_namesakes_of_two_units_are_two_people_in_a_file() -> None:
    rows = [ask("Lê An", unit=2, row=3), ask("Lê An", unit=3, row=4)]
    assert plan(rows, book()).problems == []


def test_two_rows_cannot_be_one_stored_person() -> None:
    rows = [ask("Lê Thị Hòa", row=3), ask("Lê Thị Hòa", unit=3, row=4)]
    decided = plan(rows, book({7: STORED}), {4: 7})
    assert [(p.code, p.index) for p in decided.problems] == [("duplicate_in_file", 1)]


def test_cap_and_quota_are_told_together() -> None:
    rows = [ask("Lê An", Category.ELECTED, row=3), ask("Lê Bình", Category.ELECTED, row=4)]
    decided = plan(rows, book(limit=1, seats={2: 1}))
    assert [(p.code, p.index) for p in decided.problems] == [("over_cap", 1), ("over_quota", 1)]


def test_a_unit_without_a_line_has_no_seat() -> None:
    decided = plan([ask("Lê An", Category.ELECTED, unit=3)], book(seats={2: 4}))
    assert [str(p.sentence)[:33] for p in decided.problems] == ["Đoàn BHXH huyện B đã có 0/0 đại b"]


def test_blank_never_erases_and_vaguer_never_replaces() -> None:
    asked = PersonFacts("Le Thi Hoa", PartialDate(1980), position="Trưởng phòng", unit_id=3)
    assert overlay(STORED, asked) == PersonFacts(
        "Lê Thị Hòa", DAY, sex="F", position="Trưởng phòng", unit_id=3, phone="0912345678"
    )


def test_a_finer_birth_date_and_an_accented_name_are_taken() -> None:
    stored = PersonFacts("Le Thi Hoa", PartialDate(1980), unit_id=2, organisation="cũ")
    asked = PersonFacts("Lê Thị Hòa", DAY, unit_id=2)
    assert overlay(stored, asked) == asked


FACTS = st.builds(
    PersonFacts,
    full_name=st.sampled_from(["Lê An", "Le An", "LÊ AN"]),
    birth=st.sampled_from([None, PartialDate(1980), PartialDate(1980, 7), DAY]),
    sex=st.sampled_from(["M", "F", None]),
    unit_id=st.sampled_from([1, 2, None]),
    phone=st.sampled_from(["0912345678", None]),
)


@given(FACTS, FACTS)
def test_overlay_is_settled_after_once(stored: PersonFacts, asked: PersonFacts) -> None:
    once = overlay(stored, asked)
    assert overlay(once, asked) == once


@given(st.lists(st.sampled_from(["a", "b", "c"])), st.lists(st.sampled_from(["a", "b", "c"])))
def test_grounds_are_kept_and_never_doubled(before: list[str], asked: list[str]) -> None:
    held = Held(1, 1, "official", "confirmed", 2, tuple(map(GroundFacts, dict.fromkeys(before))))
    registration = Registration(STORED, Category.OFFICIAL, tuple(map(GroundFacts, asked)))
    merged = [ground.text for ground in merge(held, registration, ()).grounds]
    assert set(merged) == set(before) | set(asked)
    assert merged[: len(set(before))] == list(dict.fromkeys(before))


ENTRIES = st.lists(
    st.builds(
        ask,
        name=st.sampled_from(["Lê An", "Lê Án", "Trần Quý", "Trần Quí", "Hồ Ba", "Vũ Tư"]),
        category=st.sampled_from(list(Category)),
        unit=st.sampled_from([2, 3]),
    ),
    max_size=12,
)


@given(ENTRIES, st.integers(0, 6), st.sampled_from([None, {2: 1, 3: 2}, {2: 0}]))
def test_a_plan_without_problems_keeps_cap_and_quota(
    asked: list[Entry], limit: int, seats: dict[int, int] | None
) -> None:
    entries = [Entry(entry.registration, row) for row, entry in enumerate(asked, start=2)]
    decided = plan(entries, book(limit=limit, seats=seats))
    assert len(decided.steps) + sum(
        problem.code == "duplicate_in_file" for problem in decided.problems
    ) == len(entries)
    if not decided.problems:
        assert len(decided.steps) <= limit
        for unit, most in (seats or {}).items():
            assert (
                sum(
                    s.delegation_id == unit and s.registration.category is Category.ELECTED
                    for s in decided.steps
                )
                <= most
            )
