"""What was issued comes out again as it was."""

from __future__ import annotations

import json

import pytest

from congress_app.documents import freezing
from congress_app.formats import blocks
from tests.documents.papers import FACTS, PEOPLE, composed


def test_a_frozen_paper_gives_the_same_bytes() -> None:
    paper = composed("allocation_letter")
    kept = json.loads(json.dumps(blocks.to_json(paper)))
    for write in freezing.WRITERS.values():
        assert write(freezing.thawed(kept)) == write(paper)


def test_the_hash_tells_any_change() -> None:
    body = blocks.to_json(composed("plan"))
    made_from = freezing.facts_json(FACTS, PEOPLE)
    told = freezing.content_hash(body, made_from)
    assert told == freezing.content_hash(json.loads(json.dumps(body)), made_from)
    assert told != freezing.content_hash({**body, "title": "x"}, made_from)
    assert told != freezing.content_hash(body, {**made_from, "recipients": []})
    assert len(told) == 64


def test_facts_are_plain_json_with_iso_dates() -> None:
    told = json.loads(json.dumps(freezing.facts_json(FACTS, PEOPLE[:1])))
    assert told["recipients"] == [{"name": "Lê Ý", "number": 1}]
    assert told["facts"]["congress"]["held_on"] == "2020-06-05"


def test_a_paper_for_many_divides_into_one_each() -> None:
    paper = composed("invitation")
    assert [part.sections for part in freezing.parts(paper, 2)] == [
        (section,) for section in paper.sections
    ]
    with pytest.raises(ValueError, match="do not divide"):
        freezing.parts(paper, 3)
