"""Where the rows of a sheet stand in the tree: codes, parents, loops, kinds, reach.

Parents may stand in the same file in any order. What a row names is looked up in the
file and among the stored units together, since a file is written all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congress_app.formats.cells import text_of
from congress_app.formats.faults import Fault
from congress_app.formats.sheet import Value
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold
from congress_app.units.lookup import code_key
from congress_app.units.roster import RosterRow
from congress_app.units.tree import Kind, misplaced


@dataclass(frozen=True)
class StoredUnit:
    """A unit as it is stored; `merged_into` is the code of the unit it was merged into."""

    id: int
    code: str
    name: str
    kind: str
    parent: str | None
    path: str
    precedence: int
    headcount: int | None
    headcount_source: str | None
    headcount_date: date | None
    is_pilot: bool
    cluster: str | None
    merged_into: str | None


@dataclass(frozen=True)
class Placed:
    """A row with its code settled, the unit it means, and the code of its parent."""

    row: RosterRow
    code: str
    stored: StoredUnit | None
    parent: str | None


class Codes:
    """Codes as the file and the tree write them; tells which one a cell means."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known: dict[str, str] = {}
        self._by_number: dict[str, list[str]] = {}
        for code in known:
            if code_key(code) not in self._known:
                self._known[code_key(code)] = code
                if code.isdigit():
                    self._by_number.setdefault(code.lstrip("0"), []).append(code)

    def meant(self, cell: Value) -> str:
        """The known code the cell means, else the cell's own text.

        Spreadsheets drop leading zeros: the number 1 means "01" where "1" is no code and
        nothing else fits.
        """
        text = text_of(cell)
        found = self._known.get(code_key(text))
        if found is None and isinstance(cell, int):
            fitting = self._by_number.get(text, [])
            found = fitting[0] if len(fitting) == 1 else None
        return found or text


@dataclass(frozen=True)
class Rights:
    """The unit paths that may be changed, and whether units may be put into clusters."""

    reach: Sequence[str]
    clusters: bool


def place(
    rows: Sequence[RosterRow], stored: Sequence[StoredUnit], rights: Rights
) -> tuple[list[Placed], list[Fault]]:
    """Settle every row's place; rows that cannot be placed give a fault instead.

    What is wrong with a parent's row is told there, never at its children.
    """
    work = _Placement(rows, stored, rights)
    placed = [one for row in rows if (one := work.place(row)) is not None]
    work.check_loops(placed)
    if not any(fault.code == "loop" for fault in work.faults):
        work.check_kinds(placed)
    return placed, work.faults


class _Placement:
    def __init__(
        self,
        rows: Sequence[RosterRow],
        stored: Sequence[StoredUnit],
        rights: Rights,
    ) -> None:
        self.faults: list[Fault] = []
        self._stored = {code_key(unit.code): unit for unit in stored}
        texts = (row.code for row in rows if isinstance(row.code, str))
        self._codes = Codes([*(unit.code for unit in stored), *texts])
        self._in_file = {code_key(self._codes.meant(row.code)) for row in rows}
        self._first_row: dict[str, int] = {}
        self._reach = rights.reach
        self._may_cluster = rights.clusters

    def place(self, row: RosterRow) -> Placed | None:
        """The row with its code and parent settled; None and a fault when it has no place."""
        code = self._codes.meant(row.code)
        unit = self._stored.get(code_key(code))
        before = len(self.faults)
        self._check_code(row, code, unit)
        parent = None if row.parent is None else self._codes.meant(row.parent)
        self._check_parent(row, parent, unit)
        self._check_cluster(row, unit)
        return None if len(self.faults) > before else Placed(row, code, unit, parent)

    def _check_code(self, row: RosterRow, code: str, unit: StoredUnit | None) -> None:
        first = self._first_row.setdefault(code_key(code), row.record.row)
        if first != row.record.row:
            sentence = Sentence(
                N_("Mã “{code}” đã có ở dòng {first}. Mỗi mã chỉ ghi một dòng."),
                code=code,
                first=first,
            )
            self.faults.append(row.record.fault("code", "duplicate_in_file", sentence))
        elif unit is not None and unit.merged_into is not None:
            sentence = Sentence(
                N_("Mã “{code}” là của đơn vị đã sáp nhập vào “{target}”. Hãy dùng mã khác."),
                code=code,
                target=unit.merged_into,
            )
            self.faults.append(row.record.fault("code", "duplicate_in_database", sentence))
        elif unit is not None and not self._may_change(unit.path):
            sentence = Sentence(
                N_("Mã “{code}” thuộc một đơn vị ngoài phạm vi bạn được sửa. Hãy bỏ dòng này."),
                code=code,
            )
            self.faults.append(row.record.fault("code", "outside_reach", sentence))

    def _check_cluster(self, row: RosterRow, unit: StoredUnit | None) -> None:
        now = (unit.cluster if unit else None) or ""
        if self._may_cluster or row.cluster is None or fold(row.cluster) == fold(now):
            return
        if unit is not None and not self._may_change(unit.path):
            return  # its row has that fault, and where it stands is not told
        sentence = Sentence(
            N_("Cụm thi đua do cấp Ngành xếp. Hãy để trống ô này để giữ nguyên cụm đang lưu.")
        )
        self.faults.append(row.record.fault("cluster", "outside_reach", sentence))

    def _check_parent(self, row: RosterRow, parent: str | None, unit: StoredUnit | None) -> None:
        if unit is not None and _same(unit.parent, parent):
            return
        if parent is None:
            if row.kind is Kind.SECTOR and "/" not in self._reach:
                sentence = Sentence(N_("Bạn không được phép thêm hoặc đổi gốc của cây đơn vị."))
                self.faults.append(row.record.fault("parent", "outside_reach", sentence))
            return
        above = self._stored.get(code_key(parent))
        if above is None:
            if code_key(parent) not in self._in_file:
                self._unknown_parent(row, parent)
        elif above.merged_into is not None:
            sentence = Sentence(
                N_("Đơn vị cấp trên “{parent}” đã sáp nhập vào “{target}”. Hãy ghi mã “{target}”."),
                parent=parent,
                target=above.merged_into,
            )
            self.faults.append(row.record.fault("parent", "unknown_unit", sentence))
        elif not self._may_change(above.path):
            self._unknown_parent(row, parent)

    def _unknown_parent(self, row: RosterRow, parent: str) -> None:
        sentence = Sentence(
            N_(
                "Không có đơn vị cấp trên nào mang mã “{parent}” trong tệp này "
                "hoặc trong phạm vi của bạn. Hãy sửa mã hoặc thêm một dòng cho đơn vị đó."
            ),
            parent=parent[:40],
        )
        self.faults.append(row.record.fault("parent", "unknown_unit", sentence))

    def _may_change(self, path: str) -> bool:
        return any(path.startswith(prefix) for prefix in self._reach)

    def check_loops(self, placed: Sequence[Placed]) -> None:
        """A fault at each row of the file that stands on a loop."""
        parents = {
            key: code_key(unit.parent) if unit.parent is not None else None
            for key, unit in self._stored.items()
        }
        for one in placed:
            parents[code_key(one.code)] = None if one.parent is None else code_key(one.parent)
        names = {code_key(one.code): one.code for one in placed}
        for one in placed:
            loop = _loop_through(code_key(one.code), parents)
            if loop:
                shown = " → ".join(
                    names.get(key) or self._stored[key].code for key in (*loop, loop[0])
                )
                sentence = Sentence(
                    N_("Đơn vị cấp trên tạo thành vòng: {loop}. Hãy sửa mã đơn vị cấp trên."),
                    loop=shown,
                )
                self.faults.append(one.row.record.fault("parent", "loop", sentence))

    def check_kinds(self, placed: Sequence[Placed]) -> None:
        """A fault where a kind may not stand under its parent's kind.

        Without a readable kind, here or above, nothing is said: that cell has its fault.
        """
        rows = {code_key(one.code): one for one in placed}
        for one in placed:
            above = None if one.parent is None else self._kind_of(code_key(one.parent), rows)
            if one.row.kind is not None and above is not None:
                reason = misplaced(one.row.kind, above)
                if reason is not None:
                    self.faults.append(one.row.record.fault("parent", "wrong_parent_kind", reason))
        self._check_stored_children(rows)

    def _check_stored_children(self, rows: Mapping[str, Placed]) -> None:
        """A fault where a row gives a unit another kind and those below no longer fit."""
        for key, unit in self._stored.items():
            over = rows.get(code_key(unit.parent)) if unit.parent is not None else None
            if over is None or over.row.kind is None or key in rows or unit.merged_into:
                continue
            reason = misplaced(unit.kind, over.row.kind)
            if reason is not None:
                sentence = Sentence(
                    N_("Bên dưới đang có “{name}” ({code}). {reason}"),
                    name=unit.name,
                    code=unit.code,
                    reason=reason,
                )
                self.faults.append(over.row.record.fault("kind", "wrong_parent_kind", sentence))

    def _kind_of(self, key: str, rows: Mapping[str, Placed]) -> str | None:
        if key in rows:
            return rows[key].row.kind
        if key in self._in_file or key not in self._stored:
            return None
        return self._stored[key].kind


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return code_key(one) == code_key(other)


def _loop_through(start: str, parents: Mapping[str, str | None]) -> list[str]:
    """The keys of the loop that `start` stands on, from it upwards; empty when on none."""
    seen = [start]
    above = parents.get(start)
    while above is not None and above != start:
        if above in seen[1:]:
            return []  # a loop further up, told at its own rows
        seen.append(above)
        above = parents.get(above)
    return seen if above == start else []
