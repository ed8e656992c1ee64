"""Take the list out of the house as a sheet; that it was taken is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import export_queries, state_services
from congress_app.delegates.listing import Listed
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress, finish
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import Translator

KIND = "delegate_export"
# So many are written within a second; more of them are a job.
MANY = 2_000


def export(congress: Congress, listed: Listed, translate: Translator, *, actor: Actor) -> bytes:
    """The sheet; that it was taken is recorded."""
    data, rows = export_queries.delegate_sheet(congress, listed, translate)
    with transaction():
        _note(congress, listed, rows, actor=actor)
    return data


def note_taking(
    actor: Actor,
    result: Mapping[str, Any],
    *,
    congress_id: int,
    listed: Mapping[str, Any],
    filename: str,
) -> None:
    """Remember each fetching of the file as a list taken at once."""
    _note(_congress(congress_id), _listed(listed), result["rows"], actor=actor)


@durable(KIND, taken=note_taking)
def export_many(
    progress: Progress, actor: Actor, *, congress_id: int, listed: Mapping[str, Any], filename: str
) -> Mapping[str, Any]:
    """The same as a job: its file and the log's entry are stored together or not at all."""
    congress, chosen = _congress(congress_id), _listed(listed)
    data, rows = export_queries.delegate_sheet(congress, chosen, str, progress)
    result = {"rows": rows, "sensitive": chosen.sensitive}
    with transaction():
        finish(progress, result, file=(filename, data))
        _note(congress, chosen, rows, actor=actor)
    return result


def _congress(congress_id: int) -> Congress:
    found = congress_queries.congress_by_id(congress_id)
    if found is None:
        raise NotFound
    return found


def _listed(data: Mapping[str, Any]) -> Listed:
    return Listed(**{**data, "within": tuple(data["within"])})


def _note(congress: Congress, listed: Listed, rows: int, *, actor: Actor) -> None:
    facts = {
        "rows": rows,
        "filters": listed.wanted.as_arguments(),
        "sensitive": listed.sensitive,
    }
    state_services.note_reading(congress, "delegate.export", facts, actor=actor, of=None)
