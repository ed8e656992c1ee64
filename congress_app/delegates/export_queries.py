"""The list as a sheet: the page's rows in the page's order, under the canonical headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.delegates import census, headings, privacy, queries, storing
from congress_app.delegates.credentials import STATE_LABELS
from congress_app.delegates.listing import Listed
from congress_app.delegates.models import Delegate
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.jobs.sheet_result import Tell, quiet
from congress_app.kernel.sentences import N_, Translator

SEEKING = N_("Đang đọc danh sách")
FILLING = N_("Đang ghi bảng tính")
_CATEGORY_WORDS = {"guest": "Khách mời", "official": "Chính thức", "elected": "Bầu"}
_SEX_WORDS = {"M": "Nam", "F": "Nữ"}
_MEMBER_WORDS = {True: "Có", False: "Không"}
_WIDTHS = {
    "full_name": 26, "position": 26, "unit_name": 34, "grounds": 40, "priorities": 28,
    "honours": 34, "email": 24, "note": 24, "birth": 13, "sex": 9, "unit_code": 12,
}  # fmt: skip
# Beyond the canonical columns: what the page shows besides; ignored when read back.
_MORE = (N_("Số đại biểu"), N_("Đoàn"), N_("Trạng thái"), N_("Ngoại lệ"))


def delegate_sheet(
    congress: Congress, listed: Listed, translate: Translator = str, tell: Tell = quiet
) -> tuple[bytes, int]:
    """An .xlsx file and its number of rows; the headers stay Vietnamese, to be read back.

    `listed.sensitive` adds ethnic origin and party membership; the caller has asked and
    records it.
    """
    sensitive = listed.sensitive
    fields = [item for item in headings.FIELDS if sensitive or item.key not in privacy.SENSITIVE]
    columns = [Column("STT", 6, "number")]
    columns += [Column(item.header, _WIDTHS.get(item.key, 16), item.kind) for item in fields]
    columns += [Column(header, 20) for header in _MORE]
    rulebook = congress_queries.rulebook_of(congress)
    fields_told = {choice.code: choice.title for choice in rulebook.fields}
    marks = {choice.code: choice.title for choice in rulebook.priorities}
    titles = _Titles(fields_told, marks, None if sensitive else rulebook.open_priorities)
    tell(0, 100, SEEKING)
    found = queries.delegates(
        congress, listed.wanted, within=listed.within, sensitive=sensitive, shown=True
    )
    tell(50, 100, FILLING)
    rows = [
        [
            number,
            *(_CELLS[item.key](delegate, titles) for item in fields),
            *_more(delegate, translate),
        ]
        for number, delegate in enumerate(found, start=1)
    ]
    return write_sheet(columns, rows, title=listed.title, subtitle=congress.name), len(rows)


def how_many(congress: Congress, listed: Listed) -> int:
    """How many rows the sheet would have."""
    return queries.count(
        congress, listed.wanted, within=listed.within, sensitive=listed.sensitive, shown=True
    )


def _more(delegate: Delegate, translate: Translator) -> list[Cell]:
    exception = storing.exception_of_row(delegate)
    return [
        delegate.number,
        delegate.delegation_unit.name if delegate.delegation_unit else None,
        translate(STATE_LABELS[delegate.state]),
        f"{exception.document}; {exception.by}; {exception.reason}" if exception else None,
    ]


@dataclass(frozen=True)
class _Titles:
    """Words of codes, and the marks that may be told; None: all."""

    fields: Mapping[str, str]
    marks: Mapping[str, str]
    only: frozenset[str] | None

    def marks_of(self, delegate: Delegate) -> str:
        told = (
            code
            for code in delegate.priorities
            if code != census.ETHNIC_MINORITY and (self.only is None or code in self.only)
        )
        return "; ".join(self.marks.get(code, code) for code in told)


def _grounds(delegate: Delegate, _titles: _Titles) -> str:
    """Grounds as a sheet's cell reads them back."""
    return "; ".join(
        " ".join(str(part) for part in (row.text, row.year, row.document) if part)
        for row in delegate.grounds
    )


def _unit_name(delegate: Delegate, _titles: _Titles) -> str | None:
    person = delegate.person
    return person.unit.name if person.unit else person.organisation


_CELLS: dict[str, Callable[[Delegate, _Titles], Cell]] = {
    "full_name": lambda delegate, _: delegate.person.full_name,
    "birth": lambda delegate, _: storing.facts_of_row(delegate.person).birth,
    "sex": lambda delegate, _: _SEX_WORDS.get(delegate.person.sex or ""),
    "ethnicity": lambda delegate, _: delegate.person.ethnicity,
    "position": lambda delegate, _: delegate.person.position,
    "unit_code": lambda delegate, _: delegate.person.unit.code if delegate.person.unit else None,
    "unit_name": _unit_name,
    "category": lambda delegate, _: _CATEGORY_WORDS[delegate.category],
    "grounds": _grounds,
    "field": lambda delegate, titles: titles.fields.get(delegate.field or "", delegate.field),
    "priorities": lambda delegate, titles: titles.marks_of(delegate),
    "education": lambda delegate, _: delegate.person.education,
    "political_theory": lambda delegate, _: delegate.person.political_theory,
    "party_member": lambda delegate, _: (
        _MEMBER_WORDS.get(delegate.person.party_member)
        if delegate.person.party_member is not None
        else None
    ),
    "honours": lambda delegate, _: delegate.person.honours,
    "phone": lambda delegate, _: delegate.person.phone,
    "email": lambda delegate, _: delegate.person.email,
    "note": lambda delegate, _: delegate.note,
}
