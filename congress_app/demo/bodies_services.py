"""Write the bodies of congresses and the rulings on credentials; report on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates.committee_models import CommitteeAdoption, CommitteeSeat
from congress_app.delegates.committees import Body, OpenVote
from congress_app.demo import bodies
from congress_app.demo.bodies import SeatFacts
from congress_app.demo.places import PlaceFacts
from congress_app.demo.rows import BY
from congress_app.demo.writer_services import Writer
from congress_app.elections import credential_queries, credential_report, credential_services
from congress_app.elections.credential_models import CredentialRuling
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.units.models import Unit

_SET_UP = "118/QĐ-BHXH"
_PRESENT = 0.97


class BodyWriter:
    """Writes the bodies of congress after congress."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def seat(
        self,
        congress_id: int,
        places: Sequence[PlaceFacts],
        keys: Sequence[int],
        adopted_at: datetime | None,
    ) -> None:
        """Seats of every body. Without `adopted_at` the congress has not voted on them yet."""
        made = bodies.seats(places)
        at = adopted_at or clock.now()
        seats = [
            {
                "congress_id": congress_id,
                "body": seat.body.value,
                "position": seat.position,
                "post": seat.post.value,
                "delegate_id": keys[seat.place],
                "added_at": at - timedelta(days=5),
                "added_by": BY,
            }
            for seat in made
        ]
        self._writer.add(CommitteeSeat, seats)
        voting = sum(place.state == "confirmed" and place.category != "guest" for place in places)
        for body in Body:
            members = [seat for seat in made if seat.body is body]
            if not members or (adopted_at is None and body is not Body.ORGANISING):
                continue
            row = _adoption(congress_id, body, members, places)
            if body is Body.ORGANISING:
                row |= {"document": _SET_UP, "at": at - timedelta(days=30)}
            else:
                row |= {"voting": voting, "agree": voting, "against": 0, "other": 0, "at": at}
            self._writer.add(CommitteeAdoption, [row])

    def rule(self, places: Sequence[PlaceFacts], keys: Sequence[int], at: datetime) -> None:
        """What the head of the credentials committee found of everybody it examines."""
        head = next(one for one in bodies.seats(places) if one.body is Body.CREDENTIALS)
        name = places[head.place].person.facts.full_name
        for number, ruling, reason in bodies.rulings(places):
            row: dict[str, object] = {
                "delegate_id": keys[number],
                "ruling": ruling,
                "decided_by": name,
                "recorded_by": BY,
                "at": at,
            }
            self._writer.add(CredentialRuling, [row | ({"reason": reason} if reason else {})])


def _adoption(
    congress_id: int, body: Body, members: Sequence[SeatFacts], places: Sequence[PlaceFacts]
) -> dict[str, object]:
    named = [[places[one.place].person.facts.full_name, one.post.value] for one in members]
    return {"congress_id": congress_id, "body": body.value, "members": named, "by": BY}


def report_credentials(codes: Sequence[str], *, actor: Actor) -> None:
    """Number the report of these units' congresses, and record the vote on it."""
    with transaction() as session:
        wanted = select(Congress).join(Unit, Congress.unit_id == Unit.id)
        for congress in session.scalars(wanted.where(Unit.code.in_(codes)).order_by(Congress.id)):
            at = clock.now()
            seen = credential_report.fingerprint(credential_queries.report_at(congress, None, at))
            kept = credential_services.make_report(congress, None, at, seen=seen, actor=actor)
            credential_services.recognise(kept, _vote(kept.body), actor=actor)


def _vote(report: Mapping[str, int]) -> OpenVote:
    voting = round(report["convened"] * _PRESENT)
    return OpenVote(voting, voting)
