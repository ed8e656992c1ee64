"""What is sensitive about one exemplar, shown on request; each look is recorded."""

from __future__ import annotations

from flask import Blueprint, g

from congress_app.audit import sealed_queries
from congress_app.exemplars import services
from congress_app.exemplars.routes import page_of, readable
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires

bp = Blueprint("exemplar_sensitive", __name__, url_prefix="/exemplars")


@bp.post("/<int:exemplar_id>/sensitive")
@requires(Permission.DELEGATE_READ_SENSITIVE)
def reveal(exemplar_id: int) -> str:
    """Whether he or she is of an ethnic minority, and who changed that from what to what."""
    row = readable(exemplar_id)
    if not g.actor.can(Permission.DELEGATE_READ_SENSITIVE, row.unit.path):
        raise NotFound()
    services.note_reading(row, actor=g.actor)
    row = readable(exemplar_id)
    return page_of(row, reveals=True, past=sealed_queries.past("exemplar", row.id))
