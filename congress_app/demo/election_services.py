"""Write the elections of the demonstration: lists, rounds, sheets, places, lists sent up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from congress_app.delegates.registration import GroundFacts
from congress_app.demo import election_rows, rows, votes
from congress_app.demo.election_rows import Conference
from congress_app.demo.people import Somebody
from congress_app.demo.places import PlaceFacts
from congress_app.demo.votes import RoundFacts
from congress_app.demo.writer_services import Writer
from congress_app.elections import rules
from congress_app.elections.conduct import PlaceRole
from congress_app.elections.course import Won as Elected
from congress_app.elections.models import Candidate, CountSheet, ElectedPlace, Election, Round
from congress_app.elections.naming import Named
from congress_app.elections.rules import Form, Rules
from congress_app.elections.sheet import Vote
from congress_app.elections.upward import Won, ground_of
from congress_app.elections.upward_models import ReserveCall, Transmission, TransmissionLine

_TELLERS = ("Tổ kiểm phiếu số 1 (minh họa)", "Tổ kiểm phiếu số 2 (minh họa)")
_TIES_EVERY = 7


@dataclass
class _Sent:
    """A certified election whose list waits for the numbers of the places above.

    By elected place: the delegate's place above; of a reserve whose place he has, his own,
    and why.
    """

    election_id: int
    at: datetime
    delegates: dict[int, int] = field(default_factory=dict)
    called: dict[int, tuple[int, int, str]] = field(default_factory=dict)


class ElectionWriter:
    """Writes the elections of one level, from the places that people have above."""

    def __init__(
        self,
        writer: Writer,
        rng: Random,
        know: Callable[[Somebody], None],
        names: Mapping[int, str],
    ) -> None:
        self._writer, self._rng, self._know, self._names = writer, rng, know, names
        self._waiting: list[_Sent] = []
        self._ballots = 0

    def by_hands(
        self,
        conference: Conference,
        places: Sequence[PlaceFacts],
        spare: Callable[[], Somebody],
    ) -> list[PlaceFacts]:
        """A base conference elects whoever the unit sends; gives all places with their ground.

        Where somebody was replaced, hands were counted one by one and reserves elected.
        """
        unit_id = conference.unit_id
        sent = [n for n, p in enumerate(places) if _elected_by(p, unit_id) and p.replaces is None]
        called = [
            n for n, p in enumerate(places) if _elected_by(p, unit_id) and p.replaces is not None
        ]
        if not sent:
            return list(places)
        people = [places[n].person for n in (*sent, *called)]
        if called:
            people.append(spare())
        chosen = rules.initial("show_of_hands")
        chosen = replace(chosen, form=Form.HANDS_EACH) if called else chosen
        listed = self._candidates(len(people))
        vote = self._vote(conference, chosen, dict(zip(listed, people, strict=True)), len(sent))
        held = votes.by_hands(self._rng, vote)
        reserves = votes.spare_of(held[0], len(people) - len(sent)) if called else ()
        row = election_rows.certified(conference, chosen, len(sent), len(people) - len(sent))
        won = votes.folded(held, len(sent)).delegates
        election, keys = self._written(conference, row | {"reserves_apart": False}, held)
        self._list(election, conference, listed, people)
        seated = self._seated(election, keys, won, reserves)
        above = dict(zip(listed, (*sent, *called), strict=False))
        return self._grounded(conference, places, above, election, seated)

    def by_ballot(
        self,
        conference: Conference,
        places: Sequence[PlaceFacts],
        others: Sequence[Somebody],
    ) -> list[PlaceFacts]:
        """An upper-base congress elects in secret, every so often with a tie on the last seat."""
        sent = [n for n, place in enumerate(places) if _elected_by(place, conference.unit_id)]
        if not sent:
            return list(places)
        self._ballots += 1
        people = [*(places[n].person for n in sent), *others]
        chosen = rules.initial("secret")
        listed = self._candidates(len(people))
        vote = self._vote(conference, chosen, dict(zip(listed, people, strict=True)), len(sent))
        tie = self._ballots % _TIES_EVERY == 0
        held = votes.by_ballot(self._rng, vote, tie=tie)
        spare = 1 if others else 0
        folded = votes.folded(held, len(sent), spare)
        row = election_rows.certified(conference, chosen, len(sent), spare)
        election, keys = self._written(conference, row, held)
        self._list(election, conference, listed, people)
        seated = self._seated(election, keys, folded.delegates, folded.reserves)
        above = dict(zip(listed, sent, strict=False))
        return self._grounded(conference, places, above, election, seated)

    def counting(self, conference: Conference, people: Sequence[Somebody]) -> None:
        """Hands are up over the whole list, and nobody has written the figures down yet."""
        chosen = rules.initial("show_of_hands")
        listed = self._candidates(len(people))
        election = self._writer.number(Election)
        row = election_rows.opened(conference, chosen, len(people))
        self._writer.add(Election, [{"id": election, **row}])
        self._list(election, conference, listed, people)
        key = self._writer.number(Round)
        body = election_rows.running_round(conference, listed, len(people))
        self._writer.add(Round, [{"id": key, "election_id": election, **body}])

    def preparing(self, conference: Conference, seats: int, people: Sequence[Somebody]) -> None:
        """The list of candidates is being drawn up."""
        election = self._writer.number(Election)
        row = election_rows.drawn_up(conference, rules.initial("secret"), seats)
        self._writer.add(Election, [{"id": election, **row}])
        self._list(election, conference, self._candidates(len(people)), people)

    def send(self, keys: Sequence[int]) -> None:
        """Send what was certified to the congress above, whose places got these numbers."""
        for sent in self._waiting:
            key = self._writer.number(Transmission)
            at = sent.at + timedelta(days=2)
            row = election_rows.accepted(sent.election_id, at)
            self._writer.add(Transmission, [{"id": key, **row}])
            lines = [
                {"transmission_id": key, "place_id": one, "delegate_id": keys[n], "made": True}
                for one, n in sent.delegates.items()
            ]
            self._writer.add(TransmissionLine, lines)
            calls = [
                election_rows.called(one, (keys[before], keys[after]), why, at + timedelta(days=9))
                for one, (before, after, why) in sent.called.items()
            ]
            self._writer.add(ReserveCall, calls)
        self._waiting.clear()

    def _candidates(self, many: int) -> list[int]:
        return [self._writer.number(Candidate) for _ in range(many)]

    def _vote(
        self, conference: Conference, chosen: Rules, people: Mapping[int, Somebody], seats: int
    ) -> Vote:
        return Vote(
            rules=chosen,
            listed=tuple(
                Named(str(key), p.facts.full_name, p.facts.birth, self._unit_of(p))
                for key, p in people.items()
            ),
            seats=seats,
            convened=conference.convened,
            present=conference.present,
            absent_throughout=conference.convened - conference.present,
        )

    def _unit_of(self, person: Somebody) -> str:
        unit_id = person.facts.unit_id
        return self._names.get(unit_id, "") if unit_id else person.facts.organisation or ""

    def _list(
        self,
        election: int,
        conference: Conference,
        listed: Sequence[int],
        people: Sequence[Somebody],
    ) -> None:
        for person in people:
            self._know(person)
        named = [(key, one.id, self._unit_of(one)) for key, one in zip(listed, people, strict=True)]
        self._writer.add(Candidate, election_rows.candidates(election, conference, named))

    def _written(
        self, conference: Conference, row: rows.Row, held: Sequence[RoundFacts]
    ) -> tuple[int, dict[int, int]]:
        """The election with its rounds: its number, and the rounds' by theirs."""
        election = self._writer.number(Election)
        self._writer.add(Election, [{"id": election, **row}])
        keys: dict[int, int] = {}
        for facts in held:
            keys[facts.number] = self._writer.number(Round)
            follows = keys[facts.follows] if facts.follows else None
            body = election_rows.closed_round(conference, facts)
            self._writer.add(
                Round,
                [
                    {
                        "id": keys[facts.number],
                        "election_id": election,
                        "follows_id": follows,
                        **body,
                    }
                ],
            )
            secret = facts.vote.rules.form is Form.SECRET
            tellers = _TELLERS if secret else (rows.BY,)
            sheets = election_rows.sheets(keys[facts.number], conference, facts, tellers)
            self._writer.add(CountSheet, sheets)
        return election, keys

    def _seated(
        self,
        election: int,
        rounds: Mapping[int, int],
        delegates: Sequence[Elected],
        reserves: Sequence[Elected],
    ) -> list[tuple[int, PlaceRole, int, Elected]]:
        """Places of the election, as (key, role, position, won)."""
        found = []
        for role, won in ((PlaceRole.DELEGATE, delegates), (PlaceRole.RESERVE, reserves)):
            for position, one in enumerate(won, start=1):
                key = self._writer.number(ElectedPlace)
                row = {
                    "id": key,
                    "election_id": election,
                    "candidate_id": one.candidate,
                    "round_id": rounds[one.round_number],
                    "role": role.value,
                    "position": position,
                    "votes": one.votes,
                }
                self._writer.add(ElectedPlace, [row])
                found.append((key, role, position, one))
        return found

    def _grounded(
        self,
        conference: Conference,
        places: Sequence[PlaceFacts],
        above: Mapping[int, int],
        election: int,
        seated: Sequence[tuple[int, PlaceRole, int, Elected]],
    ) -> list[PlaceFacts]:
        """The places with the election as ground; `above` finds them by candidate."""
        told, sent = list(places), _Sent(election, conference.at)
        for key, role, position, one in seated:
            number = above.get(one.candidate)
            if number is None:  # a reserve nobody has called
                continue
            won = Won(conference.name, one.round_number, one.votes, conference.by_hands)
            before = told[number].replaces
            if role is PlaceRole.RESERVE and before is not None:
                gone = told[before]
                sent.called[key] = (before, number, gone.state_reason or "")
                instead = gone.person.facts.full_name
                text = ground_of(won, reserve=position, instead_of=instead)
            else:
                sent.delegates[key] = number
                text = ground_of(won)
            grounds = (GroundFacts(text, document=conference.paper),)
            told[number] = replace(told[number], grounds=grounds)
        self._waiting.append(sent)
        return told


def _elected_by(place: PlaceFacts, unit_id: int) -> bool:
    return place.category == "elected" and place.delegation_id == unit_id
