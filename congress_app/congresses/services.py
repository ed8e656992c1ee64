"""Planning congresses and leading them through their life."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from congress_app.audit.services import changed, record
from congress_app.congresses import (
    lifecycle,
    placing,
    queries,
    rulebook,
    rulebook_services,
    step_queries,
    terms,
    wording,
)
from congress_app.congresses.keys import key_of
from congress_app.congresses.lifecycle import State
from congress_app.congresses.models import Congress, CongressStep, Pulse, Season
from congress_app.congresses.placing import Place
from congress_app.congresses.plan import Plan, Turnout
from congress_app.congresses.rulebook import Level, Rulebook
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit


def create_season(name: str, rulebook_key: str, *, actor: Actor) -> Season:
    """A new round of congresses whose plans start from this rulebook.

    Raises NotFound for an unknown rulebook.
    """
    with transaction() as session:
        row = rulebook_services.stored(rulebook_key)
        taken = [season.key for season in queries.seasons()]
        season = Season(key=key_of(name, taken), name=name, rulebook_id=row.id)
        session.add(season)
        record("season.create", season, {"name": name, "rulebook": row.name}, actor=actor)
        return season


def plan(
    season: Season, unit: Unit, wanted: Plan | None = None, *, actor: Actor, is_demo: bool = False
) -> Congress:
    """Plan the congress of one unit; what the plan leaves open is proposed by the rules.

    Raises RuleViolation `no_level` when units of this kind hold none, Conflict
    `already_planned` when the unit has one in the season.
    """
    wanted = wanted or Plan()
    try:
        with transaction() as session:
            place = queries.place_of(unit)
            book = rulebook.from_json(season.rulebook.body)
            known = {other.id: other for other in queries.places(ids=place.ancestor_ids)}
            level = placing.level_of(book, place, known)
            if level is None:
                sentence = N_(
                    "Theo quy định của mùa này, “{unit}” không phải nơi tổ chức hội nghị."
                )
                raise RuleViolation("no_level", Sentence(sentence, unit=unit.name))
            if unit.id in queries.planned_ids(season.id):
                raise Conflict("already_planned", _already_planned(unit.name))
            congress = _draft(season, book, level, place, known | {place.id: place})
            congress.is_demo = is_demo
            _apply(congress, wanted)
            _store(session, [congress], actor)
            link(season)
            facts = {"name": congress.name, "level": level}
            record("congress.plan", congress, facts, actor=actor, unit_path=unit.path)
            return congress
    except IntegrityError as error:
        raise Conflict("already_planned", _already_planned(unit.name)) from error


def plan_many(season: Season, level: Level, *, within: Iterable[str], actor: Actor) -> int:
    """Plan the congress of every unit of the level below the reach that has none yet.

    Gives how many were made; names and lengths are proposed, days stay open.
    """
    with transaction() as session:
        book = rulebook.from_json(season.rulebook.body)
        known = {place.id: place for place in queries.places(book=book)}
        wanted = queries.unplanned(season, within=within)[level]
        _store(session, [_draft(season, book, level, place, known) for place in wanted], actor)
        link(season)
        facts = {"level": level, "created": len(wanted)}
        record("congress.plan_many", season, facts, actor=actor)
        return len(wanted)


def link(season: Season) -> None:
    """Lead every congress of the season that has none above it to the one there is now."""
    with transaction() as session:
        session.flush()
        for parent_id, below in queries.missing_links(season).items():
            session.execute(
                update(Congress).where(Congress.id.in_(below)).values(parent_id=parent_id)
            )


def edit(congress: Congress, wanted: Plan, *, version: int, actor: Actor) -> Congress:
    """Change the plan; days outside the rules are let through.

    Raises Stale when somebody saved since the form was opened, RuleViolation
    `plan_incomplete` when people are already called and the day or place would go missing.
    """
    with transaction() as session:
        row = _taken(session, congress.id)
        if row.version != version:
            combinable = queries.rules_of(row).combinable
            told = wording.plan_differences(queries.plan_of(row), wanted, combinable)
            raise Stale(told, row.version)
        _apply(row, wanted)
        if row.state != State.DRAFT and (row.held_on is None or row.place is None):
            raise RuleViolation(
                "plan_incomplete",
                Sentence(
                    N_(
                        "Hội nghị đã triệu tập nên phải còn ngày và địa điểm. "
                        "Hãy điền đủ, hoặc đưa kế hoạch về dự thảo trước."
                    )
                ),
            )
        _remember("congress.edit", row, changed(row), actor)
        return row


def adopt(congress: Congress, rulebook_key: str, *, actor: Actor) -> Congress:
    """Freeze a rulebook as the congress's own; later edits of it do not reach the congress.

    Raises NotFound for an unknown rulebook, RuleViolation `not_draft` once people are
    called by other rules.
    """
    with transaction() as session:
        row = _taken(session, congress.id)
        if row.state != State.DRAFT:
            raise RuleViolation(
                "not_draft",
                Sentence(
                    N_(
                        "Chỉ đổi quy định khi kế hoạch còn là dự thảo. "
                        "Hãy đưa hội nghị về dự thảo rồi chọn lại quy định."
                    )
                ),
            )
        chosen = rulebook_services.stored(rulebook_key)
        before = row.rulebook.name if row.rulebook else None
        row.rulebook_id, row.rules = chosen.id, dict(chosen.body)
        for name, value in terms.columns_of(queries.rules_of(row)).items():
            setattr(row, name, value)
        row.rules_adopted_at, row.rules_adopted_by = clock.now(), actor.display_name
        _remember("congress.adopt", row, {"rulebook": [before, chosen.name]}, actor)
        return row


def move(
    congress: Congress,
    target: str,
    *,
    seen: int,
    note: str | None = None,
    turnout: Turnout | None = None,
    actor: Actor,
) -> Congress:
    """Move the congress to another state and remember who did it, when and why.

    `seen` is the last step that was looked at (`step_queries.last_id`); `turnout` is kept
    when given. Raises Stale after another step, RuleViolation `move_refused` with every reason.
    """
    with transaction() as session:
        row = _taken(session, congress.id)
        step_queries.must_be_last(row.id, seen)
        _count(row, turnout)
        found = lifecycle.missing(queries.facts_of(row, note), target, queries.rules_of(row))
        if found:
            raise RuleViolation(
                "move_refused",
                Sentence(N_("Chưa chuyển được hội nghị sang bước này.")),
                [finding.sentence for finding in found],
            )
        session.add(_step(row, row.state, target, actor, note))
        row.state = State(target).value
        changes = changed(row) | ({"note": note} if note else {})
        _remember("congress.move", row, changes, actor)
        return row


def report_turnout(congress: Congress, turnout: Turnout, *, actor: Actor) -> Congress:
    """Write down how many took part; at base level the seats upwards are divided by it.

    Raises RuleViolation `congress_closed` for a number that stood when the congress closed.
    """
    with transaction() as session:
        row = _taken(session, congress.id)
        over = lifecycle.over(row.state, row.name)
        if over is not None and row.attendance is not None:
            raise RuleViolation("congress_closed", over)
        _count(row, turnout)
        _remember("congress.turnout", row, changed(row), actor)
        return row


def note_lessons(congress: Congress, text: str | None, *, version: int, actor: Actor) -> Congress:
    """Keep what this congress taught the others; Stale when somebody saved since."""
    with transaction() as session:
        row = _taken(session, congress.id)
        if row.version != version:
            raise Stale([Sentence(N_("Đang lưu: {text}"), text=row.lessons or "–")], row.version)
        row.lessons = text
        _remember("congress.lessons", row, changed(row), actor)
        return row


def pulse(congress_id: int) -> None:
    """Raise the counter of the congress, so that live pages notice; call it last."""
    with transaction() as session:
        dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        first = dialect.insert(Pulse).values(congress_id=congress_id, counter=1)
        session.execute(
            first.on_conflict_do_update(
                index_elements=["congress_id"], set_={"counter": Pulse.counter + 1}
            )
        )


def _draft(
    season: Season, book: Rulebook, level: Level, place: Place, known: dict[int, Place]
) -> Congress:
    durations = book.levels[level].durations
    return Congress(
        season_id=season.id,
        unit_id=place.id,
        level=level.value,
        name=placing.proposed_name(book, level, place, known),
        state=State.DRAFT.value,
        duration=durations[0].value if durations else "half_day",
    )


def _apply(congress: Congress, wanted: Plan) -> None:
    congress.name = wanted.name or congress.name
    congress.duration = wanted.duration or congress.duration
    congress.held_on, congress.starts_at = wanted.held_on, wanted.starts_at
    congress.place, congress.address = wanted.place, wanted.address
    congress.combined_with = wanted.combined_with
    congress.plan_document = wanted.plan_document


def _remember(action: str, row: Congress, changes: dict[str, object], actor: Actor) -> None:
    if changes:
        record(action, row, changes, actor=actor, unit_path=row.unit.path)
        pulse(row.id)


def _count(congress: Congress, turnout: Turnout | None) -> None:
    if turnout is not None:
        congress.attendance = turnout.number
        congress.attendance_source = turnout.source


def _store(session: Session, congresses: list[Congress], actor: Actor) -> None:
    session.add_all(congresses)
    session.flush()
    session.add_all(_step(congress, "", State.DRAFT, actor, None) for congress in congresses)
    session.add_all(Pulse(congress_id=congress.id) for congress in congresses)
    session.flush()


def _step(row: Congress, origin: str, target: str, actor: Actor, note: str | None) -> CongressStep:
    return CongressStep(
        congress_id=row.id,
        from_state=origin,
        to_state=State(target).value,
        at=clock.now(),
        by=actor.display_name,
        note=note,
    )


def _taken(session: Session, congress_id: int) -> Congress:
    """The row as it stands now, locked until the end on PostgreSQL."""
    wanted = select(Congress).where(Congress.id == congress_id).with_for_update(of=Congress)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def _already_planned(unit_name: str) -> Sentence:
    return Sentence(
        N_("“{unit}” đã có hội nghị trong mùa này. Hãy mở hội nghị đó để sửa."), unit=unit_name
    )
