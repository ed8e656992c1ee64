"""Handing papers to the delegates and taking them back, on a real database."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress, Pulse
from congress_app.database import db
from congress_app.documents import freezing, queries, release_services, services
from congress_app.documents.kinds import KINDS, RELEASABLE
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.kernel.permissions import system_actor
from tests.builders import a_congress, a_document, a_released_paper

ACTOR = system_actor()


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress(place="Hội trường tỉnh")


def shown(congress: Congress) -> list[int]:
    return [paper.id for paper in queries.released_papers(congress.id)]


def last_action() -> str | None:
    return db.session.scalar(select(Entry.action).order_by(Entry.id.desc()))


def pulses(congress: Congress) -> int:
    wanted = select(Pulse.counter).where(Pulse.congress_id == congress.id)
    return db.session.scalar(wanted) or 0


def test_no_kind_on_the_list_is_sensitive_or_written_to_one_person() -> None:
    kinds = [KINDS[code] for code in RELEASABLE]
    assert [k.code for k in kinds if k.is_sensitive or k.per_recipient or k.message] == []


def test_a_released_paper_is_shown_with_the_size_of_its_file(congress: Congress) -> None:
    document = a_released_paper(congress)
    size = len(freezing.WRITERS["pdf"](queries.paper_of(document)))
    assert queries.released_papers(congress.id) == (
        queries.ReleasedPaper(
            document.id, "Quy chế làm việc", document.subject, date(2020, 6, 1), size
        ),
    )
    assert queries.released_paper(congress.id, document.id) is document
    assert (document.released_by, last_action()) == (ACTOR.display_name, "document.release")


def test_a_paper_taken_back_is_gone_and_can_come_again(congress: Congress) -> None:
    document = a_released_paper(congress)
    before = pulses(congress)
    release_services.withdraw(congress, document, actor=ACTOR)
    assert (shown(congress), document.released_at, document.released_size) == ([], None, None)
    assert (last_action(), pulses(congress)) == ("document.withdraw", before + 1)
    with pytest.raises(NotFound):
        queries.released_paper(congress.id, document.id)
    release_services.release(congress, document, actor=ACTOR)
    assert shown(congress) == [document.id]


def test_pressing_twice_changes_and_records_nothing(congress: Congress) -> None:
    document = a_released_paper(congress)
    since, entries = document.released_at, db.session.query(Entry).count()
    release_services.release(congress, document, actor=ACTOR)
    assert (document.released_at, db.session.query(Entry).count()) == (since, entries)


def test_a_draft_is_not_released(congress: Congress) -> None:
    with pytest.raises(RuleViolation) as refused:
        release_services.release(congress, a_document(congress), actor=ACTOR)
    assert refused.value.code == "not_issued"


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("delegate_list", {}),
        ("working_regulations", {"is_sensitive": True}),
        ("working_regulations", {"text": "Kèm theo:\n{bang_trung_cu}"}),
    ],
)
def test_what_is_not_for_everybody_is_refused(
    congress: Congress, kind: str, columns: dict[str, object]
) -> None:
    document = a_document(congress, kind, state="issued", **columns)
    with pytest.raises(RuleViolation) as refused:
        release_services.release(congress, document, actor=ACTOR)
    assert (refused.value.code, shown(congress)) == ("not_releasable", [])


def test_a_void_or_replaced_paper_vanishes(congress: Congress) -> None:
    void, old = a_released_paper(congress), a_released_paper(congress, "plan")
    services.void(congress, void, "Sai ngày", actor=ACTOR)
    assert shown(congress) == [old.id]
    fresh = services.begin_replacement(congress, old, actor=ACTOR)
    seen = queries.seen_of(fresh)
    services.issue(congress, fresh, date(2020, 6, 2), "Lê Ý", seen=seen, actor=ACTOR)
    # The new one is released by a decision of its own.
    assert (shown(congress), fresh.released_at) == ([], None)
