"""An archive that names every file in it."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.dossiers import archive
from congress_app.dossiers.archive import MANIFEST, Part
from congress_app.kernel.errors import Unreadable

PARTS = [Part("van-ban/1.pdf", b"%PDF"), Part("du-lieu/a.json", '["ả"]'.encode())]


def repacked(data: bytes, change) -> bytes:
    """The zip with its files passed through `change` (a dict of path to bytes)."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
    change(held)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in held.items():
            zipped.writestr(name, content)
    return out.getvalue()


def test_the_same_files_give_the_same_bytes_and_read_back():
    made = archive.make(PARTS, {"congress": "Hội nghị"})
    assert archive.make(PARTS, {"congress": "Hội nghị"}) == made
    assert archive.verify(made.data) == made.manifest
    assert [one["path"] for one in made.manifest["files"]] == [one.path for one in PARTS]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda held: held.update({"van-ban/1.pdf": b"%PDX"}), "Tệp van-ban/1.pdf đã bị thay đổi"),
        (lambda held: held.pop("van-ban/1.pdf"), "Thiếu tệp van-ban/1.pdf"),
        (lambda held: held.update({"x.txt": b""}), "Thừa tệp x.txt"),
    ],
)
def test_what_was_changed_is_named(change, told):
    data = repacked(archive.make(PARTS, {}).data, change)
    with pytest.raises(Unreadable) as caught:
        archive.verify(data)
    assert (caught.value.code, [str(one) for one in caught.value.details]) == (
        "broken_dossier",
        [told],
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held.pop(MANIFEST),
        lambda held: held.update({MANIFEST: b"{"}),
        lambda held: held.update({MANIFEST: b'{"form": "x", "files": []}'}),
        lambda held: held.update({MANIFEST: b"[]"}),
    ],
)
def test_another_zip_is_no_dossier(change):
    with pytest.raises(Unreadable) as caught:
        archive.verify(repacked(archive.make(PARTS, {}).data, change))
    assert caught.value.code == "no_dossier"


@given(st.integers(0, 400), st.integers(1, 255))
def test_whatever_byte_is_changed_it_is_refused_or_harmless(place, by):
    made = archive.make(PARTS, {})
    spoilt = bytearray(made.data)
    spoilt[place % len(spoilt)] ^= by
    try:
        found = archive.verify(bytes(spoilt))
    except Unreadable:
        return
    # A zip holds dates and marks that belong to no file's content.
    assert found == made.manifest


def test_two_parts_of_one_path_are_a_mistake():
    with pytest.raises(ValueError, match="one path"):
        archive.make([PARTS[0], PARTS[0]], {})


def test_a_swollen_part_is_hashed_without_being_held():
    """60 MB in 60 kB: what the check needs of memory does not follow what the zip unfolds to."""
    whole = archive.make(PARTS, {}).data
    swollen = io.BytesIO(whole)
    with zipfile.ZipFile(swollen, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("x", bytes(60 * 1024 * 1024))
    tracemalloc.start()
    with pytest.raises(Unreadable) as caught:
        archive.verify(swollen.getvalue())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (caught.value.code, most < 10 * 1024 * 1024) == ("broken_dossier", True)
