"""Print badges, and remember who printed which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update

from congress_app.audit.services import record
from congress_app.badges import face_queries, queries, services
from congress_app.badges.content import digest
from congress_app.badges.models import Badge, BadgePrint, BadgePrintItem
from congress_app.badges.queries import BadgeFilter
from congress_app.badges.sheet import Imposition, badge_sheet
from congress_app.congresses.models import Congress
from congress_app.congresses.queries import congress_by_id
from congress_app.database import transaction
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress, finish
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

KIND = "badge_print"
# So many are painted within a moment; more of them are a job.
AT_ONCE = 60


@dataclass(frozen=True)
class Printed:
    """Badges on paper, not yet noted: the file, the log's line, what stands on each badge."""

    pdf: bytes
    run: BadgePrint
    digests: dict[int, str]


def to_print(congress: Congress, wanted: BadgeFilter, *, actor: Actor) -> int:
    """Issue the badges still missing; how many the filter finds then."""
    services.issue_missing(congress, actor=actor)
    return queries.how_many(congress.id, wanted)


def print_batch(
    congress: Congress,
    wanted: BadgeFilter,
    imposition: Imposition,
    *,
    actor: Actor,
    two_sided: bool = True,
) -> bytes:
    """The PDF of the badges the filter finds; they count as printed once it exists.

    Badges still missing are issued first. The other side is left out when the design has
    none, or when it is not wanted. Raises RuleViolation `nothing_to_print`.
    """
    services.issue_missing(congress, actor=actor)
    printed = _painted(congress, wanted, imposition, two_sided)
    _note(congress, printed, actor=actor)
    return printed.pdf


def note_taking(
    actor: Actor, result: Mapping[str, Any], *, congress_id: int, **_arguments: object
) -> None:
    """Remember each fetching of the file: its codes open the door."""
    facts = {"count": result["count"], "file": "pdf"}
    _tell("badge.export", _congress(congress_id), facts, actor=actor)


@durable(KIND, taken=note_taking)
def print_many(
    progress: Progress,
    actor: Actor,
    *,
    congress_id: int,
    wanted: Mapping[str, Any],
    imposition: Imposition,
    two_sided: bool,
    filename: str,
) -> Mapping[str, Any]:
    """The same as a job: its file and the marks of printing are stored together or not at all."""
    congress = _congress(congress_id)
    services.issue_missing(congress, actor=actor)

    def tell(done: int, total: int) -> None:
        progress(done, total, N_("Đang vẽ thẻ"))

    chosen = BadgeFilter(**{**wanted, "within": tuple(wanted["within"])})
    printed = _painted(congress, chosen, imposition, two_sided, tell)
    # Fetched within the day, as what holds sensitive facts: whoever has a code comes in.
    result = {"count": printed.run.count, "sensitive": True}
    with transaction():
        finish(progress, result, file=(filename, printed.pdf))
        _note(congress, printed, actor=actor)
    return result


def note_export(congress: Congress, count: int, *, actor: Actor) -> None:
    """Remember that the list was taken away: its codes open the door."""
    _tell("badge.export", congress, {"count": count}, actor=actor)


def _tell(action: str, congress: Congress, facts: Mapping[str, object], *, actor: Actor) -> None:
    with transaction():
        record(action, congress, facts, actor=actor, unit_path=congress.unit.path)


def _congress(congress_id: int) -> Congress:
    found = congress_by_id(congress_id)
    if found is None:
        raise NotFound
    return found


def _painted(
    congress: Congress,
    wanted: BadgeFilter,
    imposition: Imposition,
    two_sided: bool,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Printed:
    """The badges on paper; nothing is written."""
    chosen = _chosen(congress, wanted)
    design = face_queries.design_of(congress.id)
    faces = face_queries.faces_of(chosen, design)
    event = face_queries.congress_face(congress)
    back = face_queries.back_of(congress, design) if two_sided else None
    run = BadgePrint(
        congress_id=congress.id,
        imposition=imposition,
        size=design.size,
        two_sided=back is not None,
        filters=_words(wanted, chosen),
        count=len(chosen),
    )
    digests = {
        badge.id: digest(face, event, design) for badge, face in zip(chosen, faces, strict=True)
    }
    pdf = badge_sheet(
        faces,
        congress=event,
        imposition=imposition,
        design=design,
        logo=face_queries.logo_of(congress.id),
        back=back,
        tell=tell,
    )
    return Printed(pdf, run, digests)


def _chosen(congress: Congress, wanted: BadgeFilter) -> Sequence[Badge]:
    chosen = queries.badges(congress.id, wanted)
    if not chosen:
        raise RuleViolation(
            "nothing_to_print",
            Sentence(
                N_("Không có thẻ nào khớp với bộ lọc. Hãy bỏ lọc hoặc đăng ký đại biểu trước.")
            ),
        )
    return chosen


def _note(congress: Congress, printed: Printed, *, actor: Actor) -> None:
    run, digests = printed.run, printed.digests
    with transaction() as session:
        services.take(congress)
        run.printed_at, run.printed_by = clock.now(), actor.name
        session.add(run)
        session.flush()
        session.execute(
            insert(BadgePrintItem),
            [{"print_id": run.id, "badge_id": badge_id} for badge_id in digests],
        )
        session.execute(
            update(Badge),
            [
                {"id": badge_id, "printed_at": run.printed_at, "printed_digest": seen}
                for badge_id, seen in digests.items()
            ],
        )
        session.execute(
            update(Badge)
            .where(Badge.id.in_(digests))
            .values(print_count=Badge.print_count + 1)
            .execution_options(synchronize_session=False)
        )
        record(
            "badge.print",
            congress,
            {"count": run.count, "imposition": run.imposition},
            actor=actor,
            unit_path=congress.unit.path,
        )


def _words(wanted: BadgeFilter, chosen: Sequence[Badge]) -> dict[str, Any]:
    """The filter as the log keeps it: a delegation by the name it had."""
    delegation = chosen[0].delegate.delegation_unit if wanted.delegation_id else None
    told = {
        "delegation": delegation.name if delegation else None,
        "category": wanted.category,
        "printing": wanted.printing if wanted.printing != "all" else None,
        "text": wanted.text,
        "print": wanted.print_id,
    }
    return {name: value for name, value in told.items() if value}
