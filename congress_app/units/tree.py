"""The unit tree as a rule: kinds, who may stand under whom, paths, sums, protocol order.

Levels after the BHXH guidance of 30/09/2019: the sector; provinces and Khối cơ quan below
it; district offices, departments and central units at the base. The structure of 2025
puts BHXH cơ sở in the place of the districts.

A path is "/1/5/23/": the ids from the root down to the unit itself, so that "is below"
is a prefix and a move rewrites one prefix.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, Protocol, TypeVar

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence


class Kind(StrEnum):
    """What a unit is; the codes are those of the sheets."""

    SECTOR = "nganh"
    CENTRAL_BLOCK = "khoi_co_quan"
    PROVINCE = "tinh"
    DISTRICT = "huyen"
    BASE_OFFICE = "co_so"
    DEPARTMENT = "phong"
    CENTRAL_UNIT = "don_vi_truc_thuoc"


KIND_LABELS: dict[str, str] = {
    Kind.SECTOR: N_("Ngành"),
    Kind.CENTRAL_BLOCK: N_("Khối cơ quan"),
    Kind.PROVINCE: N_("BHXH tỉnh, thành phố"),
    Kind.DISTRICT: N_("BHXH huyện"),
    Kind.BASE_OFFICE: N_("BHXH cơ sở"),
    Kind.DEPARTMENT: N_("Phòng"),
    Kind.CENTRAL_UNIT: N_("Đơn vị trực thuộc"),
}

# Which kinds a kind may stand under; nothing stands above the sector.
PARENT_KINDS: dict[Kind, tuple[Kind, ...]] = {
    Kind.SECTOR: (),
    Kind.CENTRAL_BLOCK: (Kind.SECTOR,),
    Kind.PROVINCE: (Kind.SECTOR,),
    Kind.DISTRICT: (Kind.PROVINCE,),
    Kind.BASE_OFFICE: (Kind.PROVINCE,),
    Kind.DEPARTMENT: (
        Kind.CENTRAL_BLOCK,
        Kind.PROVINCE,
        Kind.DISTRICT,
        Kind.BASE_OFFICE,
        Kind.CENTRAL_UNIT,
    ),
    Kind.CENTRAL_UNIT: (Kind.SECTOR, Kind.CENTRAL_BLOCK, Kind.PROVINCE),
}


def misplaced(kind: str, parent_kind: str | None) -> Sentence | None:
    """Why a unit of `kind` may not stand under one of `parent_kind`; None when it may.

    `parent_kind` is None for a unit at the top, where only the sector stands.
    """
    allowed = PARENT_KINDS[Kind(kind)]
    if parent_kind is None:
        if not allowed:
            return None
        return Sentence(
            N_("Loại “{kind}” phải có đơn vị cấp trên thuộc loại: {allowed}."),
            kind=_label(kind),
            allowed=_labels(allowed),
        )
    if not allowed:
        return Sentence(
            N_("“{kind}” là gốc của cây nên không có đơn vị cấp trên."), kind=_label(kind)
        )
    if parent_kind in allowed:
        return None
    return Sentence(
        N_(
            "Loại “{kind}” không đứng dưới “{parent}” được. "
            "Hãy chọn đơn vị cấp trên loại: {allowed}."
        ),
        kind=_label(kind),
        parent=_label(parent_kind),
        allowed=_labels(allowed),
    )


def check_place(kind: str, parent_kind: str | None) -> None:
    """Raise RuleViolation `wrong_parent_kind` when the place is not allowed."""
    reason = misplaced(kind, parent_kind)
    if reason is not None:
        raise RuleViolation("wrong_parent_kind", reason)


def _label(kind: str) -> Sentence:
    return Sentence(KIND_LABELS[kind])


def _labels(kinds: Sequence[str]) -> Sentence:
    first, *rest = kinds
    joined: Sentence = _label(first)
    for kind in rest:
        joined = Sentence("{first}, {rest}", first=joined, rest=_label(kind))
    return joined


# --- paths -------------------------------------------------------------------------------


def child_path(parent_path: str | None, unit_id: int) -> str:
    """The path of a unit under the parent ("/" or None: at the top)."""
    return f"{parent_path or '/'}{unit_id}/"


def ids_of(path: str) -> tuple[int, ...]:
    """The ids of a path from the root down, the unit itself last."""
    return tuple(int(part) for part in path.split("/") if part)


def would_loop(path: str, new_parent_path: str) -> bool:
    """True when the new parent is the unit itself or stands below it."""
    return new_parent_path.startswith(path)


def moved_path(path: str, old_prefix: str, new_prefix: str) -> str:
    """The path of a unit of the subtree at `old_prefix` once that stands at `new_prefix`."""
    if not path.startswith(old_prefix):
        raise ValueError(f"{path} is not below {old_prefix}")
    return new_prefix + path[len(old_prefix) :]


# --- the nested tree ---------------------------------------------------------------------


class PlacedRow(Protocol):
    """What a row must tell to take its place in the order of the tree."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def parent_id(self) -> int | None: ...  # noqa: D102
    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def precedence(self) -> int: ...  # noqa: D102


class TreeRow(PlacedRow, Protocol):
    """What a row must tell to be summed up in the tree."""

    @property
    def headcount(self) -> int | None: ...  # noqa: D102


Row = TypeVar("Row", bound=TreeRow)
Placed = TypeVar("Placed", bound=PlacedRow)


class UnitRow(NamedTuple):
    """An active unit as lists and trees show it; thousands of them are cheap."""

    id: int
    parent_id: int | None
    code: str
    name: str
    search_key: str
    kind: str
    path: str
    precedence: int
    headcount: int | None
    is_pilot: bool
    cluster_id: int | None


@dataclass(frozen=True)
class Headcount:
    """People of a subtree: `total` of the known numbers, `unknown` units without one.

    A unit's own number counts the people who belong to no unit below it, so a subtree is
    a plain sum. A unit with units below it may rightly have none; only a unit at the end
    of a branch without a number is unknown.
    """

    total: int = 0
    unknown: int = 0

    def __add__(self, other: Headcount) -> Headcount:
        return Headcount(self.total + other.total, self.unknown + other.unknown)


@dataclass(frozen=True)
class Total:
    """What a subtree holds: its units, the top counted in, and their people."""

    units: int = 0
    headcount: Headcount = Headcount()

    def __add__(self, other: Total) -> Total:
        return Total(self.units + other.units, self.headcount + other.headcount)


@dataclass
class Node(Generic[Row]):
    """A row with what stands below it, in protocol order."""

    row: Row
    children: list[Node[Row]] = field(default_factory=list)
    headcount: Headcount = Headcount()

    @property
    def counted_twice(self) -> bool:
        """True when the own number looks like the sum of the units below.

        Offices often write a province's total beside the numbers of its districts; added
        up, everybody would count twice.
        """
        own = self.row.headcount
        below = self.headcount.total - (own or 0)
        return bool(self.children and own and below and own >= below)


def protocol_key(row: PlacedRow) -> tuple[int, str]:
    """Brothers and sisters stand by precedence, then by code."""
    return row.precedence, row.code


def build(rows: Iterable[Row]) -> list[Node[Row]]:
    """Flat rows to nested nodes with sums; a row whose parent is not among them is a top.

    Tops and children come in protocol order. Rows that form a loop are reached from no
    top, which would lose them silently: ValueError.
    """
    by_id = {row.id: Node(row) for row in rows}
    tops: list[Node[Row]] = []
    for node in by_id.values():
        parent = by_id.get(node.row.parent_id) if node.row.parent_id is not None else None
        (parent.children if parent else tops).append(node)
    for siblings in (tops, *(node.children for node in by_id.values())):
        siblings.sort(key=lambda node: protocol_key(node.row))
    ordered = list(nodes(tops))
    if len(ordered) != len(by_id):
        raise ValueError("the rows form a loop")
    for node in reversed(ordered):
        node.headcount = sum((child.headcount for child in node.children), _own(node))
    return tops


def in_order(rows: Iterable[Placed]) -> list[Placed]:
    """Flat rows in protocol order, each unit directly before those below it.

    As the rows of `build`, without nodes and sums: what a list to choose from needs.
    """
    listed = sorted(rows, key=protocol_key)
    known = {row.id for row in listed}
    below: dict[int | None, list[Placed]] = {}
    for row in listed:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    waiting, ordered = below.get(None, [])[::-1], []
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting.extend(below.get(row.id, [])[::-1])
    if len(ordered) != len(listed):
        raise ValueError("the rows form a loop")
    return ordered


def nodes(tops: Iterable[Node[Row]]) -> Iterable[Node[Row]]:
    """All nodes in protocol order, each directly before those below it."""
    # A stack instead of recursion: wrong data may be deeper than Python's own stack.
    waiting = list(tops)[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.children[::-1])


def alone(headcount: int | None) -> Headcount:
    """What a unit with nothing below it adds to a sum."""
    return Headcount(headcount or 0, 0 if headcount is not None else 1)


def _own(node: Node[Row]) -> Headcount:
    own = alone(node.row.headcount)
    return Headcount(own.total) if node.children else own
