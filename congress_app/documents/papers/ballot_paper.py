"""Phiếu bầu: strike-out where there is a surplus, two columns to tick where there is none.

The rule is printed on the paper itself. As many ballots as are wanted come from copying:
every ballot is the same page.
"""

from __future__ import annotations

from congress_app.documents.facts import CandidateRow, ElectionFacts, Facts
from congress_app.documents.head import Head
from congress_app.documents.papers.base import FormPages, Kind, Lack
from congress_app.formats.blocks import Block, Column, Paragraph, Section, StampBox, Table, plain
from congress_app.kernel.sentences import N_, Sentence

# An A5 page holds so many rows of 9 mm under its heading and above its rule.
A5_ROWS = 11
# Longer lists are set closer, so that forty names keep to one sheet.
LONG_ROWS = 18
_STRIKE = (
    "Phiếu in nhiều hơn số cần bầu. Không tín nhiệm ai thì gạch ngang cả họ và tên người đó; "
    "số người còn lại không được quá {seats}."
)
_TICK = (
    "Danh sách không có số dư. Đánh dấu X vào cột “Đồng ý” hoặc cột “Không đồng ý” ở dòng của "
    "từng người."
)
_PLAIN = "Không viết thêm tên, không ký tên, không đánh dấu riêng vào phiếu."


def vote_of(facts: Facts, head: Head) -> ElectionFacts | None:
    """The vote of the elections chapter; else the names typed here, for the seats from above."""
    if facts.election is not None and facts.election.candidates:
        return facts.election
    seats = facts.congress.seats_above
    if not head.rows or not seats:
        return None
    named = tuple(CandidateRow(row.name, row.role, row.position) for row in head.rows)
    return ElectionFacts(seats, named)


def has_surplus(vote: ElectionFacts) -> bool:
    """More names than seats?"""
    return len(vote.candidates) > vote.seats


def lacks(facts: Facts, head: Head) -> tuple[Lack, ...]:
    """Candidates and seats must be known, and there must be names enough."""
    vote = vote_of(facts, head)
    if vote is None:
        told = N_("Chưa có danh sách bầu cử hoặc số cần bầu. Hãy lập ở phần Bầu cử.")
        return (Lack(Sentence(told), "elections"),)
    if len(vote.candidates) < vote.seats:
        told = N_("Danh sách bầu cử có ít người hơn số cần bầu. Hãy bổ sung danh sách.")
        return (Lack(Sentence(told), "elections"),)
    return ()


def pages(facts: Facts, head: Head) -> tuple[Section, ...]:
    """One ballot: A5 for a short list, A4 for a long one."""
    vote = vote_of(facts, head)
    if vote is None:
        raise ValueError("a ballot needs candidates")
    small = len(vote.candidates) <= A5_ROWS
    above = facts.congress.above or facts.congress.name
    blocks: tuple[Block, ...] = (
        StampBox("Dấu của Ban Kiểm phiếu", ("PHIẾU BẦU", f"Đại biểu dự {above}")),
        Paragraph(plain(facts.congress.name, italic=True), "centre", indent=False, size=12),
        Paragraph(
            plain(f"Số người cần bầu: {vote.seats}", bold=True), "centre", indent=False, size=12
        ),
        _names(vote, small=small),
        Paragraph(plain(_rule(vote), italic=True), indent=False, size=10.5),
        Paragraph(plain(_PLAIN, italic=True), indent=False, size=10.5, before=2),
    )
    return (Section(blocks, size="A5" if small else "A4", numbered=False),)


def _rule(vote: ElectionFacts) -> str:
    return _STRIKE.format(seats=vote.seats) if has_surplus(vote) else _TICK


def _post(row: CandidateRow) -> str:
    return ", ".join(part for part in (row.born, row.position) if part)


def _names(vote: ElectionFacts, *, small: bool) -> Table:
    stt, name = Column("STT", 13, "centre"), Column("Họ và tên", 65)
    long = len(vote.candidates) > LONG_ROWS
    height, size = (0.0, 10.5) if long else (9.0, 12.0)
    if has_surplus(vote):
        columns: tuple[Column, ...] = (
            stt,
            name,
            Column("Năm sinh, chức vụ, đơn vị", 60 if small else 82),
        )
        rows: list[tuple[str, ...]] = [
            (str(n), row.name, _post(row)) for n, row in enumerate(vote.candidates, start=1)
        ]
    else:
        columns = (stt, name, Column("Đồng ý", 24), Column("Không đồng ý", 30))
        rows = [(str(n), row.name, "", "") for n, row in enumerate(vote.candidates, start=1)]
    return Table(columns, tuple(rows), row_height=height, size=size)


BALLOT_PAPER = Kind(
    "ballot_paper",
    N_("Phiếu bầu"),
    "",
    "congress",
    "form",
    "",
    listed=N_("Người trong danh sách bầu cử"),
    form=FormPages(pages, lacks),
)
