"""Forms of the unit pages: shapes only, the rules stand in the services."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SearchField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.units.chooser import Chooser
from congress_app.units.chooser_forms import UnitField
from congress_app.units.columns import CODE_LENGTH, LARGEST_HEADCOUNT, NAME_LENGTH
from congress_app.units.facts import UnitFacts
from congress_app.units.tree import KIND_LABELS
from congress_app.units.wanted import Wanted
from congress_app.web.forms import BaseForm, DayField, NfcField, WholeNumberField
from congress_app.web.texts import say

NONE_CHOSEN = 0


class VersionField(HiddenField):
    """The version the form was opened with; one that is missing or spoilt matches none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the number as sent."""
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class UnitForm(BaseForm):
    """The facts of a unit; a new one also names its parent."""

    parent_id = UnitField(_l("Đơn vị cấp trên"))
    kind = SelectField(_l("Loại"), validators=[InputRequired()])
    code = NfcField(_l("Mã đơn vị"), validators=[DataRequired(), Length(max=CODE_LENGTH)])
    name = NfcField(_l("Tên đơn vị"), validators=[DataRequired(), Length(max=NAME_LENGTH)])
    headcount = WholeNumberField(
        _l("Số CCVC, NLĐ"),
        validators=[Optional(), NumberRange(0, LARGEST_HEADCOUNT)],
        description=_l("Chỉ tính người không thuộc đơn vị nào bên dưới."),
    )
    headcount_source = NfcField(
        _l("Nguồn số liệu"),
        validators=[Length(max=250)],
        description=_l("Ví dụ: Báo cáo số 12/BC-BHXH."),
    )
    headcount_date = DayField(
        _l("Ngày số liệu"), description=_l("Theo mẫu 31/12/2019; bỏ trống là hôm nay.")
    )
    precedence = WholeNumberField(
        _l("Thứ tự lễ tân"),
        validators=[Optional(), NumberRange(0, LARGEST_HEADCOUNT)],
        description=_l("Số nhỏ đứng trước trong cùng đơn vị cấp trên; bỏ trống là đứng cuối."),
    )
    cluster_id = SelectField(_l("Cụm thi đua"), coerce=int)
    is_pilot = BooleanField(_l("Đơn vị làm điểm"))
    version = VersionField()
    cluster_is_fixed = False

    def offer(self, clusters: list[tuple[int, str]], parents: Chooser | None) -> None:
        """Fill the lists to choose from; without parents the place is not asked for."""
        self.kind.choices = [(code, say(words)) for code, words in KIND_LABELS.items()]
        self.cluster_id.choices = [(NONE_CHOSEN, _l("Không thuộc cụm nào")), *clusters]
        if parents is None:
            del self.parent_id
        else:
            self.parent_id.offer(parents)

    def fix_cluster(self, stored: tuple[int, str] | None) -> None:
        """The cluster is told, not asked for; another one sent all the same is a fault."""
        kept = stored or (NONE_CHOSEN, _l("Không thuộc cụm nào"))
        self.cluster_is_fixed = True
        self.cluster_id.choices = [kept]
        if not self.cluster_id.raw_data:
            self.cluster_id.data = kept[0]

    def facts(self) -> UnitFacts:
        """What was written down."""
        return UnitFacts(
            code=self.code.data or "",
            name=self.name.data or "",
            kind=self.kind.data,
            headcount=self.headcount.data,
            headcount_source=self.headcount_source.data,
            headcount_date=self.headcount_date.data,
            is_pilot=self.is_pilot.data,
            cluster_id=self.cluster_id.data or None,
            precedence=self.precedence.data,
        )


class MoveForm(BaseForm):
    """Where a unit goes."""

    parent_id = UnitField(_l("Đơn vị cấp trên mới"))


class MergeForm(BaseForm):
    """Into which unit another one is merged, and what becomes of its headcount."""

    target_id = UnitField(_l("Sáp nhập vào"))
    headcount = RadioField(
        _l("Số CCVC, NLĐ của đơn vị được sáp nhập"),
        choices=[
            SelectChoice("add", _l("Cộng vào đơn vị nhận")),
            SelectChoice("leave", _l("Không cộng: đơn vị nhận đã có số mới")),
        ],
        validators=[InputRequired()],
    )


class PlaceForm(BaseForm):
    """A place among brothers and sisters."""

    position = WholeNumberField(
        _l("Vị trí"), validators=[InputRequired(), NumberRange(1, LARGEST_HEADCOUNT)]
    )


class ClusterForm(BaseForm):
    """The name of a cluster."""

    name = NfcField(_l("Tên cụm thi đua"), validators=[DataRequired(), Length(max=200)])


class MembersForm(BaseForm):
    """Which units a cluster has."""

    unit_ids = SelectMultipleField(
        _l("Đơn vị trong cụm"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    add = UnitField(_l("Thêm một đơn vị"), none="", required=False)

    def offer(self, units: Chooser, members: list[tuple[int, str]]) -> None:
        """Few units are ticked; of many the members are, and others are added one by one."""
        if units.options is None:
            self.unit_ids.choices = members
            self.add.offer(units)
        else:
            listed = [(one.id, one.words.lstrip("\u2003")) for one in units.options]
            self.unit_ids.choices = listed
            del self.add

    def chosen(self) -> set[int]:
        """The units that are to be in the cluster, of those that were offered."""
        added = {self.add.unit_id} if "add" in self and self.add.data else set()
        return set(self.unit_ids.data or ()) | added


class FilterForm(BaseForm):
    """Sent by GET, so a filtered list has an address of its own."""

    class Meta(BaseForm.Meta):
        """Reading changes nothing: no token."""

        csrf = False

    text = SearchField(_l("Tên hoặc mã"))
    kind = SelectField(_l("Loại"), default="")
    cluster = SelectField(_l("Cụm thi đua"), coerce=int, default=NONE_CHOSEN)
    pilot = BooleanField(_l("Chỉ đơn vị làm điểm"))

    def offer(self, clusters: list[tuple[int, str]]) -> None:
        """Fill the lists to choose from."""
        kinds = [(code, say(words)) for code, words in KIND_LABELS.items()]
        self.kind.choices = [("", _l("Mọi loại")), *kinds]
        self.cluster.choices = [(NONE_CHOSEN, _l("Mọi cụm")), *clusters]

    def wanted(self) -> Wanted:
        """What the list is to show; a value that cannot be read narrows nothing."""
        self.validate()
        return Wanted(
            text=self.text.data or "",
            kind=self.kind.data if not self.kind.errors else "",
            cluster_id=(self.cluster.data or None) if not self.cluster.errors else None,
            only_pilots=self.pilot.data,
        )
