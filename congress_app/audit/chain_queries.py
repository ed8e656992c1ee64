"""Is the log as it was written? Walks the whole chain, from the first entry to the last.

What an entry holds under seal is opened on the way: the chain covers the digest of the plain
text alone, so that a lost or exchanged text would not show by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from congress_app.audit import chain, sealed_queries, sealing
from congress_app.audit.chain import Anchor
from congress_app.audit.models import Entry, Head
from congress_app.database import db, one_reading
from congress_app.kernel.sentences import N_

FAULTS: dict[str, str] = {
    "missing": N_("Mục số {number} không còn trong nhật ký."),
    "altered": N_("Mục số {number} không còn như lúc được ghi, hoặc đã bị đổi chỗ."),
    "erased": N_("Nội dung của mục số {number} bị xóa mà không có mục nào ghi việc xóa."),
    "unchained": N_("Có mục được thêm vào ngoài chuỗi, mã dòng {number}."),
    "head": N_("Chuỗi không kết thúc ở mục số {number} như sổ đã ghi."),
    "anchor": N_(
        "Mục số {number} khác với mốc đã ghi (trên giấy, hoặc trong tệp .anchor cạnh bản sao "
        "lưu), hoặc nhật ký bị cắt trước mục ấy."
    ),
    "sealed": N_(
        "Giá trị nhạy cảm niêm phong trong mục số {number} không mở được, hoặc không phải giá trị "
        "lúc ghi. Nếu vừa khôi phục bản sao lưu, hãy đưa lại khóa máy chủ của lúc sao lưu."
    ),
}
# Of the sealed values that do not open so many are named, the others counted.
_NAMED = 100


@dataclass
class Verdict:
    """What the walk found; `fault` is a key of `FAULTS`, None of a whole chain.

    `opened`, `shut`: how many entries hold sealed values that open, and that do not;
    `shut_first` the numbers of the first of these.
    """

    head: Anchor
    entries: int = 0
    erased: int = 0
    reduced: int = 0
    opened: int = 0
    shut: int = 0
    shut_first: list[int] = field(default_factory=list)
    fault: str | None = None
    number: int | None = None
    anchors_met: set[Anchor] = field(default_factory=set)


def head() -> Anchor:
    """The last number and its hash; where the row was taken away, an end nothing reaches."""
    row = db.session.execute(select(Head.number, Head.hash)).one_or_none()
    return Anchor(row.number, row.hash) if row else Anchor(0, "")


def verify(anchors: Iterable[Anchor] = ()) -> Verdict:
    """Compute every hash anew and name the first entry that is not as it was written.

    The end is read first, so entries that are added meanwhile are no fault. An anchor on
    paper also shows that the whole end, its row included, was cut off or made anew.
    """
    verdict = Verdict(head())
    wanted = list(anchors)
    hashes = {0: chain.START}
    open_ends: dict[int, None] = {}
    told: set[int] = set()
    kept = {anchor.number for anchor in wanted} | {verdict.head.number}
    with one_reading():
        _walk(verdict, kept, hashes, open_ends, told, _rests())
    unexplained = next((number for number in open_ends if number not in told), None)
    if verdict.fault is None and unexplained is not None:
        verdict.fault, verdict.number = "erased", unexplained
    if verdict.fault is None and hashes.get(verdict.head.number) != verdict.head.hash:
        verdict.fault, verdict.number = "head", verdict.head.number
    _ask_anchors(verdict, wanted, hashes)
    if verdict.fault is None and verdict.shut:
        verdict.fault, verdict.number = "sealed", verdict.shut_first[0]
    return verdict


def _rests() -> dict[int, str]:
    """By number: the digest of what is left of an entry, as the last later one tells it.

    Whether that one is as it was written itself, the walk finds out.
    """
    wanted = (
        select(Entry.number, Entry.changes)
        .where(Entry.number.is_not(None), Entry.changes[chain.REDUCED].as_string().is_not(None))
        .order_by(Entry.number)
    )
    found: dict[int, str] = {}
    for row in db.session.execute(wanted):
        for text, digest in dict(row.changes[chain.REDUCED]).items():
            if text.isdigit() and int(text) < row.number:
                found[int(text)] = digest
    return found


def _walk(
    verdict: Verdict,
    kept: set[int],
    hashes: dict[int, str],
    open_ends: dict[int, None],
    told: set[int],
    rests: dict[int, str],
) -> None:
    """Follow the chain; keeps the hashes asked for, what was erased and what tells of it."""
    previous = chain.START
    rows = db.session.execute(
        select(*Entry.__table__.columns)
        .where(Entry.number.is_not(None))
        .order_by(Entry.number)
        .execution_options(yield_per=1000)
    )
    # Asked for when the rows are: a key changed since the start has sealed them already.
    keys = tuple(dict.fromkeys((sealed_queries.newest_key(), *sealed_queries.keys())))
    for number, row in enumerate(rows, start=1):
        fault = "missing" if row.number != number else _fault_of(row, previous, rests)
        if fault:
            verdict.fault, verdict.number = fault, number
            rows.close()
            return
        previous = row.hash
        verdict.entries += 1
        if number in kept:
            hashes[number] = previous
        if row.salt is None:
            verdict.erased += 1
            open_ends[number] = None
        elif number in rests:
            verdict.reduced += 1
        if chain.SEALED in row.changes:
            _count_sealed(verdict, row, keys)
        told.update(chain.numbers_in(str(row.changes.get(chain.ERASED, ""))))
    outside = db.session.scalar(select(func.min(Entry.id)).where(Entry.number.is_(None)))
    if outside is not None:
        verdict.fault, verdict.number = "unchained", outside


def _count_sealed(verdict: Verdict, row: Any, keys: tuple[str, ...]) -> None:
    subject = sealed_queries.bound_to(row.subject_kind, row.subject_id)
    if sealing.is_whole(row.changes, keys, subject):
        verdict.opened += 1
        return
    verdict.shut += 1
    if verdict.shut <= _NAMED:
        verdict.shut_first.append(row.number)


def _fault_of(row: Any, previous: str, rests: Mapping[int, str]) -> str | None:
    if row.salt is None and (row.subject_name or row.changes):
        return "altered"
    if row.salt is not None:
        digest = chain.content_digest(row.salt, row.subject_name, row.changes)
        if digest != rests.get(row.number, row.digest):
            return "altered"
    if chain.hash_of(previous, chain.link_of(row, row.number, row.digest or "")) != row.hash:
        return "altered"
    return None


def _ask_anchors(verdict: Verdict, wanted: list[Anchor], hashes: dict[int, str]) -> None:
    for anchor in sorted(wanted, key=lambda one: one.number):
        if hashes.get(anchor.number) == anchor.hash:
            verdict.anchors_met.add(anchor)
        elif verdict.fault is None:
            verdict.fault, verdict.number = "anchor", anchor.number
