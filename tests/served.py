"""The real server in processes of its own, and doors that scan against it.

For what only happens there: a server killed under load, and its speed. The rows of a
congress with many badges and devices are written at once, past every rule.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import insert

from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.database import transaction
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel import clock
from congress_app.scanners.models import Device
from congress_app.scanners.pairing import digest
from tests import builders

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


@dataclass(frozen=True)
class Ground:
    """A congress whose door is open: its number, its badges' codes, its devices' tokens."""

    congress_id: int
    codes: list[str]
    tokens: list[str]


def a_ground(badges: int, devices: int) -> Ground:
    """Write a congress with confirmed delegates, their badges, and paired devices."""
    congress = builders.a_congress()
    builders.a_session(congress)
    now = clock.now()
    codes = [token.new_code() for _ in range(badges)]
    with transaction() as session:
        person = {"full_name": "Nguyễn Văn A", "sort_key": "a", "search_key": "nguyen van a"}
        people = [person | {"unit_id": congress.unit_id} for _ in codes]
        persons = session.scalars(insert(Person).returning(Person.id), people).all()
        place = {"congress_id": congress.id, "category": "official", "state": "confirmed"}
        place |= {"created_at": now, "created_by": "test", "delegation_unit_id": congress.unit_id}
        places = [place | {"person_id": key} for key in persons]
        delegates = session.scalars(insert(Delegate).returning(Delegate.id), places).all()
        issued = {"issued_at": now, "issued_by": "test"}
        paper = zip(delegates, codes, strict=True)
        session.execute(insert(Badge), [issued | {"delegate_id": d, "code": c} for d, c in paper])
        tokens = [f"token-{number}-{uuid4()}" for number in range(devices)]
        session.add_all(
            Device(
                congress_id=congress.id, name=f"Máy {number}", gate=f"Cửa {number % 4}",
                state="active", token_hash=digest(secret), created_at=now, created_by="test",
            )
            for number, secret in enumerate(tokens)
        )  # fmt: skip
    return Ground(congress.id, codes, tokens)


class Server:
    """`make run` without installing: the server of production over a database."""

    def __init__(self, url: str, folder: Path, **settings: str) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._environment = (
            os.environ
            | {
                "DATABASE_URL": url,
                "INSTANCE_PATH": str(folder / "served"),
                "PORT": str(self.port),
                "HOST": "127.0.0.1",
                "ALLOW_DEMO": "0",
            }
            | settings
        )
        self._environment.pop("CONGRESS_CONFIG", None)
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start its processes and wait for nothing."""
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tools.run"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start(self) -> None:
        """Serve; returns when the database answers through it."""
        self.begin()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError), Wire(self.port) as wire:
                if wire.ask(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")[0] == 200:
                    return
            time.sleep(0.1)
        raise AssertionError((self._folder / "server.log").read_text("utf-8", "replace"))

    def kill(self) -> None:
        """SIGKILL for all its processes at once: nothing can be finished or tidied."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        self._process.wait(30)
        self._process = None

    def workers(self) -> list[int]:
        """The processes that answer, by number."""
        leader = self._process.pid if self._process else 0
        told = Path(f"/proc/{leader}/task/{leader}/children").read_text("ascii")
        return [int(word) for word in told.split()]

    def cpu_seconds(self) -> float:
        """Processor time all processes of the server have used so far."""
        ticks = 0
        leader = self._process.pid if self._process else 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text("ascii", "replace").rpartition(")")[2].split()
                if int(fields[2]) == leader:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


class Wire:
    """One kept connection; speaks as little HTTP as a scan needs, so the server is measured
    and not the client."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer; OSError when the server is gone."""
        self._socket.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(
            int(line.partition(b":")[2])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        while len(body) < length:
            body += self._more()
        return int(head.split(b" ", 2)[1]), body

    def _more(self) -> bytes:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionResetError("the server closed the connection")
        return received


class Visitor:
    """A browser without scripts that may go through any of several servers, cookies and all."""

    def __init__(self) -> None:
        self._cookies: dict[str, str] = {}

    def get(self, server: Server, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        return self._send(server, "GET", path, b"")

    def post(
        self, server: Server, path: str, page: str | None = None, **fields: str
    ) -> tuple[int, str]:
        """Send a form of the `page` (the path itself when it is not told)."""
        _status, text = self.get(server, page or path)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        assert found is not None, text
        return self._send(
            server, "POST", path, urlencode({**fields, "csrf_token": found[1]}).encode()
        )

    def _send(self, server: Server, method: str, path: str, body: bytes) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=40)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        told = answer.status, answer.read().decode()
        connection.close()
        return told


def scan_body(code: str, **more: object) -> dict[str, object]:
    """One scan as a device sends it."""
    now = clock.now().isoformat()
    plain = {"uuid": str(uuid4()), "code": code, "direction": "in", "scanned_at": now}
    return plain | more


def post(path: str, secret: str, body: object) -> bytes:
    """The bytes of a call of the API."""
    data = json.dumps(body).encode()
    head = (
        f"POST /api/v1/{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {secret}\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data
