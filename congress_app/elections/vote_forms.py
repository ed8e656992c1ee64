"""What is typed to open a round, to count it, to end a tie and to certify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.validators import ValidationError as Invalid

from congress_app.delegates.act_forms import Ticks
from congress_app.elections.acts import (
    BelowQuorum,
    Certifying,
    Decision,
    Opening,
    TakingDown,
    TypedHall,
)
from congress_app.elections.conduct import RoundKind
from congress_app.elections.forms import Count
from congress_app.elections.sheet import Cell
from congress_app.kernel import clock
from congress_app.web.forms import BaseForm, ClockField, NfcField, VersionedForm, WholeNumberField
from congress_app.web.texts import say


class OpeningForm(BaseForm):
    """The minute of presence, figures where none are scanned, why, and leave below quorum."""

    kind = HiddenField()
    at = ClockField(
        _l("Chốt số có mặt lúc"),
        validators=[Optional()],
        description=_l("Giờ trong ngày hôm nay. Để trống: ngay bây giờ."),
    )
    reason = NfcField(
        _l("Lý do bầu lượt này"),
        validators=[Optional(), Length(max=500)],
        description=_l("Được in trên phiếu và biên bản."),
    )
    convened = WholeNumberField(_l("Số triệu tập"), validators=[Optional(), Count()])
    present = WholeNumberField(_l("Số có mặt"), validators=[Optional(), Count()])
    excused = WholeNumberField(_l("Vắng có lý do"), validators=[Optional(), Count()])
    absent_throughout = WholeNumberField(
        _l("Vắng suốt kỳ, không có người thay"), validators=[Optional(), Count()]
    )
    below_by = NfcField(_l("Ai quyết định vẫn bầu"), validators=[Optional(), Length(max=200)])
    below_reason = NfcField(_l("Vì sao vẫn bầu"), validators=[Optional(), Length(max=500)])

    def minute(self) -> datetime | None:
        """The minute of today that was typed; None is now."""
        if self.at.data is None:
            return None
        return clock.from_venue(datetime.combine(clock.today(), self.at.data))

    def opening(self, kind: RoundKind) -> Opening:
        """What was typed."""
        decided = self.below_by.data and self.below_reason.data
        return Opening(
            kind=kind,
            at=self.minute(),
            reason=self.reason.data,
            typed=TypedHall(
                self.convened.data or 0,
                self.present.data or 0,
                self.excused.data or 0,
                self.absent_throughout.data or 0,
            ),
            below_quorum=BelowQuorum(str(self.below_by.data), str(self.below_reason.data))
            if decided
            else None,
        )


def count_form(cells: Sequence[Cell]) -> type[VersionedForm]:
    """A form with one number a cell; the field's name is the cell's key."""
    fields = {
        cell.key: WholeNumberField(say(cell.label), validators=[Optional(), Count()])
        for cell in cells
    }
    return type("CountForm", (VersionedForm,), fields)


def filled_cells(form: VersionedForm, cells: Sequence[Cell]) -> dict[str, int]:
    """The numbers typed, by cell; empty cells left out."""
    return {cell.key: form[cell.key].data for cell in cells if form[cell.key].data is not None}


class HandOverForm(VersionedForm):
    """Why a sheet of the count goes to another teller, and whose was looked at."""

    holder = HiddenField()
    reason = NfcField(_l("Lý do"), validators=[DataRequired(), Length(max=500)])


class InvalidForm(VersionedForm):
    """Why the last round is held again; of one that had a result who decided it, and where."""

    reason = NfcField(
        _l("Lý do hủy"),
        validators=[
            DataRequired(),
            Length(min=10, message=_l("Hãy ghi rõ vì sao lượt bầu bị hủy, ít nhất 10 ký tự.")),
            Length(max=500),
        ],
        description=_l("Được in trên biên bản của lượt bị hủy."),
    )
    decided_by = NfcField(
        _l("Ai quyết định hủy"),
        validators=[Optional(), Length(max=300)],
        description=_l("Đoàn Chủ tịch (họ tên người thay mặt) hoặc hội nghị biểu quyết."),
    )
    paper = NfcField(_l("Số biên bản"), validators=[Optional(), Length(max=100)])

    def ask_decider(self) -> None:
        """Of a round with a result both are asked; the service refuses without them."""
        for field in (self.decided_by, self.paper):
            field.validators = [DataRequired(), *field.validators[1:]]
            field.flags.required = True

    def taking_down(self) -> TakingDown:
        """The act as typed."""
        return TakingDown(
            str(self.reason.data), self.decided_by.data or None, self.paper.data or None
        )


class TieForm(VersionedForm):
    """Whom the congress chose among the tied."""

    chosen = Ticks(_l("Người được chọn"), coerce=int)
    reason = NfcField(
        _l("Hội nghị quyết định thế nào"), validators=[DataRequired(), Length(max=500)]
    )
    paper = NfcField(_l("Số biên bản, nghị quyết"), validators=[Optional(), Length(max=100)])

    def decision(self) -> Decision:
        """The act as typed."""
        return Decision(tuple(self.chosen.data or ()), str(self.reason.data), self.paper.data)


class CertifyForm(VersionedForm):
    """In whose name the result is declared."""

    presidium = NfcField(_l("Thay mặt Đoàn Chủ tịch"), validators=[DataRequired(), Length(max=300)])
    paper = NfcField(_l("Số biên bản, nghị quyết"), validators=[Optional(), Length(max=100)])
    order = NfcField(
        _l("Thứ tự gọi dự khuyết khi bằng phiếu"),
        validators=[Optional(), Length(max=500)],
        description=_l("Số thứ tự trong danh sách dưới đây, cách nhau bằng dấu phẩy: 2, 1."),
    )
    vacancies = BooleanField(_l("Hội nghị quyết định không bầu thêm, chấp nhận số suất còn thiếu"))

    # Candidates with equal votes, in the order in which the page numbers them.
    equals: Sequence[int] = ()
    vacant = 0

    def validate_vacancies(self, field: BooleanField) -> None:
        """Seats stay empty only by decision."""
        if self.vacant > 0 and not field.data:
            raise Invalid(_("Còn suất chưa bầu được: hãy xác nhận quyết định này."))

    def certifying(self) -> Certifying:
        """The act as typed."""
        places = [part.strip() for part in (self.order.data or "").replace(";", ",").split(",")]
        numbers = [int(part) for part in places if part.isdecimal() and len(part) < 6]
        order = tuple(self.equals[n - 1] for n in numbers if 1 <= n <= len(self.equals))
        return Certifying(str(self.presidium.data), self.paper.data, order)
