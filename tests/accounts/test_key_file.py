"""The file of the server's keys."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from congress_app.accounts import key_file


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    first = key_file.made_or_read(path)
    assert (len(first), len(first[0])) == (1, 64)
    assert key_file.made_or_read(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _place: key_file.made_or_read(path), range(32)))
    assert keys == {key_file.read(path)}


def test_a_new_key_stands_before_the_old_ones_which_can_be_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    first = key_file.made_or_read(path)
    seen = key_file.stamp(path)
    key_file.add_new(path)
    second = key_file.read(path)
    assert second[1:] == first
    assert key_file.stamp(path) != seen
    assert path.stat().st_mode & 0o777 == 0o600
    assert (key_file.keep_newest(path), key_file.read(path)) == (1, second[:1])
    assert (key_file.keep_newest(path), key_file.read(path)) == (0, second[:1])
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_the_file_of_the_first_version_had_no_end_of_line(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.write_text("old-key-without-end", encoding="ascii")
    assert key_file.made_or_read(path) == ("old-key-without-end",)


ME, ROOT, OTHER = 1000, 0, 1001


@pytest.mark.parametrize(
    ("mode", "owner", "is_open"),
    [
        (0o600, ME, False),
        (0o400, ME, False),
        (0o640, ME, True),
        (0o604, ME, True),
        (0o666, ME, True),
        # A vault or systemd hands it over: root's, readable by the server's group at most.
        (0o440, ROOT, False),
        (0o460, ROOT, True),
        (0o444, ROOT, True),
        (0o600, OTHER, True),
    ],
)
def test_the_key_is_for_the_server_s_user_and_root_only(
    mode: int, owner: int, is_open: bool
) -> None:
    assert key_file.open_to_others(mode, owner, ME) is is_open


def test_the_file_itself_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    key_file.made_or_read(path)
    assert not key_file.is_open(path)
    path.chmod(0o666)
    assert key_file.is_open(path)
