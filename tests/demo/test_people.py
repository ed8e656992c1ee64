from __future__ import annotations

from random import Random

from congress_app.demo.people import FIRST_YEAR, LAST_YEAR, Crowd
from congress_app.demo.structure import Shape, tree


def test_staff_are_plausible_and_cannot_be_reached() -> None:
    unit = tree(Random(1), Shape(("22",), central_units=2)).hosts[1].base[0]
    crowd = Crowd(Random(2))
    people = [crowd.staff(unit) for _ in range(400)]
    births = [one.facts.birth for one in people]
    assert {birth.precision for birth in births if birth} == {"day", "month", "year"}
    assert all(birth and FIRST_YEAR <= birth.year <= LAST_YEAR for birth in births)
    phones = [one.facts.phone for one in people if one.facts.phone]
    assert len(set(phones)) == len(phones)
    assert {(phone[:4], len(phone)) for phone in phones} == {("0900", 10)}
    mails = [one.facts.email for one in people if one.facts.email]
    assert {mail.rpartition("@")[2] for mail in mails} == {"bhxh.example"}
    assert [one.id for one in people] == list(range(1, 401))


def test_of_guests_little_is_known() -> None:
    guest = Crowd(Random(1)).outsider("Sở Y tế", "Phó Giám đốc", "22").facts
    assert (guest.unit_id, guest.organisation, guest.birth, guest.ethnicity) == (
        None,
        "Sở Y tế",
        None,
        None,
    )
