"""Ask for a selection, keep its answer, adopt it, replace a speaker."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.congresses import lifecycle
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import speech_services
from congress_app.programme.models import Speech
from congress_app.programme.selection.repair import Change
from congress_app.programme.speech_models import SpeechRun
from congress_app.programme.speech_states import CHOSEN, may_become

# Raised when rules or arithmetic change, so that a stored run tells by which it was made.
ENGINE = "congress-selection 1, HiGHS 1.15.1"


def store_run(congress: Congress, problem: dict[str, Any], *, actor: Actor) -> SpeechRun:
    """Keep what is asked before the search begins; its answer follows."""
    with transaction():
        run = SpeechRun(
            congress_id=congress.id,
            asked_at=clock.now(),
            asked_by=actor.display_name,
            problem=problem,
            engine=ENGINE,
        )
        db.session.add(run)
        record(
            "speech.select",
            congress,
            {"count": len(problem["speeches"]), "minutes": problem["budget_minutes"]},
            actor=actor,
            unit_path=congress.unit.path,
        )
        db.session.flush()
        return run


def answer_run(run_id: int, answer: dict[str, Any]) -> None:
    """Keep the answer of a run; it is never replaced.

    Raises RuleViolation `congress_closed`: the search may begin, or end, after the closing.
    """
    with transaction() as session:
        run = session.get(SpeechRun, run_id)
        if run is None or run.answer is not None:
            return
        row = select(Congress.state, Congress.name).where(Congress.id == run.congress_id)
        over = lifecycle.over(*session.execute(row.with_for_update(key_share=True)).one())
        if over is not None:
            raise RuleViolation("congress_closed", over)
        run.answer = answer


def adopt(congress: Congress, run: SpeechRun, *, actor: Actor) -> None:
    """Make a plan the decision: its speeches are selected, the others wait in reserve.

    Raises Conflict `run_stale` when a speech of the plan cannot be selected any more, and
    RuleViolation `no_plan` for a run without one.
    """
    with transaction():
        answer = run.answer or {}
        if "chosen" not in answer:
            raise RuleViolation("no_plan", Sentence(N_("Lần chọn này không có phương án.")))
        _decide(congress, run.problem, answer["chosen"], actor)
        run.adopted_at = clock.now()
        run.adopted_by = actor.display_name
        record(
            "speech.adopt",
            congress,
            {"count": len(answer["chosen"]), "minutes": answer["minutes"]},
            actor=actor,
            unit_path=congress.unit.path,
        )


def replace(congress: Congress, run: SpeechRun, change: Change, *, actor: Actor) -> None:
    """Adopt the smallest change to an adopted plan; raises as `adopt`."""
    with transaction():
        _decide(congress, run.problem, list(change.chosen), actor)
        record(
            "speech.replace",
            congress,
            {"added": ", ".join(change.added), "dropped": ", ".join(change.dropped)},
            actor=actor,
            unit_path=congress.unit.path,
        )


def _decide(congress: Congress, problem: dict[str, Any], chosen: list[str], actor: Actor) -> None:
    wanted = {int(name) for name in chosen}
    asked = {int(speech["id"]) for speech in problem["speeches"]}
    steps: dict[int, str] = {}
    for speech in db.session.scalars(
        select(Speech)
        .where(Speech.id.in_(asked), Speech.congress_id == congress.id)
        .order_by(Speech.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ):
        if speech.id in wanted:
            if speech.state in (*CHOSEN, "delivered"):
                continue
            if not may_become(speech.state, "selected"):
                raise Conflict(
                    "run_stale",
                    Sentence(
                        N_("Tham luận “{title}” không còn chọn được nữa. Hãy chạy chọn lại."),
                        title=speech.title,
                    ),
                )
            steps[speech.id] = "selected"
        elif may_become(speech.state, "reserve"):
            steps[speech.id] = "reserve"
    speech_services.decide_many(congress, steps, actor=actor)
