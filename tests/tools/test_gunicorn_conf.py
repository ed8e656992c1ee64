"""What follows a request: whose scans go first, and when a process makes way for another."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from congress_app.scanners.pairing import digest
from tools.gunicorn_conf import barred_file, post_request
from tools.worker_lanes import Known


def test_only_a_file_that_cannot_be_written_is_barred(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").touch()
    assert barred_file(f"sqlite:///{tmp_path}/a.sqlite") is None
    assert barred_file(f"sqlite:///{tmp_path}/gone/a.sqlite") == f"{tmp_path}/gone/a.sqlite"
    assert barred_file("sqlite://") is None
    assert barred_file("postgresql+psycopg://a@b/c") is None


def test_a_barred_process_ends_once_the_file_can_be_written(tmp_path: Path) -> None:
    file, ends = tmp_path / "a.sqlite", []
    worker = SimpleNamespace(barred=str(file), handle_exit=lambda *told: ends.append(told))
    post_request(worker, None, {}, None)
    assert ends == []
    file.touch()
    for _request in range(2):
        post_request(worker, None, {}, None)
    assert len(ends) == 1


def test_who_the_application_calls_a_device_of_ours_is_known_until_it_says_no() -> None:
    worker = SimpleNamespace(tpool=SimpleNamespace(known=Known()))
    said = b"POST /api/v1/scans HTTP/1.1\r\nAuthorization: Bearer secret\r\n\r\n"
    held = []
    for environ in ({}, {"congress.device": (digest("secret"), True)}, {},
                    {"congress.device": (digest("secret"), False)}):  # fmt: skip
        post_request(worker, None, environ, None)
        held.append(worker.tpool.known.sent(said))
    assert held == [False, True, True, False]
