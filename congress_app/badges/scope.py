"""Which badges a request is about: the filter of the list, its print and its sheet."""

from __future__ import annotations

from flask import g, request
from flask_babel import gettext as _

from congress_app.badges import queries
from congress_app.badges.forms import FilterForm
from congress_app.badges.queries import BadgeFilter
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold
from congress_app.web.guards import READING

_BAD_FILTER = N_(
    "Bộ lọc không còn đúng (đoàn đã bỏ, hoặc địa chỉ bị sửa) nên chưa in, chưa tải gì. Hãy mở lại "
    "trang Thẻ, lọc rồi làm lại."
)


def filter_form() -> FilterForm:
    """The filter in the address; rubbish in it shows everything.

    It takes nothing away, though: raises RuleViolation `bad_filter` where the request does
    more than look, for all badges are not what was asked for.
    """
    form = FilterForm(request.args)
    choices = {0: _("Mọi đoàn")} | dict(queries.delegations_with_badges(g.congress.id))
    form.delegation.choices = choices
    if not form.validate():
        if request.method not in READING:
            raise RuleViolation("bad_filter", Sentence(_BAD_FILTER))
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
