"""What is typed about a delegate: registration, replacement, states, grounds, uploads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from congress_app.congresses.rulebook import (
    CATEGORY_LABELS,
    Category,
    LevelRules,
    Rulebook,
    SubCategory,
)
from congress_app.delegates.act_forms import (
    ExceptionFields,
    Ticks,
    check_year,
    member,
    member_choices,
    text_of,
)
from congress_app.delegates.census import TOLD_BY_FACTS
from congress_app.delegates.headings import LONGEST
from congress_app.delegates.registration import (
    SEX_LABELS,
    GroundFacts,
    PersonFacts,
    Registration,
)
from congress_app.formats import cells
from congress_app.kernel.vietnamese import person_name
from congress_app.units.chooser import Chooser
from congress_app.units.chooser_forms import UnitField
from congress_app.web.forms import (
    BirthDateField,
    NfcArea,
    NfcField,
    VersionedForm,
    WholeNumberField,
)
from congress_app.web.texts import say


class PlaceForm(VersionedForm, ExceptionFields):
    """Who the person is and what belongs to the place; the base of the forms below."""

    full_name = text_of(_l("Họ và tên"), "full_name", DataRequired())
    birth = BirthDateField(
        _l("Ngày sinh"),
        description=_l("05/07/1980, 07/1980 hoặc chỉ năm 1980. Chưa rõ thì để trống."),
    )
    sex = RadioField(_l("Giới tính"), default="")
    position = text_of(_l("Chức vụ"), "position")
    unit = UnitField(
        _l("Đơn vị"),
        none=_l("Ngoài ngành"),
        required=False,
        description=_l("Khách ngoài ngành thì để trống."),
    )
    organisation = text_of(_l("Cơ quan ngoài ngành"), "organisation")
    field_of_work = SelectField(_l("Lĩnh vực"), default="")
    priorities = Ticks(
        _l("Ưu tiên"),
        description=_l("Nữ và dân tộc thiểu số được tính theo giới tính, dân tộc."),
    )
    education = text_of(_l("Trình độ chuyên môn"), "education")
    political_theory = text_of(_l("Lý luận chính trị"), "political_theory")
    honours = text_of(_l("Danh hiệu, hình thức khen thưởng"), "honours")
    phone = NfcField(_l("Điện thoại"), [Length(max=40)])
    email = text_of(_l("Thư điện tử"), "email")
    note = NfcArea(_l("Ghi chú"), [Length(max=LONGEST["note"])])
    # The answer to "is this the stored person?": a number, or 0 for somebody else.
    same_as = HiddenField()

    outsiders = True

    def offer(
        self, rulebook: Rulebook, units: Chooser, *, outsiders: bool, sensitive: bool = False
    ) -> None:
        """Fill the lists of choices; sensitive priorities only where it is asked for."""
        self.outsiders = outsiders
        self.unit.offer(units)
        self.sex.choices = [(key, say(words)) for key, words in SEX_LABELS.items()]
        self.sex.choices.append(("", _("Chưa rõ")))
        fields = [(choice.code, say(choice.title)) for choice in rulebook.fields]
        known = {code for code, _words in fields}
        if self.field_of_work.data and self.field_of_work.data not in known | {""}:
            fields.append((self.field_of_work.data, self.field_of_work.data))
        self.field_of_work.choices = [("", _("Chưa rõ")), *fields]
        self.priorities.choices = [
            (one.code, say(one.title))
            for one in rulebook.priorities
            if one.code not in TOLD_BY_FACTS and (sensitive or one.is_open)
        ]

    def validate_full_name(self, field: NfcField) -> None:
        """A name has letters."""
        if not any(letter.isalpha() for letter in field.data or ""):
            raise ValidationError(_("Hãy ghi họ tên bằng chữ."))

    def validate_phone(self, field: NfcField) -> None:
        """Keep the number as dialled at home."""
        self._read(field, cells.phone_of, _("Hãy ghi 10 chữ số, ví dụ 0912345678."))

    def validate_email(self, field: NfcField) -> None:
        """Keep the address."""
        self._read(field, cells.email_of, _("Địa chỉ thư điện tử không đúng."))

    def _read(self, field: NfcField, reader: Callable[[Any], str], message: str) -> None:
        if field.data:
            try:
                field.data = reader(field.data)
            except ValueError as error:
                raise ValidationError(message) from error

    def validate_unit(self, field: UnitField) -> None:
        """One unit of the reach; or an organisation from outside."""
        if not field.data:
            self._check_outsider()

    def _check_outsider(self) -> None:
        if self.wanted_category() is Category.ELECTED or not self.outsiders:
            raise ValidationError(_("Cần chọn đơn vị."))
        if not self.organisation.data:
            raise ValidationError(_("Cần chọn đơn vị, hoặc ghi cơ quan ngoài ngành ở ô bên cạnh."))

    def wanted_category(self) -> Category | None:
        """The category asked for."""
        raise NotImplementedError

    def person(self) -> PersonFacts:
        """The person as typed; sensitive facts unknown."""
        return PersonFacts(
            full_name=person_name(self.full_name.data or ""),
            birth=self.birth.data,
            sex=self.sex.data or None,
            position=self.position.data,
            unit_id=self.unit.data,
            organisation=None if self.unit.data else self.organisation.data,
            education=self.education.data,
            political_theory=self.political_theory.data,
            honours=self.honours.data,
            phone=self.phone.data,
            email=self.email.data,
        )

    def answer(self) -> int | None:
        """The person chosen among those alike, 0 for somebody else; None when not asked."""
        text = self.same_as.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class DelegateForm(PlaceForm):
    """Register or correct a delegate."""

    category = RadioField(
        _l("Thành phần"), [InputRequired(_l("Cần chọn thành phần."))], choices=list(Category)
    )

    # Asked for where somebody relies on who it is (`identity`).
    identity_reason = NfcField(_l("Lý do đổi nhân thân, thành phần"), [Length(max=500)])

    def offer(self, rulebook: Rulebook, units: Chooser, **options: Any) -> None:
        """As the base, with the categories in words."""
        super().offer(rulebook, units, **options)
        self.category.choices = [(c.value, say(CATEGORY_LABELS[c])) for c in Category]

    def wanted_category(self) -> Category | None:
        """The category ticked."""
        return Category(self.category.data) if self.category.data in set(Category) else None

    def registration(self, kept: Sequence[str] = ()) -> Registration:
        """What is asked; `kept` are stored marks this form does not offer."""
        offered = {code for code, _words in self.priorities.choices}
        marks = [*(self.priorities.data or ()), *(mark for mark in kept if mark not in offered)]
        return Registration(
            self.person(),
            Category(self.category.data),
            field=self.field_of_work.data or None,
            priorities=tuple(dict.fromkeys(marks)),
            note=self.note.data,
        )


class NewDelegateForm(DelegateForm):
    """Register a delegate with the grounds and, for who may, the sensitive facts."""

    ground_codes = Ticks(_l("Căn cứ theo hướng dẫn"))
    ground_text = text_of(_l("Căn cứ khác"), "grounds")
    ground_year = WholeNumberField(_l("Năm của căn cứ"))
    ground_document = NfcField(_l("Số quyết định"), [Length(max=100)])
    ethnicity = text_of(_l("Dân tộc"), "ethnicity")
    party_member = RadioField(_l("Đảng viên"), default="")

    lines: Mapping[str, SubCategory] = MappingProxyType({})

    def offer_grounds(self, rules: LevelRules) -> None:
        """The lines of the congress's composition."""
        self.lines = {line.code: line for line in rules.subcategories}
        self.ground_codes.choices = [
            (line.code, f"{say(CATEGORY_LABELS[line.category])}: {say(line.title)}")
            for line in rules.subcategories
        ]
        self.party_member.choices = member_choices()

    def validate_ground_year(self, field: WholeNumberField) -> None:
        """A year of our time."""
        check_year(field)

    def whole(self, *, sensitive: bool) -> Registration:
        """The registration with grounds; sensitive facts only from who may write them."""
        asked = self.registration()
        grounds = [
            GroundFacts(
                self.lines[code].title, code, self.ground_year.data, self.ground_document.data
            )
            for code in self.ground_codes.data or ()
        ]
        if self.ground_text.data:
            year, document = self.ground_year.data, self.ground_document.data
            grounds.append(GroundFacts(self.ground_text.data, None, year, document))
        facts = self.person()
        if sensitive:
            facts = PersonFacts(
                **{name: getattr(facts, name) for name in PersonFacts.__slots__}
                | {"ethnicity": self.ethnicity.data, "party_member": member(self.party_member)}
            )
        return Registration(
            facts, asked.category, tuple(grounds), asked.field, asked.priorities, asked.note
        )


class ReplaceForm(PlaceForm):
    """Who takes the place over; category and delegation are the place's."""

    reason = NfcField(_l("Lý do thay"), [DataRequired(), Length(max=500)])
    category_kept: Category = Category.OFFICIAL

    def wanted_category(self) -> Category | None:
        """The place's category."""
        return self.category_kept

    def registration(self) -> Registration:
        """The new person in the old place."""
        return Registration(
            self.person(),
            self.category_kept,
            field=self.field_of_work.data or None,
            priorities=tuple(self.priorities.data or ()),
            note=self.note.data,
        )
