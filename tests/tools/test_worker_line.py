"""When a request is whole, and a connection that waits for a slow client."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import worker_line
from tools.worker_line import LONGEST, Line, Room, is_ready

Pair = tuple[Line, socket.socket, Room]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A line, its client, and room for one byte only."""
    near, far = socket.socketpair()
    room = Room(limit=1)
    line = Line(near, room, silence=0.05)
    yield line, far, room
    line.close()
    far.close()


@given(
    body=st.binary(max_size=200), length=st.sampled_from([b"Content-Length:", b"content-length: "])
)
def test_a_form_is_ready_with_its_last_byte_and_no_earlier(body, length):
    whole = b"POST / HTTP/1.1\r\n" + length + str(len(body)).encode() + b"\r\n\r\n" + body
    assert [at for at in range(len(whole) + 1) if is_ready(whole[:at])] == [len(whole)]


@pytest.mark.parametrize(
    ("received", "ready"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (LONGEST + 1), True),
        (b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % LONGEST, False),
        (b"x" * LONGEST, False),
        (b"x" * (LONGEST + 1), True),
        # Not a header of this request: a part of the body that only looks like one.
        (b"POST / HTTP/1.1\r\nContent-Length: 40\r\n\r\na\r\nContent-Length: 1\r\n\r\n", False),
    ],
)
def test_what_a_thread_may_take(received, ready):
    assert is_ready(bytearray(received)) is ready


def test_bytes_come_in_their_order_however_they_are_asked_for(pair):
    line, far, _room = pair
    far.sendall(b"abcdef")
    line.take()
    assert line.recv(2) == b"ab"
    line.give_back(b"ab")
    far.sendall(b"gh")
    assert [line.recv(4), line.recv(100), line.recv(100)] == [b"abcd", b"ef", b"gh"]


def test_a_thread_waits_for_a_silent_client_only_so_long(pair):
    line, far, _room = pair
    with pytest.raises(TimeoutError):
        line.recv(1)
    line.settimeout(0.01)
    with pytest.raises(TimeoutError):
        line.recv(1)
    far.close()
    assert line.recv(1) == b""
    with pytest.raises(ConnectionResetError):
        line.take()


def test_an_answer_nobody_reads_is_kept_without_waiting(pair):
    _line, far, _room = pair
    line = Line(_line._sock, Room(), silence=0.05)
    answer = bytes(range(256)) * 40_000
    line.sendall(answer)
    assert 0 < line.unsent < len(answer)
    read = b""
    while line.unsent:
        read += far.recv(1 << 20)
        line.flush()
    while len(read) < len(answer):
        read += far.recv(1 << 20)
    assert read == answer


def test_without_room_the_writer_waits_and_then_lets_the_client_go(pair):
    line, _far, room = pair
    with pytest.raises(TimeoutError):
        line.sendall(b"x" * 10_000_000)
    assert room.is_full
    line.close()
    assert (room.is_full, line.unsent) == (False, 0)


def test_who_drips_is_let_go_and_who_sends_steadily_is_not(pair, monkeypatch):
    line, far, _room = pair

    def reads(size: int) -> int:
        """How often a thread could read before it gave up, a hundred times at most."""
        line.begin_reading()
        for turn in range(100):
            far.sendall(b"x" * size)
            time.sleep(0.005)
            try:
                line.recv(size)
            except TimeoutError:
                line.received.clear()
                line.take()
                return turn
        return 100

    assert reads(1) < 100
    monkeypatch.setattr(worker_line, "SLOWEST_BYTES", 1)
    assert reads(1) == 100


def test_the_last_word_waits_for_nobody():
    near, far = socket.socketpair()
    line = Line(near, Room())
    while True:  # until the kernel takes no more
        try:
            near.send(b"x" * 65536)
        except BlockingIOError:
            break
    line.say(b"too slow")
    assert line.unsent == 0
    line.close()
    far.close()
