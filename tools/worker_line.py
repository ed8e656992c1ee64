"""A client's connection that the server never waits on for long.

What the client sends is gathered here until a thread can take the whole request; what it is
slow to read waits here until the kernel takes it. To gunicorn it looks like its socket.
"""

from __future__ import annotations

import errno
import re
import select
import socket
import ssl
import threading
import time
from collections import deque
from contextlib import suppress

# Largest request gathered before a thread begins; forms and scans are far smaller. A larger
# upload is read by its thread, which gives up when the client falls silent.
LONGEST = 256 * 1024
PIECE = 64 * 1024
SILENCE_SECONDS = 15.0
# Answers of one process that clients are slow to read, together; beyond it threads wait.
ROOM_BYTES = 64 * 1024 * 1024

# A thread that reads by itself gives up on who sends less than this many bytes a second: a
# phone at the edge of its network sends ten times as many.
SLOWEST_BYTES = 512

_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_READ_ON_THE_WAY = re.compile(rb"\r\n(?:transfer-encoding|expect)[ \t]*:", re.IGNORECASE)
_NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


def is_ready(received: bytes | bytearray) -> bool:
    """Whether a thread may take the request these bytes begin.

    Whole, or one that cannot be gathered: too long, without a length told beforehand, or from
    a client that waits for a word before it sends on. What is wrong with it is for gunicorn
    to say.
    """
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return len(received) > LONGEST
    head = bytes(received[: end + 2])
    if _READ_ON_THE_WAY.search(head):
        return True
    found = _LENGTH.search(head)
    length = int(found[1]) if found else 0
    return length > LONGEST or len(received) >= end + 4 + length


def is_whole(received: bytes | bytearray) -> bool:
    """Whether nothing more of the request is to come, so that no thread waits for its client."""
    end = received.find(b"\r\n\r\n")
    head = bytes(received[: end + 2])
    if end < 0 or _READ_ON_THE_WAY.search(head):
        return False
    found = _LENGTH.search(head)
    return len(received) >= end + 4 + (int(found[1]) if found else 0)


class Room:
    """How many bytes of answers wait in this process for clients to read them."""

    def __init__(self, limit: int = ROOM_BYTES) -> None:
        self._limit, self._used = limit, 0
        self._lock = threading.Lock()

    def add(self, size: int) -> None:
        """So many more wait, or fewer when negative."""
        with self._lock:
            self._used += size

    @property
    def is_full(self) -> bool:
        """True when the writer must wait for its client."""
        return self._used > self._limit


class Line:
    """One connection; used by the main loop and by one thread, never by both at once."""

    def __init__(self, sock: socket.socket, room: Room, silence: float = SILENCE_SECONDS) -> None:
        sock.setblocking(False)
        self._sock, self._room, self._silence = sock, room, silence
        self._timeout: float | None = None
        self._shaken = not isinstance(sock, ssl.SSLSocket)
        self._leaving: deque[memoryview] = deque()
        self.received = bytearray()
        # What a thread read of this request by itself, and since when.
        self._read = 0
        self._reading_since: float | None = None

    def fileno(self) -> int:
        """For the selector; -1 once it is closed."""
        return self._sock.fileno()

    def begin_reading(self) -> None:
        """A thread is to take the request; it may have to read the rest of it by itself."""
        self._read, self._reading_since = 0, None

    def _must_not_drip(self, size: int) -> None:
        """Count what a thread read; nobody holds one by sending a byte now and then."""
        self._read += size
        seconds = time.monotonic() - (self._reading_since or 0.0)
        if seconds > self._silence and self._read < seconds * SLOWEST_BYTES:
            raise TimeoutError(errno.ECONNRESET, "the client drips")

    def take(self) -> None:
        """Gather what has come; OSError when the client is gone."""
        with suppress(*_NOT_NOW):
            if isinstance(self._sock, ssl.SSLSocket) and not self._shaken:
                self._sock.do_handshake()
                self._shaken = True
            piece = self._sock.recv(PIECE)
            if not piece:
                raise ConnectionResetError(errno.ECONNRESET, "the client has left")
            self.received += piece

    def give_back(self, data: bytes) -> None:
        """Put what was read too far before what comes next."""
        self.received[:0] = data

    def flush(self) -> bool:
        """Send what the kernel takes; True when nothing is left."""
        while self._leaving:
            piece = self._leaving[0]
            try:
                sent = self._sock.send(piece[:PIECE])
            except _NOT_NOW:
                return False
            self._room.add(-sent)
            if sent == len(piece):
                self._leaving.popleft()
            else:
                self._leaving[0] = piece[sent:]
        return True

    @property
    def unsent(self) -> int:
        """Bytes of the answer the client has not taken yet."""
        return sum(map(len, self._leaving))

    # What gunicorn does with a socket, in a thread.

    def recv(self, size: int) -> bytes:
        """The next bytes; TimeoutError when the client stays silent."""
        deadline = time.monotonic() + (self._silence if self._timeout is None else self._timeout)
        if self._reading_since is None:
            self._reading_since = time.monotonic()
        while not self.received:
            try:
                piece = self._sock.recv(PIECE)
            except _NOT_NOW:
                self._wait(select.POLLIN, deadline)
                continue
            if not piece:
                return b""
            self.received += piece
            self._must_not_drip(len(piece))
        taken = bytes(self.received[:size])
        del self.received[:size]
        return taken

    def sendall(self, data: bytes) -> None:
        """Send, or keep for the main loop to send; waits only when too much is kept."""
        if data:
            self._leaving.append(memoryview(data))
            self._room.add(len(data))
        while not self.flush() and self._room.is_full:
            self._wait(select.POLLOUT, time.monotonic() + self._silence)

    def say(self, data: bytes) -> None:
        """Send what the kernel takes at once and forget the rest; never waits."""
        with suppress(*_NOT_NOW):
            self._sock.send(data)

    def send(self, data: bytes) -> int:
        """As `sendall`."""
        self.sendall(data)
        return len(data)

    def setblocking(self, _flag: bool) -> None:
        """It never blocks; gunicorn asks for it before every request."""

    def gettimeout(self) -> float | None:
        """How long gunicorn wants to wait for bytes."""
        return self._timeout

    def settimeout(self, seconds: float | None) -> None:
        """Wait so long for bytes; None: as long as clients may be silent."""
        self._timeout = seconds

    def shutdown(self, how: int) -> None:
        """Say that nothing more comes."""
        self._sock.shutdown(how)

    def close(self) -> None:
        """Forget the client and what it did not read."""
        self._room.add(-self.unsent)
        self._leaving.clear()
        self._sock.close()

    def _wait(self, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(self._sock, event)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            # With this number gunicorn takes it for a client that left, not for a fault.
            raise TimeoutError(errno.ECONNRESET, "the client is silent")
