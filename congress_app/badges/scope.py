"""Which badges a request is about: the filter of the list, its print and its sheet."""

from __future__ import annotations

from flask import g, request
from flask_babel import gettext as _

from congress_app.badges import queries
from congress_app.badges.forms import FilterForm
from congress_app.badges.queries import BadgeFilter
from congress_app.kernel.vietnamese import fold


def filter_form() -> FilterForm:
    """The filter in the address; rubbish in it shows everything."""
    form = FilterForm(request.args)
    choices = {0: _("Mọi đoàn")} | dict(queries.delegations_with_badges(g.congress.id))
    form.delegation.choices = choices
    if not form.validate():
        form = FilterForm(data={"printing": "all", "delegation": 0, "category": ""})
        form.delegation.choices = choices
    return form


def wanted_by(form: FilterForm) -> BadgeFilter:
    """What the filter asks for."""
    return BadgeFilter(
        delegation_id=form.delegation.data or None,
        printing=form.printing.data or "all",
        text=fold(form.q.data or ""),
        category=form.category.data or "",
        print_id=form.run_id(),
    )
