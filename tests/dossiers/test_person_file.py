"""One person's data as files a person can read."""

from __future__ import annotations

import io
import json
import zipfile

from congress_app.dossiers import person_file
from congress_app.formats import blocks

ROWS = {
    "person": [{"full_name": "Lò Thị Vui", "phone": "0911222333", "party_member": True, "x": None}],
    "audit_entry": [{"changes": {"note": ["a", "b " * 6000]}}],
}


def test_the_zip_holds_the_same_for_machines_and_for_people():
    with zipfile.ZipFile(io.BytesIO(person_file.packed(ROWS, "Lò Thị Vui"))) as zipped:
        starts = {name: zipped.read(name)[:4] for name in zipped.namelist()}
    assert starts == {
        "du-lieu.json": b'{\n "',
        "du-lieu.pdf": b"%PDF",
        "du-lieu.xlsx": b"PK\x03\x04",
    }


def test_portraits_and_files_lie_beside_the_rows_that_name_them():
    rows = {
        "badge_photo": [{"delegate_id": 3, "data": b"JPEG"}],
        "exemplar_file": [{"name": "a", "kind": "pdf", "data": b"%PDF-1"}, {"data": None}],
    }
    with zipfile.ZipFile(io.BytesIO(person_file.packed(rows, "Lò Thị Vui"))) as zipped:
        data = json.loads(zipped.read("du-lieu.json"))
        files = {name: zipped.read(name) for name in zipped.namelist() if name.startswith("tep/")}
    assert files == {"tep/badge_photo-1.jpg": b"JPEG", "tep/exemplar_file-1.pdf": b"%PDF-1"}
    assert data["badge_photo"] == [{"delegate_id": 3, "data": "tep/badge_photo-1.jpg"}]
    assert [row["data"] for row in data["exemplar_file"]] == ["tep/exemplar_file-1.pdf", None]


def test_the_paper_tells_every_fact_in_words():
    told = blocks.text_of(person_file.paper(ROWS, "Lò Thị Vui"))
    assert [one in told for one in ("Người 1", "0911222333", "có", "Nhật ký 1")] == [True] * 4
    assert told.count("b") >= 6000  # a long value is told to its end, over many rows
