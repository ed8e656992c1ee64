"""The plan of large halls as a job: its file, and nothing else, is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congress_app.congresses.queries import congress_by_id
from congress_app.database import transaction
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress, finish
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_
from congress_app.seating import queries
from congress_app.seating.plan_pdf import plan_pdf

KIND = "seating_plan"
# So many seats are drawn within a moment; more of them are a job.
AT_ONCE = 300


@durable(KIND)
def draw_plan(
    progress: Progress, _actor: Actor, *, congress_id: int, paper: str, filename: str
) -> Mapping[str, Any]:
    """All halls on paper, as the job's file."""
    congress = congress_by_id(congress_id)
    if congress is None:
        raise NotFound

    def tell(done: int, total: int) -> None:
        progress(done, total, N_("Đang vẽ sơ đồ"))

    plans = queries.plans(congress_id)
    result = {"count": sum(len(plan.seats) for plan in plans)}
    data = plan_pdf(congress.name, plans, paper, tell)
    with transaction():
        finish(progress, result, file=(filename, data))
    return result
