"""The line beside a file is the one `sha256sum` reads, and no other bytes fit it."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.formats import checksum

EMPTY = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_a_line_fits_its_bytes_and_no_others(data: bytes, other: bytes) -> None:
    line = checksum.line(io.BytesIO(data), "bản sao")
    assert checksum.fits(line, io.BytesIO(data))
    assert checksum.fits(line, io.BytesIO(other)) == (data == other)


def test_sha256sum_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "bản sao.backup"
    file.write_bytes(b"x" * 100_000)
    with file.open("rb") as source:
        checksum.beside(file).write_bytes(checksum.line(source, file.name))
    words = ["sha256sum", "--check", "--strict", "bản sao.backup.sha256"]
    assert subprocess.run(words, cwd=tmp_path, check=False).returncode == 0
    file.write_bytes(b"x" * 99_999)
    assert subprocess.run(words, cwd=tmp_path, check=False).returncode == 1


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        (EMPTY + b"  a\n", True),
        (EMPTY + b" *renamed.backup\r\n", True),
        (EMPTY.upper() + b"  a", True),
        (b"", False),
        (EMPTY, False),
        (EMPTY[1:] + b"  a\n", False),
        (EMPTY + b"  a\n" + EMPTY + b"  b\n", False),
    ],
)
def test_only_one_whole_line_counts(written: bytes, fits: bool) -> None:
    assert checksum.fits(written, io.BytesIO()) == fits
