"""Which figures of the summary are wanted."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import NumberRange, Optional

from congress_app.exemplars.criteria import CriteriaSet
from congress_app.exemplars.forms import FIRST_YEAR, LAST_YEAR
from congress_app.exemplars.summary_table import Window
from congress_app.web.forms import BaseForm, WholeNumberField
from congress_app.web.texts import say

# As many years as a table still shows side by side.
LONGEST = 15


class SummaryForm(BaseForm):
    """The unit, the criteria, the years; empty years are those of the criteria."""

    class Meta(BaseForm.Meta):
        """A search goes by address and changes nothing."""

        csrf = False

    unit = SelectField(_l("Đơn vị"), coerce=int)
    criteria_set = SelectField(_l("Bộ tiêu chuẩn"), default="")
    from_year = WholeNumberField(_l("Từ năm"), [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)])
    to_year = WholeNumberField(_l("Đến năm"), [Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)])

    def offer(self, units: list[tuple[int, str]], sets: Mapping[str, CriteriaSet]) -> None:
        """Fill the lists."""
        self.unit.choices = units
        every = {"": _("Bộ đang áp dụng của đơn vị")}
        self.criteria_set.choices = every | {key: say(one.name) for key, one in sets.items()}

    def window(self, rules: CriteriaSet) -> Window:
        """The years asked for, in order; those of the criteria where nothing sensible is said."""
        first = None if self.from_year.errors else self.from_year.data
        last = None if self.to_year.errors else self.to_year.data
        low, high = sorted((first or rules.window[0], last or rules.window[1]))
        return Window(max(low, high - LONGEST + 1), high)
