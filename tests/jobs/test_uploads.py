"""Files kept between two requests."""

from __future__ import annotations

import os
import stat
import time

import pytest

from congress_app.jobs import uploads
from congress_app.jobs.uploads import Upload
from congress_app.kernel.errors import NotFound

FILE = Upload(b"PK\x03\x04\n\x00rest\nof it", "Danh sách\nđơn vị.xlsx")


def test_a_file_comes_back_whole_to_its_owner_and_to_nobody_else(tmp_path):
    key = uploads.keep(tmp_path / "uploads", FILE, 7)
    assert uploads.fetch(tmp_path / "uploads", key, 7) == FILE
    for stranger in (8, None):
        with pytest.raises(NotFound):
            uploads.fetch(tmp_path / "uploads", key, stranger)


def test_only_the_server_may_read_it(tmp_path):
    folder = tmp_path / "uploads"
    uploads.keep(folder, FILE, 7)
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("key", ["", "../7-x", "a" * 31, "A" * 32, "0" * 32 + "/", "0" * 32])
def test_what_is_no_key_finds_nothing(tmp_path, key):
    uploads.keep(tmp_path, FILE, 7)
    with pytest.raises(NotFound) as caught:
        uploads.fetch(tmp_path, key, 7)
    assert caught.value.code == "upload_gone"


def test_a_forgotten_file_is_gone(tmp_path):
    key = uploads.keep(tmp_path, FILE, 7)
    uploads.forget(tmp_path, key, 8)
    assert uploads.fetch(tmp_path, key, 7) == FILE
    uploads.forget(tmp_path, key, 7)
    uploads.forget(tmp_path, key, 7)
    assert list(tmp_path.iterdir()) == []


def test_files_of_yesterday_are_thrown_away_by_the_next_upload(tmp_path):
    old, fresh = uploads.keep(tmp_path, FILE, 7), uploads.keep(tmp_path, FILE, 7)
    (tmp_path / "other.txt").write_text("not ours")
    past = time.time() - uploads.KEPT_SECONDS - 1
    for path in (tmp_path / f"7-{old}.upload", tmp_path / "other.txt"):
        os.utime(path, (past, past))
    third = uploads.keep(tmp_path, FILE, 7)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [f"7-{fresh}.upload", f"7-{third}.upload", "other.txt"]
    )
