"""Typed rows of paper sheets."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.decision import Direction
from congress_app.checkin.paper import (
    Entry,
    Fault,
    SheetFacts,
    Signed,
    body_hash,
    read,
    resolve,
    uuid_of,
)

OPENS = datetime(2020, 6, 15, 0, 0, tzinfo=UTC)  # 07:00 at the venue
NOW = OPENS + timedelta(hours=3)
SHEET = SheetFacts(5, "Cửa A", OPENS, OPENS + timedelta(hours=5), {1: 101, 2: 102, 3: 103})


def rows(text: str) -> list[tuple[int, int, str, time | None]]:
    entries, faults = read(text)
    assert faults == []
    return [(entry.sheet, entry.row, entry.direction.value, entry.at) for entry in entries]


def told(text: str, default: time | None = None) -> list[str]:
    entries, faults = read(text)
    faults += resolve(entries, {3: SHEET}, default=default, now=NOW)[1]
    return [f"{fault.line}: {fault.sentence}" for fault in faults]


def test_a_line_as_people_type_it() -> None:
    expected = [(3, row, "in", time(7, 45)) for row in (1, 2, 3, 17, 20)]
    for text in (
        "tờ 3: 1-3, 17, 20 lúc 7:45",
        "Tờ 3: 1 – 3 , 17 20 LÚC 7h45",
        "TO 3. 1-3,17,20 luc 07 giờ 45 phút",
        "3: 1-3, 17, 20 @ 7.45",
        "tờ 3: 1-3, 17, 20 lúc 7:45",
    ):
        assert rows(text) == expected


def test_parts_with_their_own_time_and_direction() -> None:
    assert rows("tờ 1: 1 lúc 7h; 2, 3 ra lúc 9:05\n\ntờ 2: 4") == [
        (1, 1, "in", time(7, 0)),
        (1, 2, "out", time(9, 5)),
        (1, 3, "out", time(9, 5)),
        (2, 4, "in", None),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("xin chào", "1: Không đọc được. Hãy gõ theo mẫu: tờ 3: 1-14, 17, 20 lúc 7:45."),
        ("\ntờ 3: ba", "2: Không đọc được “ba”. Hãy gõ số dòng rồi giờ: 1-14, 17 lúc 7:45."),
        ("tờ 3: 3-1 lúc 8:00", "1: Dòng “3-1” không đúng: số đầu phải từ 1 và không quá số cuối."),
        ("tờ 3: 0 lúc 8:00", "1: Dòng “0” không đúng: số đầu phải từ 1 và không quá số cuối."),
        ("tờ 3: 1- lúc 8:00", "1: “1-” không phải số dòng."),
        ("tờ 3: 1 lúc 25:00", "1: Giờ “25:00” không đọc được. Hãy gõ như 7:45."),
        ("tờ 3: 1 lúc sáng", "1: Giờ “sang” không đọc được. Hãy gõ như 7:45."),
        (
            "tờ 3: 1 lúc 8:00\ntờ 3: 1-2 lúc 8:05",
            "2: Dòng 1 của tờ 3 đã gõ ở hàng 1. Hãy bỏ một trong hai.",
        ),
        ("tờ 9: 1 lúc 8:00", "1: Chưa in tờ 9 nào cho hội nghị này."),
        ("tờ 3: 4 lúc 8:00", "1: Tờ 3 chỉ có 3 dòng, không có dòng 4."),
        ("tờ 3: 1", "1: Thiếu giờ. Hãy gõ thêm “lúc 7:45”, hoặc điền giờ chung."),
        (
            "tờ 3: 1 lúc 6:59",
            "1: Giờ 06:59 nằm ngoài giờ mở cửa của phiên: 07:00 – 12:00.",
        ),
        ("tờ 3: 1 lúc 11:00", "1: Giờ 11:00 chưa tới."),
    ],
)
def test_every_fault_names_its_line_and_what_to_do(text: str, fault: str) -> None:
    assert told(text) == [fault]


def test_all_faults_are_told_at_once_and_a_cause_once_for_a_line() -> None:
    assert len(told("tờ 9: 1-3 lúc 8:00\nhm\ntờ 3: 1, 2")) == 3


def test_a_signature_stands_for_a_delegate_and_an_instant() -> None:
    entries, _ = read("tờ 3: 2 lúc 7:45; 3")
    signed, faults = resolve(entries, {3: SHEET}, default=time(8, 10), now=NOW)
    assert faults == []
    assert signed == [
        Signed(entries[0], 5, "Cửa A", 102, OPENS + timedelta(minutes=45)),
        Signed(entries[1], 5, "Cửa A", 103, OPENS + timedelta(minutes=70)),
    ]


def test_a_session_over_midnight() -> None:
    night = SheetFacts(5, "Cửa A", OPENS + timedelta(hours=15), OPENS + timedelta(hours=20), {1: 1})
    entries, _ = read("tờ 3: 1 lúc 0:30")
    signed, _ = resolve(entries, {3: night}, default=None, now=OPENS + timedelta(hours=19))
    assert signed[0].at == OPENS + timedelta(hours=17, minutes=30)


def test_the_identity_of_a_signature() -> None:
    [entry], _ = read("tờ 3: 2 lúc 7:45")
    [later], _ = read("tờ 3: 2 lúc 7:50")
    [out], _ = read("tờ 3: 2 ra lúc 7:45")
    assert uuid_of(7, entry) == uuid_of(7, later)
    assert len({uuid_of(7, entry), uuid_of(8, entry), uuid_of(7, out), uuid_of(7, entry, 1)}) == 4
    signed, _ = resolve([entry, later], {3: SHEET}, default=None, now=NOW)
    assert body_hash(signed[0]) != body_hash(signed[1])


numbers = st.lists(st.integers(1, 22), min_size=1, max_size=22, unique=True)


@given(st.integers(1, 999), numbers, st.times())
def test_what_is_written_down_is_read_back(sheet: int, chosen: list[int], at: time) -> None:
    minute = at.replace(second=0, microsecond=0, tzinfo=None)
    entries, faults = read(f"tờ {sheet}: {', '.join(map(str, chosen))} lúc {minute:%H:%M}")
    assert faults == []
    assert entries == [Entry(1, sheet, row, Direction.IN, minute) for row in chosen]


@given(st.text(max_size=200))
def test_rubbish_is_told_and_never_raises(text: str) -> None:
    entries, faults = read(text)
    assert all(isinstance(fault, Fault) for fault in faults)
    assert all(entry.row >= 1 for entry in entries)
