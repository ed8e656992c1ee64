"""Tables of people: the list with particulars, those elected, the census."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from congress_app.documents.facts import Facts, PersonRow
from congress_app.documents.head import Head
from congress_app.documents.placeholders import CATEGORY_WORDS
from congress_app.formats.blocks import Block, Column, Table
from congress_app.kernel.vietnamese import number, percent

Blocks = tuple[Block, ...]
STT = Column("STT", 13, "centre")
_SEX = {"M": "Nam", "F": "Nữ"}


def numbered(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows with their running number in front."""
    return tuple((str(place), *row) for place, row in enumerate(rows, start=1))


def delegates(facts: Facts, head: Head) -> Blocks:
    """The list with particulars; sensitive columns only where the reader may have them."""
    return people_table(facts.people, sensitive=any(_told(row) for row in facts.people))


def _told(row: PersonRow) -> bool:
    return row.ethnicity is not None or row.party is not None


def people_table(people: tuple[PersonRow, ...], *, sensitive: bool) -> Blocks:
    """Columns of a danh sách trích ngang: the birth date stands in the column of the sex."""
    if not people:
        return ()
    more = (Column("Dân tộc", 16), Column("Đảng viên", 14, "centre")) if sensitive else ()
    columns = (
        STT, Column("Họ và tên", 40), Column("Ngày sinh (Nam)", 24, "centre"),
        Column("Ngày sinh (Nữ)", 24, "centre"), *more, Column("Chức vụ", 30),
        Column("Đơn vị công tác", 34), Column("Trình độ", 20), Column("Thành phần", 24),
        Column("Danh hiệu, căn cứ", 32),
    )  # fmt: skip
    rows = [_person(row, sensitive=sensitive) for row in people]
    return (Table(columns, numbered(rows), size=10.5),)


def _person(row: PersonRow, *, sensitive: bool) -> tuple[str, ...]:
    member = {True: "x", False: "", None: "không rõ"}[row.party]
    more = (row.ethnicity or "không rõ", member) if sensitive else ()
    unknown = row.birth if row.sex not in _SEX else ""
    return (
        row.name,
        row.birth if row.sex == "M" else unknown,
        row.birth if row.sex == "F" else "",
        *more,
        row.position,
        row.unit,
        row.education,
        CATEGORY_WORDS.get(row.category, ""),
        "; ".join(dict.fromkeys(part for part in (row.honours, row.ground) if part)),
    )


def figures(facts: Facts, _head: Head) -> Blocks:
    """The census of the delegates: every part has its line for what is not known."""
    if not facts.people:
        return ()
    total = len(facts.people)
    rows: list[tuple[str, ...]] = [("Tổng số đại biểu", number(total), "100,0 %")]
    strong = [0]
    for heading, counted in _parts(facts.people):
        strong.append(len(rows))
        rows.append((heading, number(sum(counted.values())), ""))
        rows += [(f"– {word}", number(n), percent(n, total)) for word, n in counted.items()]
    columns = (
        Column("Chỉ tiêu", 105), Column("Số lượng", 30, "right"), Column("Tỷ lệ", 30, "right"),
    )  # fmt: skip
    return (Table(columns, tuple(rows), strong=tuple(strong)),)


def _parts(people: tuple[PersonRow, ...]) -> list[tuple[str, dict[str, int]]]:
    told = [
        ("Thành phần", _tally(people, lambda row: CATEGORY_WORDS.get(row.category))),
        ("Giới tính", _tally(people, lambda row: _SEX.get(row.sex or ""))),
        ("Trình độ chuyên môn", _tally(people, lambda row: row.education)),
        ("Lý luận chính trị", _tally(people, lambda row: row.theory)),
    ]
    if any(_told(row) for row in people):
        told.append(("Dân tộc", _tally(people, lambda row: row.ethnicity)))
        told.append(("Đảng viên", _tally(people, lambda row: _MEMBER[row.party])))
    return told


_MEMBER = {True: "là đảng viên", False: "chưa là đảng viên", None: None}


def _tally(
    people: tuple[PersonRow, ...], read: Callable[[PersonRow], str | None]
) -> dict[str, int]:
    counted: dict[str, int] = {}
    unknown = 0
    for row in people:
        word = read(row)
        if word:
            counted[word] = counted.get(word, 0) + 1
        else:
            unknown += 1
    ordered = dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
    return {**ordered, "không rõ": unknown}


def credentials(facts: Facts, _head: Head) -> Blocks:
    """The tables of the credentials report, one below another with their own sums."""
    if facts.credentials is None or not facts.credentials.convened:
        return ()
    rows: list[tuple[str, ...]] = []
    strong = []
    for table in facts.credentials.tables:
        strong.append(len(rows))
        sums = (sum(row[1] for row in table.rows), sum(row[2] for row in table.rows))
        rows.append((table.title, number(sums[0]), number(sums[1]), ""))
        rows += [
            (f"– {label}", number(convened), number(present), share)
            for label, convened, present, share in table.rows
        ]
    columns = (
        Column("Cơ cấu", 90), Column("Triệu tập", 25, "right"), Column("Có mặt", 25, "right"),
        Column("Tỷ lệ", 25, "right"),
    )  # fmt: skip
    return (Table(columns, tuple(rows), strong=tuple(strong)),)


def elected(facts: Facts, _head: Head) -> Blocks:
    """Those elected to the congress above."""
    return people_table(facts.elected, sensitive=False)
