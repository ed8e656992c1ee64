"""Names come up, ask to be let go, are decided on, and the list is adopted with figures."""

from __future__ import annotations

import pytest

from congress_app.database import db
from congress_app.delegates.committees import OpenVote
from congress_app.delegates.models import Person
from congress_app.delegates.registration import PersonFacts
from congress_app.elections import candidate_queries, candidate_services, setup_services
from congress_app.elections.acts import NominatedBy
from congress_app.elections.conduct import Nomination
from congress_app.elections.models import Candidate, Election
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.partial_date import PartialDate
from tests import builders
from tests.elections.voting import CHAIR

BY_UNIT = NominatedBy(Nomination.UNIT)
CARRIED = OpenVote(100, 90, 6, 4)


@pytest.fixture
def election(app) -> Election:
    return setup_services.create(builders.an_electing_congress(3), actor=CHAIR)


def a_name(election: Election, name: str | None = None, **columns: object) -> Candidate:
    person = builders.a_person(name, unit=election.congress.unit, **columns)
    return candidate_services.nominate(election, person, BY_UNIT, actor=CHAIR)


def test_nobody_stands_twice(election):
    candidate = a_name(election)
    with pytest.raises(Conflict) as refused:
        candidate_services.nominate(election, candidate.person, BY_UNIT, actor=CHAIR)
    assert refused.value.code == "already_candidate"


def test_somebody_new_becomes_a_person(election):
    facts = PersonFacts("Lê Thị Mới", PartialDate(1990), "F", unit_id=election.congress.unit_id)
    named = NominatedBy(Nomination.FLOOR, "Trần Văn Ân")
    candidate = candidate_services.nominate_new(election, facts, named, actor=CHAIR)
    person = candidate.person
    assert (person.full_name, person.birth_year, person.sex) == ("Lê Thị Mới", 1990, "F")
    assert (candidate.how, candidate.nominated_by) == ("floor", "Trần Văn Ân")


def test_a_name_that_may_be_somebody_known_is_asked_about(election):
    known = builders.a_person("Lê Thị Cũ", unit=election.congress.unit, birth_year=1980)
    facts = PersonFacts("Le Thi Cu", PartialDate(1980, 5, 7), unit_id=election.congress.unit_id)
    with pytest.raises(Conflict) as refused:
        candidate_services.nominate_new(election, facts, BY_UNIT, actor=CHAIR)
    assert refused.value.code == "duplicate_in_database"
    assert [one["person_id"] for one in refused.value.details] == [known.id]
    chosen = candidate_services.nominate_new(
        election, facts, BY_UNIT, actor=CHAIR, same_as=known.id
    )
    assert chosen.person_id == known.id


def test_nobody_may_be_named_who_is_not_asked_about(election):
    foreign = builders.a_person("Trần Thu Xuân", unit=election.congress.unit, birth_year=1972)
    facts = PersonFacts("Võ Người Lạ", PartialDate(1977), unit_id=election.congress.unit_id)
    with pytest.raises(Conflict) as refused:
        candidate_services.nominate_new(election, facts, BY_UNIT, actor=CHAIR, same_as=foreign.id)
    db.session.rollback()
    assert (refused.value.code, refused.value.details) == ("stale_answer", ())
    assert candidate_queries.candidates(election.id) == []


def test_another_person_of_the_same_name_can_be_entered(election):
    known = builders.a_person("Lê Thị Cũ", unit=election.congress.unit, birth_year=1980)
    facts = PersonFacts("Lê Thị Cũ", PartialDate(1980), unit_id=election.congress.unit_id)
    made = candidate_services.nominate_new(
        election, facts, BY_UNIT, actor=CHAIR, same_as=candidate_services.NEW_PERSON
    )
    assert made.person_id != known.id


def test_the_very_same_person_is_not_stored_again(election):
    known = builders.a_person("Lê Thị Cũ", unit=election.congress.unit)
    facts = PersonFacts("LÊ THỊ CŨ", PartialDate(1980, 5, 7), unit_id=election.congress.unit_id)
    made = candidate_services.nominate_new(election, facts, BY_UNIT, actor=CHAIR)
    assert made.person_id == known.id


@pytest.mark.parametrize(
    ("accept", "state", "standing"), [(True, "withdrawn", 1), (False, "withdrawal_refused", 2)]
)
def test_the_congress_decides_on_a_withdrawal(election, accept, state, standing):
    first, _second = a_name(election), a_name(election)
    candidate_services.ask_to_withdraw(election, first, "Sức khỏe", actor=CHAIR)
    assert len(candidate_queries.on_the_ballot(election.id)) == 2
    candidate_services.decide_withdrawal(election, first, accept=accept, actor=CHAIR)
    assert (first.state, first.reason, first.decided_by) == (state, "Sức khỏe", CHAIR.display_name)
    assert len(candidate_queries.on_the_ballot(election.id)) == standing


def test_nothing_is_decided_that_was_not_asked(election):
    candidate = a_name(election)
    with pytest.raises(RuleViolation) as refused:
        candidate_services.decide_withdrawal(election, candidate, accept=True, actor=CHAIR)
    assert refused.value.code == "not_asked"
    candidate_services.ask_to_withdraw(election, candidate, "Sức khỏe", actor=CHAIR)
    with pytest.raises(RuleViolation) as refused:
        candidate_services.ask_to_withdraw(election, candidate, "Lần nữa", actor=CHAIR)
    assert refused.value.code == "not_standing"


def test_the_list_is_adopted_with_its_figures(election):
    a_name(election)
    candidate_services.adopt_list(election, CARRIED, version=election.version, actor=CHAIR)
    told = (election.state, election.list_for, election.list_against, election.list_other)
    assert told == ("list_adopted", 90, 6, 4)
    with pytest.raises(Conflict) as refused:
        a_name(election)
    assert refused.value.code == "list_adopted"
    candidate_services.reopen_list(election, "Thêm người", actor=CHAIR)
    assert (election.state, election.list_for, election.list_adopted_at) == (
        "preparing",
        None,
        None,
    )
    a_name(election)


def test_an_empty_or_undecided_list_is_not_adopted(election):
    with pytest.raises(RuleViolation) as refused:
        candidate_services.adopt_list(election, CARRIED, version=election.version, actor=CHAIR)
    assert refused.value.code == "no_candidates"
    candidate = a_name(election, "Lê Xin Rút")
    candidate_services.ask_to_withdraw(election, candidate, "Sức khỏe", actor=CHAIR)
    with pytest.raises(RuleViolation, match="Lê Xin Rút") as refused:
        candidate_services.adopt_list(election, CARRIED, version=election.version, actor=CHAIR)
    assert refused.value.code == "withdrawal_undecided"


def test_a_list_without_a_majority_is_not_adopted(election):
    a_name(election)
    with pytest.raises(RuleViolation, match="50 trên 100") as refused:
        candidate_services.adopt_list(
            election, OpenVote(100, 50, 50), version=election.version, actor=CHAIR
        )
    assert refused.value.code == "list_not_carried"


def test_a_list_that_changed_hands_meanwhile_is_stale(election):
    a_name(election)
    with pytest.raises(Stale):
        candidate_services.adopt_list(election, CARRIED, version=99, actor=CHAIR)


def test_a_mistake_is_struck_and_the_person_stays(election):
    candidate = a_name(election)
    person_id = candidate.person_id
    candidate_services.strike(election, candidate, "Ghi nhầm", actor=CHAIR)
    assert candidate_queries.candidates(election.id) == []
    assert db.session.get(Person, person_id) is not None


def test_namesakes_differ_by_birth_year_and_unit(election):
    for year in (1975, 1980):
        a_name(election, "Lê Ý", birth_year=year)
    a_name(election, "Trần Văn Ân")
    listed = candidate_queries.candidates(election.id)
    unit = election.congress.unit.name
    assert sorted(str(one) for one in candidate_queries.names(listed).values()) == [
        f"Lê Ý (sinh 1975, {unit})",
        f"Lê Ý (sinh 1980, {unit})",
        "Trần Văn Ân",
    ]


def test_delegates_are_offered_first_and_others_by_name(election):
    congress = election.congress
    delegate = builders.a_delegate(congress, builders.a_person("Đỗ Đại Biểu", unit=congress.unit))
    colleague = builders.a_person("Phan Cùng Đơn Vị", unit=congress.unit)
    builders.a_person("Phan Nơi Khác", unit=builders.a_unit(parent=builders.the_root()))
    listed = builders.a_person("Phan Đã Có", unit=congress.unit)
    candidate_services.nominate(election, listed, BY_UNIT, actor=CHAIR)
    offered = candidate_queries.nominable(congress, election.id, "")
    assert [one.id for one in offered] == [delegate.person_id]
    offered = candidate_queries.nominable(congress, election.id, "phan")
    assert [one.id for one in offered] == [colleague.id]


def test_only_whom_the_page_can_find_is_nominated_by_number(election):
    congress = election.congress
    outside = builders.a_person("Ông Khách", None, organisation="Báo")
    builders.a_delegate(congress, outside, category="guest")
    gone = builders.a_person("Bà Đã Rút", None, organisation="Báo")
    builders.a_delegate(congress, gone, category="official", state="withdrawn")
    delegate = builders.a_delegate(congress, category="official")
    found = [
        candidate_queries.nominable_person(congress, number)
        for number in (outside.id, gone.id, delegate.person_id)
    ]
    assert found == [None, None, delegate.person]


def test_a_list_that_grew_since_the_page_was_opened_is_not_adopted(election):
    first = a_name(election)
    shown = election.version
    a_name(election)
    with pytest.raises(Stale):
        candidate_services.adopt_list(election, CARRIED, version=shown, actor=CHAIR)
    shown = election.version
    candidate_services.ask_to_withdraw(election, first, "Sức khỏe", actor=CHAIR)
    candidate_services.decide_withdrawal(election, first, accept=True, actor=CHAIR)
    with pytest.raises(Stale):
        candidate_services.adopt_list(election, CARRIED, version=shown, actor=CHAIR)
    shown = election.version
    candidate_services.strike(election, first, "Nhầm", actor=CHAIR)
    with pytest.raises(Stale):
        candidate_services.adopt_list(election, CARRIED, version=shown, actor=CHAIR)
