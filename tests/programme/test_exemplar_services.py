"""A speech tells the model of one exemplar, once in a congress."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import system_actor
from congress_app.programme import exemplar_queries, speech_services
from congress_app.programme.facts import SpeechFacts
from congress_app.programme.models import Speech
from tests import builders


def a_model(congress: Congress, name: str = "Lê An") -> Exemplar:
    return builders.an_exemplar(name, congress.unit, solution="Thu tận nhà. Mỗi tháng một lần.")


def propose(congress: Congress, row: Exemplar) -> Speech:
    facts = exemplar_queries.draft_for(congress, row)
    return speech_services.submit(
        congress, facts, within=(congress.unit.path,), actor=system_actor()
    )


def facts_of(speech: Speech) -> SpeechFacts:
    return SpeechFacts(speech.title, None, None, speech.kind, None, 10, exemplar_id=None)


def test_a_model_is_proposed_once_and_seen_from_both_sides(app: Flask) -> None:
    congress = builders.a_congress()
    row = a_model(congress)
    speech = propose(congress, row)
    assert (speech.title, speech.exemplar_id) == ("Thu tận nhà", row.id)
    assert exemplar_queries.speeches_of(row.id) == [(congress, speech)]
    with pytest.raises(Conflict) as refused:
        propose(congress, row)
    assert refused.value.code == "exemplar_told"
    assert "Thu tận nhà" in str(refused.value.sentence)


def test_it_may_be_heard_again_at_another_congress(app: Flask) -> None:
    congress = builders.a_congress()
    row = a_model(congress)
    propose(congress, row)
    above = builders.a_congress(builders.the_root(), congress.season, level="national")
    propose(above, row)
    assert [c for c, _ in exemplar_queries.speeches_of(row.id)] == [congress, above]


def test_an_exemplar_out_of_reach_is_refused(app: Flask) -> None:
    congress = builders.a_congress()
    row = builders.an_exemplar("Lê An", builders.a_unit(parent=builders.the_root()))
    facts = SpeechFacts("Bài", None, None, "individual", None, 10, exemplar_id=row.id)
    with pytest.raises(RuleViolation) as refused:
        speech_services.submit(congress, facts, within=(congress.unit.path,), actor=system_actor())
    assert refused.value.code == "foreign_exemplar"


def test_the_link_is_taken_off_and_given_to_another_speech(app: Flask) -> None:
    congress = builders.a_congress()
    row, within, actor = a_model(congress), (congress.unit.path,), system_actor()
    first, second = propose(congress, row), builders.a_speech(congress)
    speech_services.edit(
        congress, first, facts_of(first), first.version, within=within, actor=actor
    )
    facts = replace(facts_of(second), exemplar_id=row.id)
    speech_services.edit(congress, second, facts, second.version, within=within, actor=actor)
    assert exemplar_queries.speeches_of(row.id) == [(congress, second)]


def test_the_speaker_is_the_delegate_the_exemplar_is(app: Flask) -> None:
    congress = builders.a_congress()
    row = a_model(congress)
    person = builders.a_person("Lê An", congress.unit)
    place = builders.a_delegate(congress, person)
    builders.a_link(row, person)
    assert exemplar_queries.draft_for(congress, row).delegate_id == place.id


def test_choices_leave_out_who_is_told_and_who_has_nothing_to_tell(app: Flask) -> None:
    congress = builders.a_congress()
    told, free = a_model(congress), a_model(congress, "Trần Bình")
    builders.an_exemplar("Phạm Cúc", congress.unit)
    chosen = builders.an_exemplar("Vũ Dung", congress.unit)
    builders.a_nomination(chosen, standing="selected")
    propose(congress, told)
    within, unit = (congress.unit.path,), congress.unit.name
    assert exemplar_queries.choices(congress, within) == [
        (free.id, f"Trần Bình ({unit})"),
        (chosen.id, f"Vũ Dung ({unit})"),
    ]
    assert exemplar_queries.choices(congress, within, told)[0] == (told.id, f"Lê An ({unit})")
