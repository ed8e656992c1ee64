"""Decide on credentials, number reports, record the vote that recognises the delegates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from congress_app.audit.services import RowHappening, record, record_rows
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import committee_queries, place_services
from congress_app.delegates.committees import Body, OpenVote
from congress_app.delegates.models import Delegate
from congress_app.elections import (
    credential_queries,
    credential_refusals,
    credential_report,
)
from congress_app.elections.credential_classes import DelegateFacts
from congress_app.elections.credential_doubts import NEEDS_REASON, RULING_LABELS, Ruling
from congress_app.elections.credential_models import (
    CredentialRuling,
    RecognitionVote,
    StoredReport,
)
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc
from congress_app.programme.models import Session


@dataclass(frozen=True, slots=True)
class Decision:
    """What the committee found, why, and which member says so."""

    ruling: Ruling
    decided_by: str
    reason: str | None = None


def decide(
    congress: Congress, delegate_id: int, decision: Decision, *, seen: int, actor: Actor
) -> CredentialRuling:
    """Add a ruling on one delegate; `seen` is the id of the ruling the page showed, or 0.

    Raises NotFound for a guest or whoever is not convened, Stale when somebody ruled in
    between, RuleViolation `reason_needed` and `not_a_member`.
    """
    with transaction():
        place_services.take(congress)
        if delegate_id not in _examined(congress):
            raise NotFound
        last = credential_queries.latest_rulings(congress.id).get(delegate_id)
        if (last.id if last else 0) != seen:
            raise _stale(last)
        return _write(congress, [delegate_id], decision, actor)[0]


def _stale(last: CredentialRuling | None) -> Stale:
    if last is None:
        return Stale()
    told = Sentence(
        N_("Kết luận đã được ghi: {ruling}, {by}. {reason}"),
        ruling=Sentence(RULING_LABELS[last.ruling]),
        by=last.decided_by,
        reason=last.reason or "",
    )
    return Stale([told], last.id)


def find_valid(
    congress: Congress, delegate_ids: Collection[int], decided_by: str, *, actor: Actor
) -> int:
    """Rule that these delegates, none of them decided on yet, are valid; how many there are.

    All or none: raises Conflict `list_changed` when one of them was decided on, or is no
    longer convened, since the list was shown; RuleViolation `nobody_chosen`, `not_a_member`.
    """
    with transaction():
        place_services.take(congress)
        chosen = sorted(set(delegate_ids))
        if not chosen:
            raise credential_refusals.nobody_chosen()
        open_ones = {key for key, one in _examined(congress).items() if one.ruling is None}
        if not open_ones.issuperset(chosen):
            raise credential_refusals.list_changed()
        decision = Decision(Ruling.VALID, decided_by)
        return len(_write(congress, chosen, decision, actor))


def _examined(congress: Congress) -> dict[int, DelegateFacts]:
    return {one.delegate_id: one for one in credential_queries.examined(congress)}


def _write(
    congress: Congress, delegate_ids: Collection[int], decision: Decision, actor: Actor
) -> list[CredentialRuling]:
    reason = nfc(decision.reason or "") or None
    if decision.ruling in NEEDS_REASON and reason is None:
        raise credential_refusals.reason_needed()
    _must_be_member(congress, decision.decided_by)
    with transaction() as session:
        before = credential_queries.latest_rulings(congress.id)
        rows = [
            CredentialRuling(
                delegate_id=one,
                ruling=decision.ruling.value,
                reason=reason,
                decided_by=nfc(decision.decided_by),
                recorded_by=actor.name,
                at=clock.now(),
            )
            for one in delegate_ids
        ]
        session.add_all(rows)
        session.flush()
        named = session.scalars(select(Delegate).where(Delegate.id.in_(delegate_ids))).all()
        names = {one.id: one.person.full_name for one in named}
        happenings = [
            RowHappening(
                row.delegate_id,
                names[row.delegate_id],
                _told(before.get(row.delegate_id), row),
                congress.unit.path,
            )
            for row in rows
        ]
        record_rows("credential.decide", Delegate.__tablename__, happenings, actor=actor)
        return rows


def _told(before: CredentialRuling | None, after: CredentialRuling) -> dict[str, object]:
    told: dict[str, object] = {
        "ruling": [before.ruling if before else None, after.ruling],
        "decided_by": after.decided_by,
    }
    return told | ({"reason": after.reason} if after.reason else {})


def _must_be_member(congress: Congress, name: str) -> None:
    """Where there is a committee, one of its members decides; a small conference has none."""
    seats = committee_queries.members(congress.id, Body.CREDENTIALS)
    if not nfc(name) or (seats and nfc(name) not in {nfc(one.name) for one in seats}):
        raise credential_refusals.not_a_member()


def make_report(
    congress: Congress, session: Session | None, at: datetime, *, seen: str, actor: Actor
) -> StoredReport:
    """Keep the report as of an instant under the next number.

    `seen` is the fingerprint of the report that was looked at. Raises RuleViolation
    `in_future` for an instant that has not come, Stale when the figures are others now.
    """
    session_id = session.id if session else None
    with transaction() as store:
        place_services.take(congress)
        # Whole: a batch of late scans is measured by the reports there are, and holds the row.
        store.execute(select(Congress.id).where(Congress.id == congress.id).with_for_update())
        if at > clock.now():
            raise credential_refusals.in_future()
        sitting = credential_queries.session_of(congress.id, session_id) if session_id else None
        report = credential_queries.report_at(congress, sitting, at)
        if seen != credential_report.fingerprint(report):
            raise credential_refusals.figures_changed()
        body = credential_report.to_json(report)
        kept = StoredReport(
            congress_id=congress.id,
            number=max((one.number for one in credential_queries.reports(congress.id)), default=0)
            + 1,
            as_of=at,
            session_id=session_id,
            body=body,
            sha256=credential_report.digest(body),
            made_at=clock.now(),
            made_by=actor.name,
        )
        store.add(kept)
        facts = {"number": kept.number, "as_of": at, "convened": body["convened"]}
        _tell("credential.report", congress, facts, actor)
        return kept


def recognise(kept: StoredReport, vote: OpenVote, *, actor: Actor) -> RecognitionVote:
    """Record the congress's vote on its latest report; a vote that was lost as well.

    Raises RuleViolation `voted_already`, `not_latest`, `too_many_votes` (more voted than
    were convened).
    """
    congress, number = kept.congress, kept.number
    with transaction() as store:
        place_services.take(congress)
        latest = credential_queries.reports(congress.id)[0]
        if latest.number != number:
            raise credential_refusals.not_latest(latest.number)
        if latest.vote is not None:
            raise credential_refusals.voted_already()
        convened = int(latest.body["convened"])
        if vote.voting > convened:
            raise credential_refusals.too_many_votes(vote.voting, convened)
        figures = {name: getattr(vote, name) for name in ("voting", "agree", "against", "other")}
        row = RecognitionVote(report_id=latest.id, at=clock.now(), by=actor.name, **figures)
        store.add(row)
        _tell("credential.recognise", congress, {"number": number, **figures}, actor)
        return row


def note(congress: Congress, action: str, facts: dict[str, object], *, actor: Actor) -> None:
    """Remember that sensitive figures were read (`credential.read_sensitive`) or taken out
    of the house (`credential.export`)."""
    with transaction():
        _tell(action, congress, facts, actor)


def _tell(action: str, congress: Congress, facts: dict[str, object], actor: Actor) -> None:
    record(action, congress, facts, actor=actor, unit_path=congress.unit.path)
