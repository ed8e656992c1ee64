"""Ask for a selection, keep its answer, adopt it, replace a speaker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.congresses import lifecycle
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import selection_queries, speech_services
from congress_app.programme.models import Speech
from congress_app.programme.selection.repair import Change
from congress_app.programme.speech_models import SpeechRun
from congress_app.programme.speech_states import CHOSEN, may_become

# Raised when rules or arithmetic change, so that a stored run tells by which it was made.
ENGINE = "congress-selection 1, HiGHS 1.15.1"

CHANGED_MEANWHILE = N_(
    "Có tham luận của phương án này đã được người khác sửa hoặc quyết định từ lúc bạn mở trang, "
    "nên chưa ghi được gì. Hãy mở lại trang phương án, xem lại rồi nhận, hoặc chạy chọn lại."
)


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


def adopt(congress: Congress, run: SpeechRun, *, seen: str, actor: Actor) -> None:
    """Make a plan the decision: its speeches are selected, the others wait in reserve.

    `seen` is the fingerprint of what was looked at (`selection_queries.Shown`); raises Stale
    when a speech was changed or decided on since, Conflict `run_stale` when a speech of the
    plan cannot be selected any more, and RuleViolation `no_plan` for a run without one.
    """
    with transaction():
        answer = run.answer or {}
        if "chosen" not in answer:
            raise RuleViolation("no_plan", Sentence(N_("Lần chọn này không có phương án.")))
        _decide(congress, run, answer["chosen"], seen, actor)
        run.adopted_at = clock.now()
        run.adopted_by = actor.display_name
        record(
            "speech.adopt",
            congress,
            {"count": len(answer["chosen"]), "minutes": answer["minutes"]},
            actor=actor,
            unit_path=congress.unit.path,
        )


def replace(congress: Congress, run: SpeechRun, change: Change, *, seen: str, actor: Actor) -> None:
    """Adopt the smallest change to an adopted plan; raises as `adopt`."""
    with transaction():
        _decide(congress, run, list(change.chosen), seen, actor)
        record(
            "speech.replace",
            congress,
            {"added": ", ".join(change.added), "dropped": ", ".join(change.dropped)},
            actor=actor,
            unit_path=congress.unit.path,
        )


def _decide(congress: Congress, run: SpeechRun, chosen: list[str], seen: str, actor: Actor) -> None:
    wanted = {int(name) for name in chosen}
    steps: dict[int, str] = {}
    for speech in _taken(congress, run, seen):
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


def _taken(congress: Congress, run: SpeechRun, seen: str) -> Sequence[Speech]:
    """The speeches a run was asked about as they stand now, held until the end; the run too."""
    db.session.refresh(run, with_for_update=True)
    asked = {int(speech["id"]) for speech in run.problem["speeches"]}
    speeches = db.session.scalars(
        select(Speech)
        .where(Speech.id.in_(asked), Speech.congress_id == congress.id)
        .order_by(Speech.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if selection_queries.fingerprint(run, speeches) != seen:
        raise Stale(sentence=Sentence(CHANGED_MEANWHILE))
    return speeches
