"""A closed congress is opened again until its working data are purged."""

from __future__ import annotations

import re

import pytest

from congress_app.congresses import step_queries
from congress_app.database import db, transaction
from congress_app.dossiers import queries, services
from congress_app.jobs.models import Job
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError, RuleViolation
from congress_app.kernel.permissions import Role
from congress_app.kernel.sentences import Sentence
from tests.builders.moves import moved
from tests.dossiers.closed import LAN, a_closed_congress

AT = "08:00 15/06/2020"


@pytest.fixture
def congress(app, frozen_clock):
    return a_closed_congress().congress


def a_checked_dossier(congress):
    dossier = services.make(congress, lambda _done, _total, _step: None, actor=LAN)
    services.check(congress, dossier, actor=LAN)
    return dossier


def reopen(congress):
    return moved(congress, "open", note="Bấm nhầm", actor=LAN)


def refusal(congress) -> list[Sentence]:
    with pytest.raises(RuleViolation) as caught:
        reopen(congress)
    assert (caught.value.code, congress.state) == ("move_refused", "closed")
    return [one for one in caught.value.details if isinstance(one, Sentence)]


def purge_refused(congress, dossier) -> str:
    with pytest.raises(DomainError) as caught:
        services.purge(congress, dossier, dossier.sha256, actor=LAN)
    assert queries.purged(congress.id) is None
    return caught.value.code


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def test_an_archive_does_not_hold_it_but_purges_nothing_afterwards(congress):
    dossier = a_checked_dossier(congress)
    reopen(congress)
    assert purge_refused(congress, dossier) == "purge_refused"
    moved(congress, "closed", actor=LAN)
    assert purge_refused(congress, dossier) == "dossier_outdated"
    anew = a_checked_dossier(congress)
    services.purge(congress, anew, anew.sha256, actor=LAN)
    assert queries.purged(congress.id) == anew


def test_purged_it_stays_closed_and_the_page_says_why(congress, as_role):
    dossier = a_checked_dossier(congress)
    services.purge(congress, dossier, dossier.sha256, actor=LAN)
    (told,) = refusal(congress)
    assert told.template == queries.GONE
    organiser, here = as_role(Role.ORGANISER), f"/congresses/{congress.id}/move/open"
    page = organiser.get(here)
    assert f"Không mở lại được Dữ liệu làm việc của hội nghị đã xóa lúc {AT}" in text(page)
    assert 'name="note"' not in page.text
    sent = {"note": "Bấm nhầm", "seen": str(step_queries.last_id(congress.id))}
    assert organiser.post(here, data=sent).status_code == 422
    db.session.rollback()
    assert congress.state == "closed"


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_while_a_purge_waits_or_runs_it_stays_closed(congress, state):
    now = clock.now()
    job = Job(
        kind=queries.PURGE,
        title="Xóa",
        state=state,
        back_to=f"/congresses/{congress.id}/dossier",
        created_at=now,
        heartbeat_at=now,
        arguments={},
    )
    with transaction() as session:
        session.add(job)
    (told,) = refusal(congress)
    assert told.template == queries.GOING
    with transaction():
        job.state, job.finished_at = "cancelled", now
    assert reopen(congress).state == "open"
