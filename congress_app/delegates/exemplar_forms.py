"""Which exemplars are registered, and who those are whom somebody stored resembles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from congress_app.delegates.book import NEW_PERSON, Candidate
from congress_app.web.forms import NONE_CHOSEN, BaseForm
from congress_app.web.texts import say


class ProposedForm(BaseForm):
    """Ticks; a question for each doubtful name is added by `proposed_form`."""

    chosen = SelectMultipleField(
        _l("Chọn"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def answers(self) -> dict[int, int]:
        """Who the chosen are said to be; questions nobody answered are left out."""
        return {
            exemplar_id: int(self[name].data)
            for exemplar_id in self.chosen.data or ()
            if (name := question(exemplar_id)) in self and self[name].data
        }


def question(exemplar_id: int) -> str:
    """The name of the field that asks who an exemplar is."""
    return f"who_{exemplar_id}"


def proposed_form(
    choices: Sequence[tuple[int, str]], doubts: Mapping[int, Sequence[Candidate]]
) -> ProposedForm:
    """The form of one page: whom to tick, and for which of them somebody must be told apart."""
    fields = {
        question(exemplar_id): RadioField(
            _("Là ai?"),
            choices={
                **{str(p.person_id): _("Là %(who)s", who=say(p.sentence)) for p in people},
                str(NEW_PERSON): _("Là người khác, ghi mới"),
            },
            validators=[NONE_CHOSEN],
        )
        for exemplar_id, people in doubts.items()
    }
    form: ProposedForm = type("DoubtfulForm", (ProposedForm,), fields)()
    form.chosen.choices = list(choices)
    return form
