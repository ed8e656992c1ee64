"""What is typed about the bodies of a congress: a new member, figures of a vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from congress_app.delegates.committees import Body, OpenVote, Post, post_words
from congress_app.web.forms import BaseForm, NfcField, WholeNumberField
from congress_app.web.texts import say


def post_choices(body: str) -> list[tuple[str, str]]:
    """The posts of a body in words."""
    return [(post.value, say(post_words(body, post))) for post in Post]


class MemberForm(BaseForm):
    """A new member of a body."""

    name = NfcField(
        _l("Họ và tên"),
        [InputRequired(), Length(max=200)],
        description=_l("Gõ tên hoặc số đại biểu rồi chọn trong danh sách."),
    )
    post = SelectField(_l("Chức trách"), default=Post.MEMBER.value)
    outsider = BooleanField(_l("Không phải đại biểu của hội nghị"))
    about = NfcField(
        _l("Chức vụ, đơn vị"),
        [Length(max=300)],
        description=_l("Chỉ ghi cho người không phải đại biểu."),
    )

    def offer(self, body: str) -> None:
        """The posts of this body."""
        self.post.choices = post_choices(body)


def _count(label: Any, *more: Any) -> WholeNumberField:
    return WholeNumberField(label, [*more, NumberRange(min=0, max=100_000)])


class OpenVoteForm(BaseForm):
    """The figures of a show of hands; the four must agree."""

    voting = _count(_l("Số người biểu quyết"), InputRequired())
    agree = _count(_l("Tán thành"), InputRequired())
    against = _count(_l("Không tán thành"), Optional())
    other = _count(_l("Ý kiến khác"), Optional())

    def vote(self) -> OpenVote | None:
        """The figures; what was left open of the last two is 0. RuleViolation when wrong."""
        return OpenVote(
            self.voting.data or 0,
            self.agree.data or 0,
            self.against.data or 0,
            self.other.data or 0,
        )


class AdoptionForm(OpenVoteForm):
    """How a body was adopted, by figures, by a decision, or both; and of which members."""

    seen = HiddenField()
    voting = _count(_l("Số người biểu quyết"), Optional())
    agree = _count(_l("Tán thành"), Optional())
    document = NfcField(
        _l("Số quyết định"),
        [Length(max=100)],
        description=_l("Nếu lập bằng quyết định, ví dụ 05/QĐ-BTC."),
    )

    def vote(self) -> OpenVote | None:
        """The figures; None when none was typed."""
        typed = (self.voting, self.agree, self.against, self.other)
        return None if all(one.data is None for one in typed) else super().vote()

    def validate_document(self, field: NfcField) -> None:
        """A decision or figures: one of them is needed."""
        if not field.data and self.voting.data is None and self.agree.data is None:
            raise ValidationError(_("Hãy ghi kết quả biểu quyết, hoặc số quyết định."))


def body_of(arguments: Mapping[str, str]) -> Body:
    """The body an address speaks of; the presidium when it says nothing sensible."""
    wanted = arguments.get("body", "")
    return Body(wanted) if wanted in set(Body) else Body.PRESIDIUM
