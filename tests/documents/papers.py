"""Facts of a whole congress, for tests that touch no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from congress_app.documents import composing, defaults
from congress_app.documents.facts import (
    CandidateRow,
    CongressFacts,
    CredentialFacts,
    CredentialTable,
    ElectionFacts,
    Facts,
    ItemRow,
    MemberRow,
    PersonRow,
    Presence,
    QuotaRow,
    SeatGroupRow,
    SeatRow,
    SpeechRow,
)
from congress_app.documents.head import Head
from congress_app.documents.kinds import KINDS
from congress_app.formats.blocks import Paper

CONGRESS = CongressFacts(
    name="Hội nghị điển hình tiên tiến BHXH tỉnh Quảng Ninh",
    unit="BHXH tỉnh Quảng Ninh",
    parent_unit="BHXH Việt Nam",
    above="Đại hội Thi đua yêu nước ngành BHXH lần thứ V",
    seats_above=2,
    held_on=date(2020, 6, 5),
    starts_at=time(7, 30),
    duration="1/2 ngày",
    place="Trung tâm Hội nghị tỉnh",
    address="Phường Hồng Hà, thành phố Hạ Long",
    cap=300,
    plan_document="12/KH-BHXH",
    lessons="Cần gửi giấy mời sớm hơn.",
    attendance=287,
    rules="Quy định",
    source="Hướng dẫn ngày 30/9/2019",
    period=(2016, 2020),
)
PEOPLE = (
    PersonRow("Lê Ý", 1, "M", "05/07/1980", 1980, "Giám đốc", "BHXH Ba Chẽ", "guest"),
    PersonRow("Trần Thị Ân", 2, "F", "1975", 1975, "Chuyên viên", "BHXH Cô Tô", "official"),
    PersonRow("H’Hen Niê Kdăm", 3, "F", "", None, "", "", "elected"),
)


def a_vote(candidates: int, seats: int, *, counted: bool = False) -> ElectionFacts:
    """A vote with so many names; counted ones fall by ten votes each."""
    rows = tuple(
        CandidateRow(
            f"Nguyễn Văn {n}",
            "1980",
            "Chuyên viên",
            280 - 10 * n if counted else None,
            counted and n <= seats,
        )
        for n in range(1, candidates + 1)
    )
    figures = {"issued": 300, "collected": 298, "valid": 295, "invalid": 3, "threshold": 148}
    vote = ElectionFacts(seats, rows)
    return replace(vote, base=295, **figures) if counted else vote


FACTS = Facts(
    congress=CONGRESS,
    people=PEOPLE,
    quota=(QuotaRow("BHXH Ba Chẽ", "60", 3), QuotaRow("BHXH Cô Tô", "61/2", 2)),
    items=(
        ItemRow("Phiên chính thức", date(2020, 6, 5), "07:30", "07:40", 10, "Khai mạc", "Lê Ý"),
        ItemRow("Phiên chính thức", date(2020, 6, 5), "07:40", "11:30", 230, "Bế mạc"),
    ),
    speeches=(SpeechRow("Mô hình mới", "Lê Ý", "BHXH Ba Chẽ", 10, "selected"),),
    committees={
        "presidium": (MemberRow("Lê Ý", "Giám đốc", "Chủ trì"),),
        "secretariat": (MemberRow("Trần Thị Ân", "Chuyên viên", "Trưởng đoàn thư ký"),),
        "organising": (MemberRow("Lê Ý", "Giám đốc", "Trưởng ban"),),
        "tellers": (
            MemberRow("Vũ Thị Bưởi", "", "Trưởng ban"),
            MemberRow("Đỗ Văn Cam", "", "Thư ký"),
        ),
    },
    election=a_vote(3, 2, counted=True),
    elected=PEOPLE[2:],
    presence=Presence(300, 287, 3),
    credentials=CredentialFacts(
        2, 2, 0, 1, "45,0 tuổi", "Lê Ý (40 tuổi)", "Trần Thị Ân (45 tuổi)", 0, 0,
        (CredentialTable("Giới tính", (("Nam", 0, 0, "0,0 %"), ("Nữ", 2, 2, "100,0 %"))),),
    ),
    seat_groups=(SeatGroupRow("Hội trường lớn", "Khách mời, lãnh đạo", 1, "A1"),),
    seats=(SeatRow("Hội trường lớn", "A1", "Lê Ý", "BHXH Ba Chẽ", "Khách mời, lãnh đạo"),),
)  # fmt: skip
SIGNED = {"number": 5, "signed_on": date(2020, 6, 1), "signer": "Trần Đức Thiện"}


def usual(code: str, **details: object) -> Head:
    """The usual details of a kind, issued as number 5."""
    return replace(defaults.head_of(KINDS[code], CONGRESS), **{**SIGNED, **details})


def composed(code: str, facts: Facts = FACTS, text: str | None = None, **details: object) -> Paper:
    """A paper of the kind; for kinds with recipients one for each of two."""
    kind = KINDS[code]
    people = PEOPLE[:2] if kind.per_recipient else ()
    wanted = kind.text if text is None else text
    return composing.compose(kind, usual(code, **details), wanted, facts, people)
