"""The demonstration has papers with numbers, a hall with everybody seated, a design."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.badges import face_queries
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.credentials import ACTIVE
from congress_app.demo.hall_plan import hall_for
from congress_app.demo.hall_services import DESIGN
from congress_app.demo.paper_services import DRAFT, PAPERS
from congress_app.demo.sizes import SHOWN
from congress_app.documents import numbering_queries
from congress_app.documents import queries as document_queries
from congress_app.documents.models import DocumentSeries
from congress_app.seating import queries as seating_queries
from congress_app.seating.layout import read_hall
from congress_app.units.models import Unit

pytestmark = pytest.mark.demonstration


@pytest.fixture
def congress(app: Flask) -> Congress:
    found = db.session.scalar(select(Congress).join(Unit).where(Unit.code == SHOWN))
    assert found is not None
    return found


def test_papers_are_issued_in_gap_free_series_and_some_are_on_the_phones(
    congress: Congress,
) -> None:
    papers = document_queries.documents_of(congress.id)
    made = [(paper.kind, paper.state) for paper in papers if paper.state != "issued"]
    assert sorted(made) == [
        ("committee_decision", "void"),
        (DRAFT, "draft"),
    ]
    assert {paper.kind for paper in papers if paper.state == "issued"} == {
        kind for kind, _before in PAPERS
    }
    for series in db.session.scalars(select(DocumentSeries)):
        used = numbering_queries.used_numbers(series.id)
        assert used == list(range(1, (series.last_number or 0) + 1))
    released = {paper.title for paper in document_queries.released_papers(congress.id)}
    assert released == {"Kế hoạch tổ chức", "Chương trình", "Quy chế làm việc"}


def test_everybody_sits_and_badges_have_a_design_of_their_own(congress: Congress) -> None:
    assert seating_queries.waiting(congress.id, ACTIVE) == []
    assert face_queries.design_of(congress.id) == DESIGN


@pytest.mark.parametrize("people", [1, 300, 501, 1500])
def test_a_hall_has_room_for_everybody(people: int) -> None:
    assert people <= len(read_hall(hall_for(people))) < people + 100
