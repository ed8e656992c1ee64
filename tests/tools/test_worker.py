"""Clients that are slow, far more of them than threads, plain and over TLS."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.tools.slow_server import LARGE, LONG_SECONDS
from tools.lan import prepare
from tools.throwaway_postgres import free_port
from tools.worker import too_slow

PROGRAM = Path(__file__).parent / "slow_server.py"
FORM = b"POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n0123456789"
REST = b"abcdefghij"
SCAN = FORM.replace(b"/form", b"/api/v1/scans") + REST
MANY = 30  # of each kind, beside two threads and those for scans


class Slow:
    """The server and ways to call it."""

    def __init__(self, port: int, trusted: Path | None) -> None:
        self.port = port
        self._tls = ssl.create_default_context(cafile=trusted) if trusted else None

    def bare(self) -> socket.socket:
        """A connection on which nothing is said, not even TLS."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def call(self, said: bytes) -> socket.socket:
        """A connection on which so much was said."""
        sock = self.bare()
        if self._tls is not None:
            sock = self._tls.wrap_socket(sock, server_hostname="127.0.0.1")
        sock.sendall(said)
        return sock

    def asked(self, said: bytes = FORM + REST) -> float:
        """Seconds until a whole form is answered to somebody new."""
        began = time.monotonic()
        with self.call(said) as sock:
            assert told(sock, 20) == said[-20:]
        return time.monotonic() - began


def told(sock: socket.socket, length: int) -> bytes:
    """The body of one answer."""
    data = b""
    while len(data.partition(b"\r\n\r\n")[2]) < length:
        piece = sock.recv(1 << 16)
        assert piece, data
        data += piece
    return data.partition(b"\r\n\r\n")[2]


def everything(sock: socket.socket) -> bytes:
    """What is said until the server closes."""
    data = b""
    with suppress(ConnectionResetError, ssl.SSLEOFError):
        while piece := sock.recv(1 << 16):
            data += piece
    return data


@pytest.fixture(scope="module", params=["plain", "tls"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Slow]:
    port, files, tmp_path = free_port(), [], tmp_path_factory.mktemp("slow")
    if request.param == "tls":
        prepare(tmp_path, ["127.0.0.1", "localhost"])
        files = [tmp_path / "server.crt", tmp_path / "server.key"]
    process = subprocess.Popen([sys.executable, PROGRAM, str(port), *files])
    slow = Slow(port, tmp_path / "authority.crt" if files else None)
    deadline = time.monotonic() + 30
    while True:
        with suppress(ConnectionRefusedError):
            slow.bare().close()
            break
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield slow
    process.terminate()
    assert process.wait(20) == 0


def test_slow_clients_hold_up_nobody(server: Slow) -> None:
    silent = [server.bare() for _ in range(MANY)]
    heads = [server.call(FORM[:30]) for _ in range(MANY)]
    readers = [server.call(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(6)]
    halves = [server.call(FORM) for _ in range(MANY)]
    # If they held the two threads, each for two seconds, the last would wait a minute.
    assert max(server.asked() for _ in range(5)) < 5
    assert told(readers[0], LARGE) == b"x" * LARGE

    # Who goes on in time is served, on a connection that stays.
    with server.call(FORM) as late:
        time.sleep(0.2)
        late.sendall(REST)
        assert told(late, 20) == b"0123456789abcdefghij"
        late.sendall((FORM + REST) * 2)
        data = b""
        while data.count(b"0123456789abcdefghij") < 2:
            data += late.recv(1 << 16)

    # Who stays silent is told so; who never began is let go without a word.
    assert everything(halves[0]) == everything(heads[0]) == too_slow()
    assert everything(silent[0]) == b""
    for sock in (*silent, *heads, *readers, *halves):
        sock.close()


def test_an_upload_that_stops_frees_its_thread(server: Slow) -> None:
    head = b"POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n"
    stopped = [server.call(head + b"x" * 500_000) for _ in range(2)]
    assert server.asked() < 10
    for sock in stopped:
        sock.close()


def test_an_answer_before_the_upload_was_read_arrives_whole(server: Slow) -> None:
    head = b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n"
    with server.call(head + b"x" * 900_000) as sock:
        assert everything(sock).startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_scan_waits_behind_no_crowd_of_pages(server: Slow) -> None:
    waiting = [server.call(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(4)]
    assert max(server.asked(SCAN) for _ in range(3)) < LONG_SECONDS / 2
    assert server.asked() > LONG_SECONDS  # any other form stands behind the pages
    for sock in waiting:
        sock.close()


def test_nobody_who_drips_holds_the_threads_of_the_door(server: Slow) -> None:
    head = b"POST /api/v1/scans HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    dripping = server.call(head + b"5\r\n01")
    time.sleep(0.2)
    assert server.asked(SCAN) < 1
    dripping.close()


def test_a_device_waits_behind_no_crowd_of_strangers(server: Slow) -> None:
    ours, strange = (
        SCAN.replace(b"Host", b"Authorization: Bearer %s\r\nHost" % secret)
        for secret in (b"ours", b"strange")
    )
    assert server.asked(ours) < LONG_SECONDS / 2  # from its first scan on
    waiting = [server.call(strange) for _ in range(3)]
    assert max(server.asked(ours) for _ in range(3)) < LONG_SECONDS / 2
    assert server.asked(SCAN) > LONG_SECONDS  # whoever is not known stands behind them
    for sock in waiting:
        sock.close()
