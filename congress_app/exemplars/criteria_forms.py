"""Forms of the criteria: copying a set, every figure of a copy."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.exemplars.awards import AwardKind
from congress_app.exemplars.clauses import DISCIPLINE_LABELS, Discipline
from congress_app.exemplars.criteria import LEADER_TIE_LABELS, CriteriaSet, LeaderTie
from congress_app.exemplars.forms import FIRST_YEAR, LAST_YEAR
from congress_app.units.chooser_forms import UnitField
from congress_app.web.forms import BaseForm, NfcField, VersionedForm, WholeNumberField
from congress_app.web.texts import say


class CopyForm(BaseForm):
    """For which unit a copy is made, and what it is called."""

    unit = UnitField(_l("Đơn vị áp dụng"))
    name = NfcField(_l("Tên bộ tiêu chuẩn"), [DataRequired(), Length(max=250)])


def _ticks(label: object, description: object = "") -> SelectMultipleField:
    """Several of a list, each a check box."""
    return SelectMultipleField(
        label,
        description=description,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class CriteriaForm(VersionedForm):
    """Every figure of a set of criteria."""

    name = NfcField(_l("Tên bộ tiêu chuẩn"), [DataRequired(), Length(max=250)])
    source = NfcField(
        _l("Căn cứ"),
        [DataRequired(), Length(max=250)],
        description=_l("Văn bản quy định tiêu chuẩn; hiện dưới kết quả xét."),
    )
    first_year = WholeNumberField(
        _l("Từ năm"), [InputRequired(), NumberRange(FIRST_YEAR, LAST_YEAR)]
    )
    last_year = WholeNumberField(
        _l("Đến năm"), [InputRequired(), NumberRange(FIRST_YEAR, LAST_YEAR)]
    )
    excellent_years = WholeNumberField(
        _l("Số năm hoàn thành xuất sắc liên tục"),
        [InputRequired(), NumberRange(1, 15)],
        description=_l("Với cá nhân; các năm phải liền nhau và nằm trong thời kỳ."),
    )
    barring = SelectField(
        _l("Kỷ luật loại tập thể, từ mức"),
        coerce=int,
        description=_l(
            "Có người bị kỷ luật từ mức này trở lên thì tập thể không đạt về thành tích; chỉ còn "
            "đạt khi có khen thưởng thuộc tiêu chuẩn."
        ),
    )
    bars_awards = BooleanField(
        _l("Kỷ luật loại tập thể cả khi có khen thưởng"),
        description=_l("Kế hoạch 1935 chỉ nêu kỷ luật trong tiêu chuẩn thành tích."),
    )
    leader_tie = RadioField(
        _l("Người lãnh đạo gắn với tập thể"),
        validators=[InputRequired()],
        description=_l("Khi nào tập thể do người này lãnh đạo cũng phải đạt tiêu chuẩn."),
    )
    collective_awards = _ticks(
        _l("Khen thưởng được tính với tập thể"),
        _l("Có một trong các hình thức này, quyết định trong thời kỳ, là đủ thay thành tích."),
    )
    individual_awards = _ticks(_l("Khen thưởng được tính với cá nhân"))

    @classmethod
    def opened(cls, rules: CriteriaSet, kinds: Iterable[AwardKind], version: int) -> CriteriaForm:
        """The form of a copy, with the list of awards to tick."""
        form = cls(
            data={
                "version": version,
                "name": say(rules.name),
                "source": say(rules.source),
                "first_year": rules.window[0],
                "last_year": rules.window[1],
                "excellent_years": rules.excellent_years,
                "barring": int(rules.barring),
                "bars_awards": rules.bars_awards,
                "leader_tie": rules.leader_tie.value,
                "collective_awards": list(rules.collective_awards),
                "individual_awards": list(rules.individual_awards),
            }
        )
        awards = [(kind.code, say(kind.name)) for kind in kinds]
        form.collective_awards.choices = form.individual_awards.choices = awards
        form.barring.choices = [
            (int(level), say(words))
            for level, words in DISCIPLINE_LABELS.items()
            if level != Discipline.NONE
        ]
        form.leader_tie.choices = [(code, say(words)) for code, words in LEADER_TIE_LABELS.items()]
        return form

    def applied(self, rules: CriteriaSet) -> CriteriaSet:
        """The set as entered."""
        return dataclasses.replace(
            rules,
            name=self.name.data or "",
            source=self.source.data or "",
            window=(self.first_year.data or 0, self.last_year.data or 0),
            collective_awards=tuple(self.collective_awards.data or ()),
            individual_awards=tuple(self.individual_awards.data or ()),
            barring=Discipline(self.barring.data),
            bars_awards=self.bars_awards.data,
            excellent_years=self.excellent_years.data or 0,
            leader_tie=LeaderTie(self.leader_tie.data),
        )
