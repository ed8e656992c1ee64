"""The unit tree of the whole country: imported from a sheet, read, and shown as a page.

1,416 units in the shape of 2019: 63 provinces with eleven districts and ten departments
each, Khối cơ quan with its central units. Prints JSON lines with medians in milliseconds;
the page and the tree are to stay within 200 ms.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask_migrate import upgrade

from benchmarks._timing import median, once, tell
from congress_app import create_app
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.kernel.permissions import Role, system_actor
from congress_app.units import queries
from congress_app.units.columns import FIELDS
from congress_app.units.import_services import import_units
from tests import builders

LIMIT_MS = 200
Line = tuple[str | int | None, ...]


def country() -> list[Line]:
    """The rows of the sheet, in the order of its columns."""
    rows: list[Line] = [("VN", "BHXH Việt Nam", "nganh", None, None)]
    rows.append(("KCQ", "Khối cơ quan BHXH Việt Nam", "khoi_co_quan", "VN", None))
    rows += [
        (f"KCQ.{n:02}", f"Đơn vị trực thuộc số {n}", "don_vi_truc_thuoc", "KCQ", 20 + n)
        for n in range(1, 29)
    ]
    for province in range(1, 64):
        code = f"{province:02}"
        rows.append((code, f"BHXH tỉnh số {province}", "tinh", "VN", None))
        rows += [
            (f"{code}.H{n:02}", f"BHXH huyện số {n} tỉnh {province}", "huyen", code, 15 + n)
            for n in range(1, 12)
        ]
        rows += [
            (f"{code}.P{n:02}", f"Phòng nghiệp vụ số {n} tỉnh {province}", "phong", code, 5 + n)
            for n in range(1, 11)
        ]
    return rows


def sheet(rows: list[Line]) -> bytes:
    """The rows as an .xlsx file, blank where the column is optional."""
    columns = [Column(field.header) for field in FIELDS]
    return write_sheet(columns, [(*row, *[None] * (len(FIELDS) - len(row))) for row in rows])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app("config.Testing", DATABASE_URL=f"sqlite:///{Path(folder, 'units.sqlite')}")
        with app.app_context():
            upgrade()
            measure_import()
            measure_reading()
        measure_page(app)


def measure_import() -> None:
    rows, actor = country(), system_actor()
    data = sheet(rows)
    for name in ("import_new", "import_unchanged"):
        spent = once(lambda: import_units(data, "don-vi.xlsx", dry_run=False, actor=actor))
        tell(name, spent, units=len(rows))
    assert len(queries.units_in_order()) == len(rows)


def measure_reading() -> None:
    ids = [unit.id for unit in queries.children(queries.units_in_order()[0].id)]
    tell("units_in_order", median(queries.units_in_order), limit_ms=LIMIT_MS)
    tell("headcounts_of_provinces", median(lambda: queries.headcounts(ids)), units=len(ids))
    tell("unit_map", median(queries.unit_map))


def measure_page(app) -> None:
    with app.app_context():
        name = builders.a_user(Role.VIEWER).username
    client = app.test_client()
    client.post("/sign-in", data={"username": name, "password": builders.PASSWORD})
    for figure, address in (("tree_page", "/units"), ("search_page", "/units?text=huyen+so+7")):
        page = client.get(address)
        assert page.status_code == 200
        with app.app_context():
            spent = median(lambda address=address: client.get(address))
        tell(figure, spent, limit_ms=LIMIT_MS, kilobytes=round(len(page.data) / 1024))


if __name__ == "__main__":
    main()
