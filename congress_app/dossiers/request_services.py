"""Take a person's request in, meet it or refuse it by law; every step is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import current_app

from congress_app.audit.services import erase, record
from congress_app.checkin import shelf
from congress_app.database import db, transaction
from congress_app.delegates import exemplar_queries
from congress_app.delegates.models import Person
from congress_app.dossiers import (
    forgetting_services,
    log_queries,
    person_file,
    person_queries,
    request_queries,
    rights,
)
from congress_app.dossiers.log_queries import Share
from congress_app.dossiers.models import DataRequest
from congress_app.dossiers.rights import Kind, State
from congress_app.exemplars import consent_queries, consent_services
from congress_app.exemplars.models import Exemplar
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody known by name only, and the unit that answers him."""

    full_name: str
    unit: Unit


def receive(
    person: Person | Exemplar | Named,
    kind: Kind,
    received_on: date,
    paper: str | None,
    *,
    actor: Actor,
) -> DataRequest:
    """Write a request down; its terms follow from the day it came.

    Raises RuleViolation `paper_needed` for a deletion without the number of its paper.
    """
    if kind is Kind.ERASE:
        rights.must_have_paper(paper)
    found = rights.terms(kind, received_on)
    with transaction() as session:
        row = DataRequest(
            **_about(person),
            kind=kind.value,
            received_on=received_on,
            paper=paper or None,
            reply_by=found.reply_by,
            finish_by=found.finish_by,
            created_at=clock.now(),
            created_by=actor.name,
        )
        session.add(row)
        session.flush()
        facts: dict[str, object] = {"kind": kind.value, "finish_by": found.finish_by}
        facts |= {"paper": paper} if paper else {}
        _tell("person.request", row, facts, actor=actor)
    return row


def _about(one: Person | Exemplar | Named) -> dict[str, object]:
    if isinstance(one, Person):
        return {"person_id": one.id, "person_name": one.full_name}
    if isinstance(one, Exemplar):
        return {"exemplar_id": one.id, "person_name": one.name[:200], "unit_id": one.unit_id}
    return {"person_name": one.full_name, "unit_id": one.unit.id}


def reply(request: DataRequest, *, actor: Actor) -> None:
    """The person was told that the request came and is worked on."""
    with transaction():
        row = _open(request)
        told: dict[str, object] = {"replied_on": [row.replied_on, row.replied_on or clock.today()]}
        row.replied_on = row.replied_on or clock.today()
        _tell("person.reply", row, told, actor=actor)


def hand_over(request: DataRequest, *, actor: Actor) -> bytes:
    """Everything that is kept about the person, as a zip; the taking is recorded."""
    with transaction():
        rows = person_queries.rows_of(_keys(request))
        count = sum(len(held) for held in rows.values())
        _tell("person.export", request, {"rows": count, "sensitive": True}, actor=actor)
    return person_file.packed(rows, request.person_name)


def _keys(row: DataRequest) -> person_queries.Keys:
    if row.exemplar_id is not None:
        return person_queries.keys_about_exemplar(row.exemplar_id)
    return person_queries.keys_about(_known(row).id, praised=True)


def _known(row: DataRequest) -> Person:
    """The person; NotFound of whoever is known by name only: nothing is kept under a number."""
    if row.person is None:
        raise NotFound
    return row.person


def restrict(request: DataRequest, reason: str, *, actor: Actor) -> None:
    """Keep the person out of the delegates' list and its sheet; all else still names him.

    An exemplar's public face, the story and portrait shown to everybody, ends, his own or that
    of the exemplars a person is, and no consent is taken until the restriction ends
    (`restriction_services.release`).
    """
    with transaction() as session:
        row = _open(request)
        told: dict[str, object] = {"restriction": [None, reason]}
        if row.person is not None:
            told = {"restriction": [row.person.restriction, reason]}
            row.person.restricted_at, row.person.restriction = clock.now(), reason
            for exemplar in _praised(row):
                # The reason is the request's: others read the log of the exemplar's unit.
                told_there = f"Yêu cầu hạn chế xử lý dữ liệu số {row.id}"
                consent_services.end_all(exemplar, told_there, actor=actor)
        elif row.exemplar is not None:
            # Whoever records a consent in this moment waits, and is refused.
            session.refresh(row.exemplar, with_for_update={"of": Exemplar})
            _take_back(row, reason, actor)
        _tell("person.restrict", row, told, actor=actor)
        _close(row, State.DONE, reason, actor=actor)


def withdraw(request: DataRequest, reason: str, *, actor: Actor) -> None:
    """Take back every consent the person gave; what they allowed ends at once.

    Raises Forbidden when an exemplar's unit lies beyond the actor's reach.
    """
    with transaction():
        row = _open(request)
        _take_back(row, reason, actor)
        _close(row, State.DONE, reason, actor=actor)


def _take_back(row: DataRequest, reason: str, actor: Actor) -> None:
    for exemplar in _praised(row):
        for purpose in consent_queries.given(exemplar):
            consent_services.withdraw(exemplar, purpose, reason, actor=actor)


def _praised(row: DataRequest) -> Sequence[Exemplar]:
    """The exemplars that are whoever asked."""
    if row.exemplar is not None:
        return [row.exemplar]
    return exemplar_queries.exemplars_of(row.person_id) if row.person_id else []


def forget(
    request: DataRequest, *, within: Sequence[str], keeps_name: bool = False, actor: Actor
) -> bool:
    """Delete what the law lets go: all of it, or all but what a permanent record names.

    True when nothing names the person any more. Entries of the log, and of exemplars the
    person is, that belong to units beyond `within` stay, and the request stays open for
    whoever reaches those: until then a name that could go altogether is kept, by which the
    rest is found. `keeps_name` is what
    the actor was told: Conflict `name_would_go` when no record holds the name any more.
    Raises RuleViolation without a paper's number, or while a congress that counts on the
    person is not over.
    """
    with transaction():
        row = _open(request)
        _must_be_due(row)
        free = not request_queries.is_recorded(row)
        if free and keeps_name:
            raise Conflict("name_would_go", Sentence(rights.NAME_WOULD_GO))
        log = log_queries.share_of(row, forgotten=free, within=within)
        whole = free and not log.beyond
        if free and not whole:
            mine = log_queries.share_of(row, forgotten=False, within=within)
            log = mine._replace(beyond=log.beyond)
        _end_beyond(row, within, actor)
        _clear(row, f"Đã xóa theo yêu cầu số {row.id}" if whole else None, within)
        _tell_erasing(row, log, whole, actor)
        if log.beyond:
            row.outcome = rights.waiting_for(log.beyond)
        else:
            row.ground = None if whole else "archives"
            _close(row, State.DONE, None if whole else rights.GROUNDS["archives"], actor=actor)
    # Live pages' answers lie in files of their own, with names of whom they tell.
    shelf.clear(Path(current_app.instance_path) / shelf.FOLDER)
    return whole


def _clear(row: DataRequest, name: str | None, within: Sequence[str]) -> None:
    if row.exemplar_id is not None:
        forgetting_services.clear_exemplar(row.exemplar_id, name)
        return
    for exemplar in _praised(row):
        if exemplar.unit.path.startswith(tuple(within)):
            forgetting_services.clear_exemplar(exemplar.id, None)
    forgetting_services.clear(_known(row).id, name)


def _end_beyond(row: DataRequest, within: Sequence[str], actor: Actor) -> None:
    """What of exemplars waits for another administrator is shown to nobody meanwhile."""
    for exemplar in _praised(row) if row.exemplar_id is None else ():
        if not exemplar.unit.path.startswith(tuple(within)):
            consent_services.end_all(exemplar, f"Yêu cầu xóa dữ liệu số {row.id}", actor=actor)


def _must_be_due(row: DataRequest) -> None:
    if row.kind != Kind.ERASE or row.is_by_name:
        raise Conflict(
            "not_asked", Sentence(N_("Người này không yêu cầu xóa dữ liệu. Hãy xem lại."))
        )
    rights.must_have_paper(row.paper)
    waiting = request_queries.open_congresses(row.person_id) if row.person_id else []
    if waiting:
        raise RuleViolation(
            "person_needed",
            Sentence(
                N_(
                    "Hội nghị, Đại hội mà người này dự chưa bế mạc nên chưa xóa được dữ liệu. "
                    "Hãy đợi bế mạc rồi xóa, hoặc từ chối yêu cầu với căn cứ đó."
                )
            ),
            waiting,
        )


def _tell_erasing(row: DataRequest, log: Share, whole: bool, actor: Actor) -> None:
    """The log gives up its share, and says so with the number of the paper that asked."""
    facts: dict[str, object] = {"whole": whole, "paper": row.paper}
    facts |= {"left_above": log.left} if log.left else {}
    act, path = "person.erase", row.unit_path
    erase(log.erased, act, row, facts, actor=actor, unit_path=path, rests=log.rests)


def finish(request: DataRequest, outcome: str, *, actor: Actor) -> None:
    """Met in another way (the data were corrected on the delegate's page).

    Raises Conflict for a deletion: it is done by deleting, or refused.
    """
    with transaction():
        row = _open(request)
        if row.kind == Kind.ERASE and not row.is_by_name:
            raise Conflict(
                "not_erased",
                Sentence(
                    N_(
                        "Yêu cầu xóa chỉ kết thúc khi đã xóa dữ liệu, "
                        "hoặc khi yêu cầu bị từ chối có căn cứ."
                    )
                ),
            )
        _close(row, State.DONE, outcome, actor=actor)


def refuse(request: DataRequest, ground: str, outcome: str | None, *, actor: Actor) -> None:
    """Refused, with the law it is refused by; raises RuleViolation without one."""
    if ground not in rights.GROUNDS:
        raise RuleViolation("no_ground", Sentence(N_("Hãy chọn căn cứ pháp lý của việc từ chối.")))
    with transaction():
        row = _open(request)
        row.ground = ground
        _tell("person.refuse", row, {"legal_ground": ground}, actor=actor)
        _close(row, State.REFUSED, outcome, actor=actor)


def _open(request: DataRequest) -> DataRequest:
    row = db.session.get_one(
        DataRequest, request.id, with_for_update={"of": DataRequest}, populate_existing=True
    )
    if row.state != State.OPEN:
        raise Conflict(
            "request_closed", Sentence(N_("Yêu cầu này đã giải quyết xong, không làm tiếp được."))
        )
    return row


def _close(row: DataRequest, state: State, outcome: str | None, *, actor: Actor) -> None:
    row.state, row.outcome = state.value, outcome
    row.replied_on = row.replied_on or clock.today()
    row.decided_at, row.decided_by = clock.now(), actor.name
    _tell("person.done", row, {"state": state.value}, actor=actor)


def _tell(action: str, row: DataRequest, facts: dict[str, object], *, actor: Actor) -> None:
    record(action, row, facts, actor=actor, unit_path=row.unit_path, name=row.person_name)
