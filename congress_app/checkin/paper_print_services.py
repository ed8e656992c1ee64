"""Many attendance sheets as one PDF, by a job: its file, and nothing else, is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congress_app.checkin import paper_queries
from congress_app.checkin.paper_pdf import paper_sheets
from congress_app.congresses.queries import congress_by_id
from congress_app.database import transaction
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress, finish
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_

KIND = "paper_print"
# So many sheets, of 22 rows each, are drawn within a moment; more of them are a job.
AT_ONCE = 15


@durable(KIND)
def draw_sheets(
    progress: Progress, _actor: Actor, *, congress_id: int, batch: int, filename: str
) -> Mapping[str, Any]:
    """The sheets of one printing, as the job's file."""
    congress, sheets = congress_by_id(congress_id), paper_queries.printed(congress_id, batch)
    if congress is None or not sheets:
        raise NotFound

    def tell(done: int, total: int) -> None:
        progress(done, total, N_("Đang vẽ các tờ điểm danh"))

    data = paper_sheets(congress.name, sheets, tell)
    result = {"count": len(sheets)}
    with transaction():
        finish(progress, result, file=(filename, data))
    return result
