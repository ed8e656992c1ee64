"""Somebody who came without being on the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length, ValidationError

from congress_app.congresses.rulebook import CATEGORY_LABELS, Category, LevelRules, Rulebook
from congress_app.delegates.forms import NewDelegateForm
from congress_app.units.chooser import Chooser
from congress_app.web.forms import NfcField
from congress_app.web.texts import say

ADMITTED = (Category.GUEST, Category.OFFICIAL)


class WalkInForm(NewDelegateForm):
    """As registering, for guests and officials, with the reason why it is done at the door."""

    reason = NfcField(
        _l("Lý do ghi danh tại chỗ"),
        validators=[DataRequired(), Length(max=300)],
        description=_l("Ví dụ: thay người ốm theo giấy giới thiệu số 12."),
    )

    def offer(self, rulebook: Rulebook, units: Chooser, **options: Any) -> None:
        """As the base, without elected delegates: those are elected below."""
        super().offer(rulebook, units, **options)
        self.category.choices = [(c.value, say(CATEGORY_LABELS[c])) for c in ADMITTED]

    def offer_grounds(self, rules: LevelRules) -> None:
        """The lines of the composition for guests and officials."""
        lines = tuple(line for line in rules.subcategories if line.category in ADMITTED)
        super().offer_grounds(replace(rules, subcategories=lines))

    def validate_ground_text(self, field: NfcField) -> None:
        """By some right everybody comes."""
        if not field.data and not self.ground_codes.data:
            raise ValidationError(_("Hãy chọn hoặc ghi căn cứ tham dự."))
