"""Real files, spoilt: every reader answers with a sentence, never a broken server, never a hang.

`FUZZ_FILES` says how many spoilt files each reader gets (20; `make fuzz`: 2,000) and
`FUZZ_SEED` what chance starts from.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from congress_app.audit import chain_queries
from congress_app.checkin import paper
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.database import db
from congress_app.delegates.import_services import import_delegates
from congress_app.delegates.models import Person
from congress_app.dossiers import archive
from congress_app.elections import count_file
from congress_app.exemplars.columns import FIELDS as EXEMPLAR_FIELDS
from congress_app.exemplars.import_services import import_exemplars
from congress_app.formats import attachments, blocks, docx, pictures, sealed
from congress_app.formats.sheet_files import read_sheet
from congress_app.formats.xlsx.template import write_template
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.kernel.errors import DomainError
from congress_app.kernel.permissions import system_actor
from congress_app.operations import backup_services
from congress_app.units.import_services import import_units
from congress_app.units.models import Unit
from tests import builders
from tests.delegates.test_import_services import row as a_delegates_row
from tests.delegates.test_import_services import sheet as a_delegates_sheet
from tests.elections.test_count_file import FILE as COUNT
from tests.exemplars.sheets import sheet as an_exemplars_sheet
from tests.formats.papers import CLOSING, HEAD
from tests.fuzz.files import spoilt, within

FILES = int(os.environ.get("FUZZ_FILES", "20"))
SEED = os.environ.get("FUZZ_SEED", "2020")
# Far more than any file needs; on a busy machine too.
LONGEST_SECONDS = 120
ACTOR = system_actor()


def tried(name: str, whole: bytes, read: Callable[[bytes], object], times: int = FILES) -> Random:
    """Give the reader spoilt files; whatever is no sentence of the house is a fault."""
    chance, broken = Random(f"{SEED}/{name}"), []
    for number in range(times):
        data = spoilt(chance, whole)
        try:
            with within(LONGEST_SECONDS):
                read(data)
        except DomainError:
            continue
        except Exception as error:  # noqa: BLE001 - whatever escapes would be a 500
            broken.append(f"{name} {number}: {type(error).__name__}: {error}"[:300])
    assert broken == []
    return chance


def a_picture(kind: str) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (600, 800), "navy").save(out, kind, exif=exif)
    return out.getvalue()


def a_list() -> bytes:
    columns = [Column("Họ và tên"), Column("Ngày sinh", 12, "date"), Column("Số", 8, "number")]
    rows = [(f"Nguyễn Văn {n}", f"0{n % 9 + 1}/02/1980", n) for n in range(12)]
    return write_sheet(columns, rows, title="DANH SÁCH")


READERS: dict[str, tuple[Callable[[], bytes], Callable[[bytes], object]]] = {
    "list": (a_list, lambda data: read_sheet(data, "ds.xlsx")),
    "template": (
        lambda: write_template(EXEMPLAR_FIELDS),
        lambda data: read_sheet(data, "mau.xlsx"),
    ),
    "text": (
        lambda: an_exemplars_sheet(("Lê An", "Cá nhân", "22", "1980", "", "Bằng khen")),
        lambda data: read_sheet(data, "ds.csv"),
    ),
    "dossier": (
        lambda: archive.make([archive.Part("du-lieu/a.json", b"[1, 2]")], {}).data,
        archive.verify,
    ),
    "portrait": (lambda: a_picture("JPEG"), pictures.photo_jpeg),
    "logo": (lambda: a_picture("PNG"), pictures.logo_png),
    "document": (
        lambda: docx.write(blocks.Paper("KẾ HOẠCH", (blocks.Section((HEAD, CLOSING)),))),
        lambda data: attachments.kind_of(data, ("docx", "pdf")),
    ),
    "count": (lambda: json.dumps(COUNT).encode(), lambda data: count_file.load(data, "phieu")),
    "signatures": (
        lambda: b"1: 1-4, 7 07:30\n2: 3 8h05\n",
        lambda data: paper.read(data.decode(errors="replace")),
    ),
}


@pytest.mark.parametrize("name", READERS)
def test_a_spoilt_file_is_answered_with_a_sentence(name: str) -> None:
    make, read = READERS[name]
    whole = make()
    read(whole)
    tried(name, whole, read)


def test_a_spoilt_seal_opens_nothing() -> None:
    sealing = io.BytesIO()
    sealed.seal(io.BytesIO(b"copy" * 999), sealing, b"passphrase")

    def read(data: bytes) -> None:
        out = io.BytesIO()
        try:
            sealed.unseal(io.BytesIO(data), out, b"passphrase")
        except (sealed.WrongPassphrase, sealed.Damaged):
            return
        assert out.getvalue() == b"copy" * 999

    tried("seal", sealing.getvalue(), read, max(FILES // 10, 2))


def test_a_spoilt_list_of_delegates_enters_whole_rows_or_none(app: Flask) -> None:
    congress = builders.a_congress(rules=GUIDANCE_2020)
    builders.a_unit("D1", parent=congress.unit, kind="huyen", name="BHXH huyện A")
    rows = [a_delegates_row(f"Lê Văn {name}") for name in ("An", "Bình", "Cúc", "Dũng")]

    def read(data: bytes) -> None:
        before = people()
        done = import_delegates(congress, data, "ds.xlsx", actor=ACTOR)
        assert people() == before + (done.created if done.written else 0)

    tried("delegates", a_delegates_sheet(*rows), read)
    assert chain_queries.verify().fault is None


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Person.id))) or 0


def test_spoilt_lists_of_units_and_exemplars_break_nothing(app: Flask) -> None:
    province = builders.a_unit("22", builders.the_root(), "tinh", name="BHXH tỉnh A")
    heads = ("Mã đơn vị", "Tên đơn vị", "Loại", "Mã đơn vị cấp trên", "Số CCVC, NLĐ")
    below = [(f"22-{n}", f"BHXH huyện {n}", "huyen", "22", n) for n in range(6)]
    units = write_sheet([Column(head) for head in heads], below, title="ĐƠN VỊ")
    heads = ("Họ và tên", "Đối tượng", "Mã đơn vị", "Năm sinh", "Khen thưởng")
    people_ = [(f"Lê Văn {n}", "Cá nhân", "22", 1970 + n, "Bằng khen, 2019") for n in range(6)]
    exemplars = write_sheet([Column(head) for head in heads], people_, title="ĐIỂN HÌNH")

    def units_read(data: bytes) -> None:
        import_units(data, "dv.xlsx", dry_run=False, actor=ACTOR)

    def exemplars_read(data: bytes) -> None:
        import_exemplars(data, "dh.xlsx", dry_run=False, actor=ACTOR)

    tried("units", units, units_read)
    tried("exemplars", exemplars, exemplars_read)
    db.session.rollback()
    paths = dict(db.session.execute(select(Unit.id, Unit.path)).all())
    assert [p for key, p in paths.items() if not p.endswith(f"/{key}/")] == []
    assert province.id in paths
    assert chain_queries.verify().fault is None


def test_a_spoilt_backup_is_refused_or_brought_back(app: Flask, tmp_path: Path) -> None:
    builders.a_person("Đặng Thị Ngọc Ánh", builders.the_root())
    file = tmp_path / "spoilt.backup"
    made = backup_services.make(tmp_path / "whole.backup", None, keep=None, actor=ACTOR).file

    def read(data: bytes) -> None:
        file.write_bytes(data)
        try:
            backup_services.restore(file, None, replace=True, actor=ACTOR)
        finally:
            # Restored or refused, the database answers as one that is whole.
            assert people() == 1
            assert chain_queries.head().number > 0

    tried("backup", made.read_bytes(), read, max(FILES // 6, 4))
