"""Who may enter exemplars, and how that is said."""

from __future__ import annotations

from congress_app.kernel.errors import Forbidden
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence


def must_nominate(actor: Actor, unit_path: str) -> None:
    """Raise Forbidden unless the actor may enter exemplars of the unit."""
    if not actor.can(Permission.EXEMPLAR_NOMINATE, unit_path):
        raise Forbidden(
            "forbidden",
            Sentence(N_("Bạn chỉ được ghi điển hình của đơn vị mình và các đơn vị bên dưới.")),
        )
