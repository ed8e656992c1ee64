"""Files that are broken, swollen or more than a list: refused in one sentence, before harm."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest

from congress_app.formats.sheet import Row
from congress_app.kernel.errors import DomainError, TooLarge, Unreadable
from tests.formats.xlsx.parts import (
    MAIN,
    ROW,
    archive,
    parts,
    read,
    refused,
    relations,
    workbook,
    worksheet,
)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w SYSTEM "http://example.org/w.dtd">',
    ],
)
def test_entities_are_refused(part: str, doctype: str) -> None:
    found = parts(worksheet(ROW), styles=f'<styleSheet xmlns="{MAIN}"/>')
    found[part] = doctype + str(found[part])
    kind, sentence = refused(archive(found))
    assert kind is Unreadable
    assert "DOCTYPE" in sentence


def test_a_swollen_archive_is_refused_before_it_is_unpacked() -> None:
    bomb = worksheet(ROW, after=" " * 40_000_000)
    kind, sentence = refused(archive(parts(bomb)))
    assert kind is TooLarge
    assert sentence.startswith("Tệp nén chứa 38 MB dữ liệu")


def test_a_bomb_in_any_part_is_refused() -> None:
    found = parts(worksheet(ROW)) | {"xl/media/image1.png": b"\0" * 30_000_000}
    assert refused(archive(found))[0] is TooLarge


def test_too_many_parts_are_refused() -> None:
    found = parts(worksheet(ROW)) | {f"xl/media/{n}.png": "x" for n in range(2_001)}
    assert refused(archive(found))[0] is TooLarge


def test_a_directory_that_lies_about_sizes_is_a_damaged_file() -> None:
    data = bytearray(archive(parts(worksheet(ROW, after=" " * 9_000))))
    out = io.BytesIO(bytes(data))
    with zipfile.ZipFile(out) as source:
        entry = source.getinfo("xl/worksheets/sheet1.xml")
    size = entry.file_size.to_bytes(4, "little")
    lied = bytes(data).replace(size, (100).to_bytes(4, "little"))
    assert lied != bytes(data)
    assert refused(lied)[0] is Unreadable


def test_parts_that_are_absent_make_a_damaged_file() -> None:
    for name in parts(worksheet(ROW)):
        found = parts(worksheet(ROW))
        del found[name]
        if name == "_rels/.rels":
            assert read(archive(found)).rows == (Row(1, ("x",)),)
        else:
            assert refused(archive(found))[0] is Unreadable


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("xl/externalLinks/externalLink1.xml", "liên kết tới tệp khác"),
        ("mimetype", ".xlsx hoặc .csv"),
        ("xl/workbook.bin", ".xlsx hoặc .csv"),
    ],
)
def test_workbooks_that_do_more_are_refused(name: str, word: str) -> None:
    kind, sentence = refused(archive(parts(worksheet(ROW)) | {name: "x"}))
    assert kind is Unreadable
    assert word in sentence


def test_a_relation_cannot_lead_out_of_the_archive() -> None:
    found = parts(worksheet(ROW))
    found["xl/_rels/workbook.xml.rels"] = relations(("r1", "worksheet", "../../../etc/passwd"))
    assert refused(archive(found))[0] is Unreadable


def test_a_file_cut_anywhere_is_one_sentence() -> None:
    data = workbook(ROW)
    for length in range(4, len(data), 37):
        with pytest.raises(Unreadable):
            read(data[:length])


def test_a_file_with_changed_bytes_is_read_or_refused() -> None:
    generator = random.Random(3)
    data = workbook(ROW, strings=f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>')
    for _ in range(300):
        changed = bytearray(data)
        for _ in range(generator.randint(1, 6)):
            changed[generator.randrange(len(changed))] = generator.randrange(256)
        with suppress(DomainError):
            assert read(bytes(changed)).rows
