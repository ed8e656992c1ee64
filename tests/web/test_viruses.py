"""Files are shown to a scanner; here to one that speaks ClamAV's protocol and knows one virus."""

from __future__ import annotations

import io
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from congress_app.database import db
from congress_app.jobs.models import Job, KeptUpload
from congress_app.web.viruses import finding

VIRUS = b"X5O!P%@AP-this-is-only-a-test"
SHEET = "/units/sheets/import"


class Scanner:
    """Answers one connection after the other as clamd does."""

    def __init__(self, path: Path) -> None:
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen()
        self.seen: list[int] = []
        self.says: bytes | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _address = self._listening.accept()
            except OSError:
                return
            with caller, caller.makefile("rwb") as wire:
                assert wire.read(10) == b"zINSTREAM\0"
                data = b""
                while size := struct.unpack("!I", wire.read(4))[0]:
                    data += wire.read(size)
                self.seen.append(len(data))
                found = b"stream: Eicar-Test-Signature FOUND" if VIRUS in data else b"stream: OK"
                wire.write((self.says or found) + b"\0")

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Scanner]:
    made = Scanner(tmp_path / "clamd")
    yield made
    made.close()


def test_a_stream_is_read_whole_and_stands_at_its_begin_again(
    scanner: Scanner, tmp_path: Path
) -> None:
    address = str(tmp_path / "clamd")
    clean, bad = io.BytesIO(b"a" * 200_000), io.BytesIO(b"b" * 100_000 + VIRUS)
    assert (finding(clean, address), finding(bad, address)) == (None, "Eicar-Test-Signature")
    assert (clean.tell(), bad.tell()) == (0, 0)
    assert scanner.seen == [200_000, 100_000 + len(VIRUS)]
    scanner.says = b"INSTREAM size limit exceeded. ERROR"
    with pytest.raises(OSError, match="size limit exceeded"):
        finding(clean, address)


@pytest.mark.parametrize("address", ["/no/such/socket", "127.0.0.1:1", "nonsense"])
def test_a_scanner_that_is_away_is_an_error(address: str) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - whatever the system calls it
        finding(io.BytesIO(b"a"), address)


def sent(client: FlaskClient, data: bytes) -> TestResponse:
    return client.post(SHEET, data={"sheet": (io.BytesIO(data), "đơn vị.csv")})


def test_what_is_infected_or_unseen_is_not_taken(
    app: Flask, as_role: Any, scanner: Scanner, tmp_path: Path
) -> None:
    client = as_role("admin")
    csv = "Mã đơn vị,Tên đơn vị,Loại\n01,Một,tinh\n".encode()
    app.config["CLAMD"] = str(tmp_path / "clamd")
    refused = sent(client, csv + VIRUS)
    assert (refused.status_code, "infected_file" in refused.text) == (422, True)
    assert "Tệp đơn vị.csv có mã độc (Eicar-Test-Signature)" in refused.text
    app.config["CLAMD"] = str(tmp_path / "nobody")
    away = sent(client, csv)
    assert (away.status_code, away.headers["Retry-After"]) == (503, "60")
    assert "scanner_away" in away.text
    assert db.session.scalar(select(func.count(KeptUpload.key))) == 0
    app.config["CLAMD"] = str(tmp_path / "clamd")
    assert sent(client, csv).status_code < 400
    # It was looked at, by work of the kind.
    assert db.session.scalars(select(Job.kind)).all() == ["unit_import"]


def test_strangers_get_no_work_done(app: Flask, client: FlaskClient, scanner: Scanner) -> None:
    app.config["CLAMD"] = "/no/such/socket"
    assert sent(client, VIRUS).status_code == 302
    assert scanner.seen == []
