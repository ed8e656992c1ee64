"""What papers tell of the vote and of the delegates' credentials."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from congress_app.checkin import queries as checkin_queries
from congress_app.congresses.models import Congress
from congress_app.documents.facts import (
    CandidateRow,
    CredentialFacts,
    CredentialTable,
    ElectionFacts,
)
from congress_app.elections import (
    candidate_queries,
    credential_queries,
    list_queries,
    queries,
    round_queries,
)
from congress_app.elections.count import BASE_LABELS, Count, Outcome
from congress_app.elections.credential_report import CredentialReport, Somebody
from congress_app.elections.models import Candidate, Election, Round
from congress_app.kernel.vietnamese import number


def election_of(congress: Congress) -> ElectionFacts | None:
    """The newest election: its last closed round, else the one to be held; None without."""
    listed = queries.elections_of(congress.id)
    if not listed:
        return None
    election = listed[0]
    rounds = queries.rounds_of(election.id)
    closed = [one for one in rounds if one.figures is not None]
    return _counted(election, closed[-1]) if closed else _coming(election, rounds)


def _coming(election: Election, rounds: Sequence[Round]) -> ElectionFacts:
    running = rounds[-1] if rounds else None
    names = (
        round_queries.listed(running) if running else candidate_queries.on_the_ballot(election.id)
    )
    return ElectionFacts(
        seats=running.seats if running else election.seats,
        candidates=tuple(_candidate(one) for one in names),
        title=election.target.name,
    )


def _counted(election: Election, round_: Round) -> ElectionFacts:
    decision = queries.decisions_of(election.id).get(round_.id)
    count = queries.count_of(round_, decision)
    outcome = queries.outcome_of(round_, decision)
    if count is None or outcome is None:
        return _coming(election, [round_])
    return ElectionFacts(
        seats=round_.seats,
        candidates=tuple(_candidate(one, count, outcome) for one in round_queries.listed(round_)),
        title=election.target.name,
        convened=count.convened,
        present=count.present,
        issued=count.issued,
        collected=count.collected,
        valid=count.valid,
        invalid=count.invalid,
        base_words=BASE_LABELS[count.base],
        base=count.base_figure,
        threshold=outcome.threshold,
    )


def _candidate(
    one: Candidate, count: Count | None = None, outcome: Outcome | None = None
) -> CandidateRow:
    # A person corrected later, or exchanged, changes no paper about votes that were counted.
    told = list_queries.as_counted(count).get(one.id) or candidate_queries.named(one)
    votes = {line.id: line.votes for line in count.candidates} if count else {}
    return CandidateRow(
        name=told.name,
        born=str(told.birth.year) if told.birth else "",
        position=", ".join(part for part in (one.person.position, told.unit) if part),
        votes=votes.get(str(one.id)),
        elected=outcome is not None and str(one.id) in outcome.elected,
    )


def credentials_of(congress: Congress, at: datetime, *, sensitive: bool) -> CredentialFacts | None:
    """The credentials report as of an instant; None while nobody is to be examined."""
    session = checkin_queries.session_now(congress.id, at)
    made = credential_queries.report_at(congress, session, at)
    if not made.convened:
        return None
    average = made.ages.average_tenths
    return CredentialFacts(
        convened=made.convened,
        present=made.present,
        excused=made.excused,
        guests=made.setting.guests,
        average_age=f"{number(average / 10, 1)} tuổi" if average is not None else "",
        youngest=_somebody(made.ages.youngest),
        oldest=_somebody(made.ages.oldest),
        unqualified=len(made.not_qualified),
        pending=len(made.pending),
        tables=_tables(made, sensitive=sensitive),
    )


def _tables(made: CredentialReport, *, sensitive: bool) -> tuple[CredentialTable, ...]:
    shown = made.tables if sensitive else made.public()
    return tuple(
        CredentialTable(
            table.title,
            tuple(
                (line.label, line.convened, line.present, f"{number(line.tenths / 10, 1)} %")
                for line in table.lines
            ),
        )
        for table in shown
    )


def _somebody(people: tuple[Somebody, ...]) -> str:
    return "; ".join(
        f"{one.name} ({one.age} tuổi)" if one.age is not None else one.name for one in people[:2]
    )
