"""Issue papers of the demonstration, by the services real ones go through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.documents import queries, release_services, services
from congress_app.documents.kinds import RELEASABLE
from congress_app.documents.models import Document
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.units.models import Unit

SIGNER = "Trần Đức Thiện"
VOID_REASON = "Ghi sai nhiệm vụ của một thành viên, đã có quyết định khác"
# Kind and how many days before the congress it was signed, in the order of their numbers.
PAPERS = (
    ("plan", 60),
    ("committee_decision", 45),
    ("allocation_letter", 40),
    ("invitation", 10),
    ("programme", 4),
    ("working_regulations", 4),
)
DRAFT = "result_report"
_WORKDAY = time(9, 0)


def issue_papers(codes: Sequence[str], *, actor: Actor) -> None:
    """The papers of these units' congresses up to their day.

    One number was taken back, and a report is still being written.
    """
    with transaction() as session:
        wanted = select(Congress).join(Unit, Congress.unit_id == Unit.id)
        for congress in session.scalars(wanted.where(Unit.code.in_(codes)).order_by(Congress.id)):
            for kind, before in PAPERS:
                _issue(congress, kind, _day(congress, before), actor)
            services.draft(congress, DRAFT, actor=actor)


def _issue(congress: Congress, kind: str, day: date, actor: Actor) -> None:
    with clock.frozen(clock.from_venue(datetime.combine(day, _WORKDAY))):
        paper = services.draft(congress, kind, actor=actor)
        _sign(congress, paper, day, actor)
        if kind == "committee_decision":
            services.void(congress, paper, VOID_REASON, actor=actor)
            again = services.draft(congress, kind, actor=actor)
            _sign(congress, again, day, actor)
        if kind in RELEASABLE:
            release_services.release(congress, paper, actor=actor)


def _sign(congress: Congress, paper: Document, day: date, actor: Actor) -> None:
    seen = queries.seen_of(paper)
    services.issue(congress, paper, day, SIGNER, seen=seen, actor=actor)


def _day(congress: Congress, before: int) -> date:
    """So many days before the congress, but not after today."""
    held = congress.held_on or clock.today()
    return min(held, clock.today()) - timedelta(days=before)
