"""What the forms of all chapters offer of the units, and the address that suggests them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Blueprint, g, jsonify, request, url_for
from werkzeug.wrappers import Response

from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.units import chooser_queries, queries
from congress_app.units.chooser import SUGGESTED, Chooser, Offered
from congress_app.units.models import Unit
from congress_app.web.addresses import row_number
from congress_app.web.guards import requires

bp = Blueprint("unit_chooser", __name__, url_prefix="/units")

LONGEST = 100


@bp.get("/suggestions")
@requires(Permission.UNIT_READ)
def suggestions() -> Response:
    """The units that hold the words typed so far, within what the form offers."""
    right = request.args.get("right", Permission.UNIT_READ.value)
    under, outside = _unit_asked("under"), _unit_asked("outside")
    if right not in set(Permission) or ("under" in request.args and under is None):
        raise NotFound
    offered = _offered(Permission(right), under, tuple(request.args.getlist("kind")), outside)
    if not offered.within:
        raise NotFound
    found = chooser_queries.near(request.args.get("text", "")[:LONGEST], offered, SUGGESTED)
    return jsonify(units=[{"words": one.words, "above": one.above} for one in found])


def chooser(
    right: Permission,
    *,
    under: Unit | None = None,
    kinds: Sequence[str] = (),
    outside: Unit | None = None,
    kept: int | None = None,
) -> Chooser:
    """What a form offers: the units for which the actor has the right.

    Narrowed to those at or below `under`, to `kinds`, and to those not below `outside`;
    the unit `kept` stands besides, whatever the rest says.
    """
    offered = _offered(right, under, tuple(kinds), outside, kept)
    address = url_for(
        "unit_chooser.suggestions",
        right=right.value,
        under=under.id if under else None,
        kind=list(kinds),
        outside=outside.id if outside else None,
    )
    return Chooser(
        options=chooser_queries.options(offered),
        meant=partial(chooser_queries.meant, offered=offered),
        near=partial(chooser_queries.near, offered=offered),
        by_id=partial(chooser_queries.by_id, offered=offered),
        address=address,
    )


def _offered(
    right: Permission,
    under: Unit | None,
    kinds: tuple[str, ...],
    outside: Unit | None,
    kept: int | None = None,
) -> Offered:
    within = g.actor.reach(right, under.path if under else "/")
    return Offered(within, kinds, outside.path if outside else None, kept)


def _unit_asked(name: str) -> Unit | None:
    """The unit the address names, if there is one."""
    asked = row_number(request.args.get(name))
    return queries.unit_by_id(asked) if asked else None
