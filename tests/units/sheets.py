"""Small sheets and stored trees for the tests of the unit import."""

from __future__ import annotations

from datetime import date
from typing import Any

from congress_app.formats.columns import match_columns
from congress_app.formats.records import Matched
from congress_app.formats.sheet import Row, Sheet
from congress_app.units.columns import FIELDS
from congress_app.units.placement import Rights, StoredUnit
from congress_app.units.proposal import Origin, Proposal, propose

HEADERS = (
    "Mã đơn vị",
    "Tên đơn vị",
    "Loại",
    "Mã đơn vị cấp trên",
    "Số CCVC, NLĐ",
    "Thứ tự",
    "Đơn vị điểm",
)
ORIGIN = Origin("don-vi.xlsx", date(2020, 6, 15))


def matched(*rows: tuple[Any, ...], headers: tuple[str, ...] = HEADERS) -> Matched:
    """The sheet with the headers in row 1 and the rows from row 2 on."""
    numbered = (Row(number, row) for number, row in enumerate((headers, *rows), start=1))
    return match_columns(Sheet("Đơn vị", tuple(numbered)), FIELDS)


def csv(*rows: tuple[Any, ...], headers: tuple[str, ...] = HEADERS) -> bytes:
    """The same as an uploaded file."""
    lines = ((*headers,), *rows)
    text = "\n".join(
        ";".join("" if value is None else f'"{value}"' for value in line) for line in lines
    )
    return text.encode("utf-8-sig")


def stored(code: str, parent: StoredUnit | None = None, **columns: Any) -> StoredUnit:
    """A stored unit; its id is a number that no other code has."""
    number = int.from_bytes(code.encode(), "big")
    defaults: dict[str, Any] = {
        "id": number,
        "name": f"Tên {code}",
        "kind": "nganh" if parent is None else "tinh",
        "precedence": 1,
        "headcount": None,
        "headcount_source": None,
        "headcount_date": None,
        "is_pilot": False,
        "cluster": None,
        "merged_into": None,
    }
    path = f"{parent.path if parent else '/'}{number}/"
    above = parent.code if parent else None
    return StoredUnit(code=code, parent=above, path=path, **(defaults | columns))


def proposed(
    *rows: tuple[Any, ...],
    tree: tuple[StoredUnit, ...] = (),
    reach: tuple[str, ...] = ("/",),
    headers: tuple[str, ...] = HEADERS,
    clusters: bool = True,
) -> Proposal:
    """What the rows would do to the tree."""
    return propose(matched(*rows, headers=headers), tree, Rights(reach, clusters), ORIGIN)


def faults(proposal: Proposal) -> list[tuple[int, str, str, str]]:
    """Row, column, value and code of every fault."""
    return [(one.row, one.column, one.value, one.code) for one in proposal.faults]
