"""Tables of papers, each from the facts; an empty tuple where the facts are missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from congress_app.documents import exemplar_tables, seat_tables
from congress_app.documents.facts import CHOSEN_SPEECHES, Facts, ItemRow, MemberRow, PersonRow
from congress_app.documents.head import Head
from congress_app.documents.letterhead import day_words
from congress_app.documents.people_tables import (
    STT,
    Blocks,
    credentials,
    delegates,
    elected,
    figures,
    numbered,
)
from congress_app.formats.blocks import Block, Column, Paragraph, Table, plain
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import number, percent


def quota(facts: Facts, _head: Head) -> Blocks:
    """Who elects how many, with the total."""
    if not facts.quota:
        return ()
    columns = (
        STT, Column("Đơn vị", 80), Column("Số làm căn cứ", 28, "right"),
        Column("Số đại biểu được bầu", 28, "right"), Column("Ghi chú", 19),
    )  # fmt: skip
    rows = numbered([(row.unit, _weight(row.weight), number(row.seats), "") for row in facts.quota])
    total = ("", "Cộng", "", number(sum(row.seats for row in facts.quota)), "")
    return (Table(columns, (*rows, total), strong=(len(rows),)),)


def _weight(text: str) -> str:
    exact = Fraction(text)
    return number(exact.numerator) if exact.denominator == 1 else number(exact, 1)


def programme(facts: Facts, _head: Head) -> Blocks:
    """Sessions with their items: time, what, who."""
    return _sessions(
        facts,
        (Column("Thời gian", 28, "centre"), Column("Nội dung", 90), Column("Người thực hiện", 47)),
        lambda row: [
            (
                f"{row.starts} - {row.ends}",
                f"{row.title}: {'; '.join(row.honours)}" if row.honours else row.title,
                row.presenter,
            )
        ],
    )


def run_sheet(facts: Facts, _head: Head) -> Blocks:
    """The same to the minute, with the words of whoever leads."""
    return _sessions(
        facts,
        (
            Column("Giờ", 29, "centre"), Column("Phút", 14, "right"), Column("Nội dung", 60),
            Column("Người thực hiện", 40), Column("Lời dẫn, việc phải làm", 109),
        ),
        lambda row: [
            (
                f"{row.starts} - {row.ends}", str(row.minutes), row.title, row.presenter,
                row.script,
            ),
            # Whom an award item honours, a row each, in the order they are read out.
            *(("", "", "", "", f"{n}. {line}") for n, line in enumerate(row.spoken, start=1)),
        ],
    )  # fmt: skip


def _sessions(
    facts: Facts, columns: tuple[Column, ...], cells: Callable[[ItemRow], list[tuple[str, ...]]]
) -> Blocks:
    told: list[Block] = []
    for session in dict.fromkeys(row.session for row in facts.items):
        rows = [row for row in facts.items if row.session == session]
        heading = f"{session}, {day_words(rows[0].day)}"
        told.append(Paragraph(plain(heading, bold=True), "left", indent=False, keep_next=True))
        told.append(Table(columns, tuple(line for row in rows for line in cells(row))))
    return tuple(told)


def course(facts: Facts, _head: Head) -> Blocks:
    """What happened, one paragraph an item: the body of the minutes."""
    return tuple(
        Paragraph(plain(f"{place}. {_happened(row.title, row.presenter)}"))
        for place, row in enumerate(facts.items, start=1)
        if row.kind not in ("break", "reception")
    )


def _happened(title: str, presenter: str) -> str:
    return f"{title} ({presenter})." if presenter else f"{title}."


def attendance(facts: Facts, _head: Head) -> Blocks:
    """Names with room for a signature."""
    if not facts.people:
        return ()
    columns = (
        STT, Column("Họ và tên", 48), Column("Chức vụ, đơn vị", 62),
        Column("Số ĐB", 14, "centre"), Column("Ký tên", 31),
    )  # fmt: skip
    rows = numbered(
        [
            (row.name, _post(row), f"{row.number:04d}" if row.number else "–", "")
            for row in facts.people
        ]
    )
    return (Table(columns, rows, row_height=9),)


def _post(row: PersonRow) -> str:
    return ", ".join(part for part in (row.position, row.unit) if part)


def speeches(facts: Facts, _head: Head) -> Blocks:
    """The speeches chosen, in their order."""
    chosen = [row for row in facts.speeches if row.state in CHOSEN_SPEECHES]
    if not chosen:
        return ()
    columns = (
        STT, Column("Tên tham luận", 75), Column("Người trình bày", 34),
        Column("Đơn vị", 34), Column("Phút", 12, "right"),
    )  # fmt: skip
    rows = numbered([(row.title, row.speaker, row.unit, str(row.minutes)) for row in chosen])
    total = ("", "Cộng", "", "", str(sum(row.minutes for row in chosen)))
    return (Table(columns, (*rows, total), strong=(len(rows),)),)


def _members(body: str) -> Callable[[Facts, Head], Blocks]:
    def told(facts: Facts, head: Head) -> Blocks:
        rows: tuple[MemberRow, ...] = head.rows or tuple(facts.committees.get(body, ()))
        if not rows:
            return ()
        columns = (STT, Column("Họ và tên", 50), Column("Chức vụ", 65), Column("Nhiệm vụ", 40))
        return (Table(columns, numbered([(r.name, r.position, r.role) for r in rows])),)

    return told


def results(facts: Facts, _head: Head) -> Blocks:
    """The votes of each candidate, the most first."""
    vote = facts.election
    if vote is None or not vote.candidates or any(row.votes is None for row in vote.candidates):
        return ()
    columns = (
        STT, Column("Họ và tên", 62), Column("Số phiếu", 28, "right"),
        Column("Tỷ lệ", 28, "right"), Column("Kết quả", 37),
    )  # fmt: skip
    ranked = sorted(vote.candidates, key=lambda row: -(row.votes or 0))
    base = vote.base or vote.valid or 0
    rows = [
        (
            row.name,
            f"{number(row.votes or 0)}/{number(base)}",
            percent(row.votes or 0, base),
            "Trúng cử" if row.elected else "",
        )
        for row in ranked
    ]
    return (Table(columns, numbered(rows)),)


@dataclass(frozen=True)
class TablePlace:
    """A placeholder that a whole table takes the place of."""

    label: str
    build: Callable[[Facts, Head], Blocks]
    lacking: str
    where: str


_NO_SEATS = N_("Chưa xếp chỗ cho ai. Hãy lập phương án ở phần Chỗ ngồi.")
_NOBODY = N_("Chưa có đại biểu nào được triệu tập. Hãy ghi danh và triệu tập ở phần Đại biểu.")

TABLES: dict[str, TablePlace] = {
    "bang_phan_bo": TablePlace(
        N_("Bảng phân bổ"), quota,
        N_("Chưa có phân bổ được duyệt. Hãy duyệt ở phần Phân bổ."), "quota",
    ),
    "bang_chuong_trinh": TablePlace(
        N_("Chương trình"), programme,
        N_("Chưa có chương trình. Hãy lập ở phần Chương trình."), "programme",
    ),
    "bang_kich_ban": TablePlace(
        N_("Kịch bản"), run_sheet,
        N_("Chưa có chương trình. Hãy lập ở phần Chương trình."), "programme",
    ),
    "dien_bien": TablePlace(
        N_("Diễn biến theo chương trình"), course,
        N_("Chưa có chương trình. Hãy lập ở phần Chương trình."), "programme",
    ),
    "bang_ky_nhan": TablePlace(
        N_("Bảng ký nhận"), attendance,
        _NOBODY, "delegates",
    ),
    "bang_dai_bieu": TablePlace(
        N_("Danh sách trích ngang"), delegates,
        _NOBODY, "delegates",
    ),
    "bang_thong_ke": TablePlace(
        N_("Thống kê đại biểu"), figures,
        _NOBODY, "delegates",
    ),
    "bang_dien_hinh": TablePlace(
        N_("Số liệu điển hình, khen thưởng, phong trào"), exemplar_tables.figures,
        N_("Chưa có điển hình, phong trào nào trong giai đoạn tổng kết."), "exemplars",
    ),
    "bang_tham_tra": TablePlace(
        N_("Cơ cấu đại biểu được thẩm tra"), credentials,
        N_("Chưa có đại biểu để thẩm tra. Hãy ghi danh và triệu tập ở phần Đại biểu."),
        "credentials",
    ),
    "bang_trung_cu": TablePlace(
        N_("Danh sách được bầu dự cấp trên"), elected,
        N_("Chưa có ai được bầu dự hội nghị cấp trên."), "elections",
    ),
    "bang_tham_luan": TablePlace(
        N_("Danh mục tham luận"), speeches,
        N_("Chưa có tham luận được chọn. Hãy chọn ở phần Tham luận."), "speeches",
    ),
    "bang_cho_ngoi": TablePlace(
        N_("Chỗ của từng khối, từng đoàn"), seat_tables.groups,
        _NO_SEATS, "seating",
    ),
    "bang_theo_hang": TablePlace(
        N_("Danh sách chỗ ngồi theo hàng ghế"), seat_tables.by_row,
        _NO_SEATS, "seating",
    ),
    "bang_ban_to_chuc": TablePlace(
        N_("Danh sách Ban Tổ chức"), _members("organising"),
        N_("Chưa có danh sách Ban Tổ chức. Hãy nhập ở mục Danh sách."), "document",
    ),
    "bang_ket_qua_bau": TablePlace(
        N_("Kết quả bầu cử"), results,
        N_("Chưa có kết quả kiểm phiếu. Hãy hoàn tất ở phần Bầu cử."), "elections",
    ),
}  # fmt: skip
