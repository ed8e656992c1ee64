"""Requests that never reach the application: what the caller and the log are told."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from congress_app.web.headers import headers_for
from tests.tools.test_worker import PROGRAM, Slow, everything
from tools.throwaway_postgres import free_port

SECRET = "bimat" * 6
HOST = b"Host: x\r\n"
REFUSED = {
    b"GET /d/%s\xe2\x80\x9d HTTP/1.1\r\n" + HOST: 400,
    b"GET /d/%s HTTP/9.9\r\n" + HOST: 400,
    b"G?T /d/%s HTTP/1.1\r\n" + HOST: 400,
    b"GET /d/%s HTTP/1.1\r\nBad Name%s: 1\r\n" + HOST: 400,
    b"GET /d/%s" + b"x" * 5000 + b" HTTP/1.1\r\n" + HOST: 414,
    b"GET /d/%s HTTP/1.1\r\nX: %s" + b"x" * 9000 + b"\r\n" + HOST: 431,
    b"GET /foreign/%s HTTP/1.1\r\n" + HOST: 500,
}


@pytest.fixture
def server(tmp_path: Path):
    port, log = free_port(), tmp_path / "server.log"
    with log.open("wb") as kept:
        process = subprocess.Popen([sys.executable, PROGRAM, str(port)], stdout=kept, stderr=kept)
    slow, deadline = Slow(port, None), time.monotonic() + 60
    while True:
        with suppress(ConnectionRefusedError):
            slow.bare().close()
            break
        assert time.monotonic() < deadline, log.read_text("utf-8")
        time.sleep(0.1)
    yield slow, log
    process.terminate()
    assert process.wait(20) == 0


def test_what_is_refused_before_the_application_is_told_without_its_words(server) -> None:
    slow, log = server
    told = {}
    for request in REFUSED:
        with slow.call(request.replace(b"%s", SECRET.encode()) + b"\r\n") as sock:
            head, _, body = everything(sock).decode().partition("\r\n\r\n")
        told[request] = int(head.split()[1])
        assert SECRET not in body
        assert body.endswith(".\n")
        lines = head.split("\r\n")
        assert {f"{name}: {value}" for name, value in headers_for("").items()} <= set(lines)
    assert told == REFUSED
    written = log.read_text("utf-8")
    assert written.count("answered 400: Invalid") == 4
    assert written.count("answered 500: Invalid") == 1
    assert SECRET not in written
    assert "127.0.0.1" not in written.partition("answered")[2]
