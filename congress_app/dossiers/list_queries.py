"""The lists of a dossier: who came, who was elected, what was said, as sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from congress_app.checkin.models import Presence
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.database import db
from congress_app.delegates import committee_queries
from congress_app.delegates.committees import BODY_LABELS
from congress_app.delegates.credentials import STATE_LABELS
from congress_app.delegates.models import Delegate, Person
from congress_app.delegates.registration import SEX_LABELS
from congress_app.documents import queries as document_queries
from congress_app.documents.letterhead import number_words
from congress_app.documents.numbering import STATE_LABELS as PAPER_STATES
from congress_app.elections.models import Candidate, ElectedPlace, Election
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.kernel import clock
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_
from congress_app.programme.models import Item, Session, Speech
from congress_app.programme.speech_states import SPEECH_STATES
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.units.models import Unit

Say = Callable[[str], str]
Rows = Sequence[Sequence[Cell]]

_DELEGATES = (
    Column(N_("Số"), 7, "number"),
    Column(N_("Họ và tên"), 28),
    Column(N_("Ngày sinh"), 13, "date"),
    Column(N_("Giới tính"), 9),
    Column(N_("Dân tộc"), 12),
    Column(N_("Đảng viên"), 10),
    Column(N_("Chức vụ"), 30),
    Column(N_("Đơn vị"), 34),
    Column(N_("Đoàn"), 30),
    Column(N_("Thành phần"), 18),
    Column(N_("Trình độ chuyên môn"), 18),
    Column(N_("Lý luận chính trị"), 16),
    Column(N_("Danh hiệu"), 30),
    Column(N_("Trạng thái"), 16),
)
_ELECTED = (
    Column(N_("Cuộc bầu cử"), 12, "number"),
    Column(N_("Họ và tên"), 28),
    Column(N_("Chức vụ"), 30),
    Column(N_("Đơn vị"), 34),
    Column(N_("Kết quả"), 18),
    Column(N_("Thứ tự"), 8, "number"),
    Column(N_("Số phiếu"), 10, "number"),
)
_BODIES = (
    Column(N_("Ban"), 30),
    Column(N_("TT"), 6, "number"),
    Column(N_("Họ và tên"), 28),
    Column(N_("Chức vụ, đơn vị"), 50),
    Column(N_("Chức trách"), 20),
)
_PROGRAMME = (
    Column(N_("Phiên"), 30),
    Column(N_("Bắt đầu"), 20, "date"),
    Column(N_("TT"), 6, "number"),
    Column(N_("Nội dung"), 60),
    Column(N_("Người trình bày"), 30),
    Column(N_("Số phút"), 9, "number"),
)
_SPEECHES = (
    Column(N_("Tên tham luận"), 60),
    Column(N_("Đơn vị"), 34),
    Column(N_("Người trình bày"), 28),
    Column(N_("Số phút"), 9, "number"),
    Column(N_("Trạng thái"), 16),
)
_PRESENCE = (
    Column(N_("Phiên"), 30),
    Column(N_("Bắt đầu"), 20, "date"),
    Column(N_("Có mặt"), 10, "number"),
)
_SEATS = (
    Column(N_("Phương án"), 10, "number"),
    Column(N_("Đơn vị"), 40),
    Column(N_("Tính được"), 10, "number"),
    Column(N_("Số suất"), 10, "number"),
)
_PAPERS = (
    Column(N_("Số, ký hiệu"), 20),
    Column(N_("Trích yếu"), 60),
    Column(N_("Ngày"), 13, "date"),
    Column(N_("Người ký"), 26),
    Column(N_("Trạng thái"), 16),
    Column(N_("SHA-256 của nội dung"), 66),
)
_ROLES = {"delegate": N_("Đại biểu"), "reserve": N_("Dự khuyết")}


def sheets(congress: Congress, say: Say) -> dict[str, bytes]:
    """Every list that is not empty, by the name of its file."""
    lists: dict[str, tuple[str, Sequence[Column], Rows]] = {
        "dai-bieu": (N_("Danh sách đại biểu"), _DELEGATES, _delegates(congress.id, say)),
        "ket-qua-bau": (N_("Kết quả bầu cử"), _ELECTED, _elected(congress.id, say)),
        "cac-ban": (N_("Đoàn Chủ tịch và các ban"), _BODIES, _bodies(congress.id, say)),
        "chuong-trinh": (N_("Chương trình"), _PROGRAMME, _programme(congress.id)),
        "tham-luan": (N_("Tham luận"), _SPEECHES, _speeches(congress.id, say)),
        "co-mat": (N_("Số có mặt từng phiên"), _PRESENCE, _presence(congress.id)),
        "phan-bo": (N_("Phân bổ đại biểu"), _SEATS, _seats(congress.id)),
        "so-van-ban": (N_("Sổ văn bản"), _PAPERS, _papers(congress.id, say)),
    }
    return {
        f"{name}.xlsx": write_sheet(
            [replace(column, header=say(column.header)) for column in columns],
            rows,
            title=say(title).upper(),
            subtitle=congress.name,
        )
        for name, (title, columns, rows) in lists.items()
        if rows
    }


def _delegates(congress_id: int, say: Say) -> Rows:
    delegation = aliased(Unit)
    found = db.session.execute(
        select(Delegate, Person, Unit.name, delegation.name)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .outerjoin(delegation, Delegate.delegation_unit_id == delegation.id)
        .where(Delegate.congress_id == congress_id)
        .order_by(Person.sort_key, Delegate.id)
    )
    return [
        (
            delegate.number,
            person.full_name,
            PartialDate(person.birth_year, person.birth_month, person.birth_day)
            if person.birth_year
            else None,
            say(SEX_LABELS[person.sex]) if person.sex else None,
            person.ethnicity,
            None if person.party_member is None else say(_YES_NO[person.party_member]),
            person.position,
            unit or person.organisation,
            group,
            say(str(CATEGORY_LABELS[delegate.category])),
            person.education,
            person.political_theory,
            person.honours,
            say(str(STATE_LABELS[delegate.state])),
        )
        for delegate, person, unit, group in found
    ]


_YES_NO = {True: N_("có"), False: N_("không")}


def _elected(congress_id: int, say: Say) -> Rows:
    # An outer join may find no place, which its type does not tell.
    found: Any = db.session.execute(
        select(Election.number, Candidate, Person, Unit.name, ElectedPlace)
        .join(Candidate, Candidate.election_id == Election.id)
        .join(Person, Candidate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .outerjoin(ElectedPlace, ElectedPlace.candidate_id == Candidate.id)
        .where(Election.congress_id == congress_id)
        .order_by(Election.number, ElectedPlace.role, ElectedPlace.position, Candidate.id)
    )
    return [
        (
            number,
            person.full_name,
            person.position,
            unit or person.organisation,
            say(_ROLES.get(place.role, place.role)) if place else None,
            place.position if place else None,
            place.votes if place else None,
        )
        for number, _candidate, person, unit, place in found
    ]


def _bodies(congress_id: int, say: Say) -> Rows:
    return [
        (say(label), number, one.name, one.about, say(one.words))
        for body, label in BODY_LABELS.items()
        for number, one in enumerate(committee_queries.members(congress_id, body), 1)
    ]


def _programme(congress_id: int) -> Rows:
    found = db.session.execute(
        select(Session, Item)
        .join(Item, Item.session_id == Session.id)
        .where(Session.congress_id == congress_id)
        .order_by(Session.position, Item.position)
    )
    return [
        (one.title, clock.at_venue(one.starts_at), item.position, item.title, item.presenter,
         item.minutes)
        for one, item in found
    ]  # fmt: skip


def _speeches(congress_id: int, say: Say) -> Rows:
    found = db.session.execute(
        select(Speech, Unit.name, Person.full_name)
        .outerjoin(Unit, Speech.unit_id == Unit.id)
        .outerjoin(Delegate, Speech.delegate_id == Delegate.id)
        .outerjoin(Person, Delegate.person_id == Person.id)
        .where(Speech.congress_id == congress_id)
        .order_by(Speech.id)
    )
    return [
        (one.title, unit, name, one.minutes, say(SPEECH_STATES[one.state]))
        for one, unit, name in found
    ]


def _presence(congress_id: int) -> Rows:
    found = db.session.execute(
        select(Session.title, Session.starts_at, func.count(Presence.id))
        .join(Presence, Presence.session_id == Session.id)
        .where(Session.congress_id == congress_id, Presence.first_in_at.is_not(None))
        .group_by(Session.id, Session.title, Session.starts_at)
        .order_by(Session.starts_at)
    )
    return [(title, clock.at_venue(starts), count) for title, starts, count in found]


def _seats(congress_id: int) -> Rows:
    found: Any = db.session.execute(
        select(Allocation.number, Unit.name, AllocationLine.computed, AllocationLine.seats)
        .join(AllocationLine, AllocationLine.allocation_id == Allocation.id)
        .join(Unit, AllocationLine.unit_id == Unit.id)
        .where(Allocation.congress_id == congress_id)
        .order_by(Allocation.number, AllocationLine.position)
    )
    return [tuple(row) for row in found]


def _papers(congress_id: int, say: Say) -> Rows:
    return [
        (
            f"{number_words(one.number)}/{one.symbol}",
            one.subject,
            one.signed_on,
            one.signer,
            say(PAPER_STATES[one.state]),
            one.content_hash,
        )
        for one in document_queries.documents_of(congress_id)
        if one.number
    ]
