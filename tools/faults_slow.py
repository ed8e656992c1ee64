"""Clients that are slow: they begin and stop, or do not read what they asked for."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field

from tools.faults_work import Entrance

EACH = 60
PATIENCE_SECONDS = 20
BODY = b"username=organiser&password=" + b"x" * 1000
HEAD = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)
# A megabyte, asked for so often that no buffer of the kernel can hold the answers.
LARGE = b"GET /static/vendor/zxing-wasm-3.1.4/zxing_reader.wasm HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
TIMES = 12


@dataclass
class Crowd:
    """Everybody slow at once."""

    entrance: Entrance
    lines: dict[str, list[socket.socket]] = field(default_factory=dict)

    def come(self) -> None:
        """Sixty of each kind."""
        said = {"silent": b"", "half a head": HEAD[:40], "half a form": HEAD + BODY}
        for kind, data in said.items():
            self.lines[kind] = [self._called(data) for _ in range(EACH)]
        self.lines["reading nothing"] = [self._called(LARGE * TIMES, 4096) for _ in range(EACH)]

    def leave(self) -> str:
        """Close all; tells what those were told who still listened."""
        heard = []
        for kind, lines in self.lines.items():
            told = sorted({answer for line in lines if (answer := first_line(line))})
            if kind != "reading nothing" and told:
                heard.append(f"{kind}: {', '.join(told)}")
            for line in lines:
                line.close()
        return "; ".join(heard)

    def _called(self, data: bytes, room: int = 0) -> socket.socket:
        line = socket.socket()
        line.settimeout(PATIENCE_SECONDS)
        if room:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        line.connect(("127.0.0.1", self.entrance.port))
        if self.entrance.tls is not None and data:
            line = self.entrance.tls.wrap_socket(line, server_hostname="127.0.0.1")
        with suppress(OSError):
            line.sendall(data)
        return line


def first_line(line: socket.socket) -> str:
    """What the server said to somebody slow, if anything."""
    line.settimeout(0.05)
    with suppress(OSError, ssl.SSLError, UnicodeDecodeError):
        return line.recv(4096).partition(b"\r\n")[0].decode()
    return ""


def beset(crowd: Crowd, seconds: float) -> None:
    """The crowd comes, and stays so long."""
    crowd.come()
    time.sleep(seconds)
