"""Nominate an exemplar for a year, appraise it in the council, select it by a vote."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.exemplars import queries
from congress_app.exemplars.freezing import frozen
from congress_app.exemplars.lifecycle import Standing, may_stand
from congress_app.exemplars.models import Exemplar, Nomination
from congress_app.exemplars.rules import must_nominate
from congress_app.exemplars.voting import Vote
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, Forbidden, RuleViolation, Stale
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit


def nominate(
    row: Exemplar, year: int, reason: str | None, council_unit_id: int, *, actor: Actor
) -> Nomination:
    """Put an exemplar forward for a year to the council of its unit or one above it.

    Raises Conflict `already_nominated`, RuleViolation `wrong_council`, Forbidden.
    """
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        council = session.get(Unit, council_unit_id)
        if council is None or not row.unit.path.startswith(council.path):
            raise RuleViolation(
                "wrong_council",
                Sentence(N_("Hội đồng phải thuộc đơn vị của điển hình hoặc đơn vị cấp trên.")),
            )
        if any(one.year == year for one in row.nominations):
            raise Conflict(
                "already_nominated",
                Sentence(N_("“{name}” đã được đề cử năm {year}."), name=row.name, year=year),
            )
        nomination = Nomination(
            exemplar_id=row.id,
            year=year,
            council_unit_id=council.id,
            standing=Standing.NOMINATED.value,
            reason=reason,
            nominated_at=clock.now(),
            nominated_by=actor.name,
        )
        row.nominations.append(nomination)
        session.flush()
        told = {"year": year, "council": council.name, "reason": reason}
        record("exemplar.nominate", row, told, actor=actor, unit_path=row.unit.path)
    return nomination


def appraise(nomination: Nomination, opinion: str | None, *, version: int, actor: Actor) -> None:
    """The council looks at the criteria; their answer is frozen with its words.

    Raises Stale, RuleViolation `wrong_standing`, Forbidden.
    """
    with transaction() as session:
        row = _held(session, nomination, version, actor)
        _must_go(nomination, Standing.APPRAISED)
        rules = queries.rules_for(row.unit.path)
        finding = queries.findings([row], rules)[row.id]
        nomination.finding = frozen(finding) | {"rules": rules.key}
        nomination.appraisal = opinion
        told = {"answer": finding.answer.value, "appraisal": opinion}
        _move(session, nomination, Standing.APPRAISED, told, actor)


def decide(
    nomination: Nomination, *, selected: bool, vote: Vote, version: int, actor: Actor
) -> None:
    """The council's vote: selected only with more votes for than against and other together.

    Raises RuleViolation `no_majority`, `no_votes`, `wrong_standing`; Stale; Forbidden.
    """
    with transaction() as session:
        _held(session, nomination, version, actor)
        wanted = Standing.SELECTED if selected else Standing.NOT_SELECTED
        _must_go(nomination, wanted)
        _must_carry(vote, selected=selected)
        nomination.votes_for, nomination.votes_against = vote.votes_for, vote.votes_against
        nomination.votes_other = vote.votes_other
        nomination.minutes_number, nomination.minutes_on = vote.minutes_number, vote.minutes_on
        nomination.decided_at, nomination.decided_by = clock.now(), actor.name
        told = {
            "votes_for": vote.votes_for,
            "votes_against": vote.votes_against,
            "votes_other": vote.votes_other,
            "minutes_number": vote.minutes_number,
            "minutes_on": vote.minutes_on,
        }
        _move(session, nomination, wanted, told, actor)


def reopen(nomination: Nomination, reason: str, *, version: int, actor: Actor) -> None:
    """Take a decision back to the council's table, with the reason in the log."""
    with transaction() as session:
        _held(session, nomination, version, actor)
        before = Standing(nomination.standing)
        back = Standing.NOMINATED if before is Standing.APPRAISED else Standing.APPRAISED
        _must_go(nomination, back)
        _move(session, nomination, back, {"reason": reason}, actor)


def _held(session: Session, nomination: Nomination, version: int, actor: Actor) -> Exemplar:
    session.refresh(nomination, with_for_update={"of": Nomination})
    if not actor.can(Permission.EXEMPLAR_DECIDE, nomination.council_unit.path):
        raise Forbidden(
            "forbidden",
            Sentence(N_("Chỉ hội đồng của đơn vị nhận đề cử được thẩm định và bình chọn.")),
        )
    if nomination.version != version:
        raise Stale(version=nomination.version)
    return nomination.exemplar


def _must_go(nomination: Nomination, wanted: Standing) -> None:
    if not may_stand(nomination.standing, wanted):
        raise RuleViolation(
            "wrong_standing",
            Sentence(N_("Việc này không làm được ở bước hiện tại: thẩm định rồi mới bình chọn.")),
        )


def _must_carry(vote: Vote, *, selected: bool) -> None:
    cast = vote.votes_for + vote.votes_against + vote.votes_other
    if cast == 0:
        raise RuleViolation("no_votes", Sentence(N_("Hãy ghi số phiếu của hội đồng.")))
    if selected and 2 * vote.votes_for <= cast:
        raise RuleViolation(
            "no_majority",
            Sentence(
                N_("{votes}/{cast} phiếu tán thành chưa quá nửa nên không được chọn."),
                votes=vote.votes_for,
                cast=cast,
            ),
        )


def _move(
    session: Session,
    nomination: Nomination,
    standing: Standing,
    told: Mapping[str, object],
    actor: Actor,
) -> None:
    before, row = nomination.standing, nomination.exemplar
    nomination.standing = standing.value
    session.flush()
    changes = {"standing": [before, standing.value], "year": nomination.year, **told}
    record("exemplar.decide", row, changes, actor=actor, unit_path=row.unit.path)
