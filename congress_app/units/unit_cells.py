"""Which unit a row of a sheet names: by its code, else by its name."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.formats.cell_reader import CellReader
from congress_app.kernel.sentences import N_
from congress_app.units.lookup import UnitMap, UnitRef, find_units

UNKNOWN_CODE = N_(
    "Không có mã đơn vị “{value}” trong phạm vi được nhập. Hãy tra mã trên trang Đơn vị."
)
UNKNOWN_NAME = N_(
    "Không có đơn vị “{value}” trong phạm vi được nhập. Hãy ghi đúng tên hoặc điền mã đơn vị."
)
AMBIGUOUS_NAME = N_(
    "Có {count} đơn vị tên “{value}” (mã {codes}). Hãy điền cột “Mã đơn vị”, hoặc ghi thêm đơn vị "
    "cấp trên sau dấu phẩy."
)


@dataclass(frozen=True)
class Place:
    """A unit of the tree, or an organisation outside it in words."""

    unit: UnitRef | None = None
    organisation: str | None = None


def place_of(reader: CellReader, units: UnitMap, *, outside: bool = False) -> Place | None:
    """What the cells `unit_code` and `unit_name` name; None with a fault when nothing.

    With `outside` a name that no unit bears is taken as an organisation's.
    """
    record = reader.record
    if record.has("unit_code"):
        unit = units.by_code(record.value("unit_code"))
        if unit is None:
            reader.fault("unit_code", "unknown_unit", UNKNOWN_CODE)
        return Place(unit) if unit else None
    name = reader.text("unit_name")
    if name is None:
        if not record.has("unit_name"):
            reader.missing("unit_name" if "unit_name" in reader.columns else "unit_code")
        return None
    found = find_units(name, units)
    if len(found) == 1:
        return Place(found[0])
    if found:
        codes = ", ".join(unit.code for unit in found[:5])
        reader.fault("unit_name", "ambiguous_unit", AMBIGUOUS_NAME, count=len(found), codes=codes)
        return None
    if outside:
        return Place(organisation=name)
    reader.fault("unit_name", "unknown_unit", UNKNOWN_NAME)
    return None
