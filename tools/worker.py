"""gunicorn's worker with threads, for clients that are slow.

gunicorn gives a connection to a thread before anything has come and lets the thread wait: a
few dozen phones with a bad network hold all of them. Here the main loop gathers each request
without a thread, a thread computes the answer, and the main loop sends what the client is
slow to read. So a slow client costs memory and a place among the connections, nothing else;
one that falls silent is told so (408) and let go.

Few threads compute at a time, and what comes from a door goes first: see `worker_lanes.py`.
"""

from __future__ import annotations

import errno
import selectors
import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn import sock as gunicorn_sock
from gunicorn.http import get_parser
from gunicorn.workers import gthread

from tools import worker_errors
from tools.worker_lanes import LONG_SECONDS, Lanes
from tools.worker_line import SILENCE_SECONDS, Line, Room, is_ready

# A gathered request takes no longer than this altogether, however steadily it drips.
WHOLE_SECONDS = 120.0
# The last words are left time to arrive before the connection is cut.
LINGER_SECONDS = 2.0
SWEEP_SECONDS = 0.25
# How long a thread may compute while others wait to; at Python's own 5 ms an answer made of
# many short steps waits its turn through a whole crowd of pages, once for every step.
TURN_SECONDS = 0.001
TOO_SLOW = "Yêu cầu được gửi quá chậm nên máy chủ đã ngừng nhận; chưa có gì được ghi. "
TOO_SLOW += "Hãy kiểm tra mạng rồi gửi lại."


def too_slow() -> bytes:
    """The answer to who fell silent in the middle of a request."""
    return worker_errors.answer(408, "Request Timeout", TOO_SLOW)


class Call(gthread.TConn):  # type: ignore[misc]
    """One client's connection, from its first byte to its last."""

    def __init__(self, cfg: Any, line: Line, client: object, server: object) -> None:
        super().__init__(cfg, line, client, server)
        self.line = line
        self.parser: Any = None
        self.initialized = self.data_ready = True  # nothing is left to wait for in a thread
        self.begun = self.due = time.monotonic()
        self.stays = True

    def init(self) -> None:
        """Begin to parse; TLS was agreed while the request came."""
        if self.parser is None:
            self.parser = get_parser(self.cfg, self.line, self.client)

    @property
    def is_idle(self) -> bool:
        """True while nothing of a request has come and nothing of an answer is left."""
        return not self.line.received and not self.line.unsent


class PatientWorker(gthread.ThreadWorker):  # type: ignore[misc]
    """Threads compute; the main loop alone waits for clients."""

    silence_seconds = SILENCE_SECONDS

    def init_process(self) -> None:
        """Serve until the end; called in the forked process."""
        self._calls: set[Call] = set()  # those the main loop holds
        self._room = Room()
        self._tls = gunicorn_sock.ssl_context(self.cfg) if self.cfg.is_ssl else None
        self._swept = 0.0
        sys.setswitchinterval(TURN_SECONDS)
        super().init_process()

    def get_thread_pool(self) -> Lanes:
        """The lanes."""
        return Lanes(self.cfg.threads)

    def accept(self, listener: socket.socket) -> None:
        """A client has come; no thread yet."""
        try:
            found, address = listener.accept()
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED}:
                return
            if error.errno in {errno.EMFILE, errno.ENFILE}:
                # Who is here already is served on; the next waits in the kernel's queue.
                self.log.warning("No connection more can be opened: raise the limit of files.")
                time.sleep(SWEEP_SECONDS)
                return
            raise
        try:
            found.setblocking(False)
            if self._tls is not None:
                found = self._tls.wrap_socket(
                    found, server_side=True, do_handshake_on_connect=False
                )
            call = Call(
                self.cfg,
                Line(found, self._room, self.silence_seconds),
                address,
                listener.getsockname(),
            )
        except OSError:  # gone before a word was spoken
            found.close()
            return
        self.nr_conns += 1
        self._hold(call, selectors.EVENT_READ, self._arrived, self.silence_seconds)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for what comes next, and see that nobody stands behind what takes long."""
        is_waited = self.tpool.look()
        super().wait_for_and_dispatch_events(
            min(timeout, LONG_SECONDS / 4) if is_waited else timeout
        )

    def finish_request(self, call: Call, future: Future[Any]) -> None:
        """A thread has computed the answer; what the client has not read yet is sent here."""
        try:
            call.stays = not future.cancelled() and bool(future.result())
            if call.line.flush():
                self._answered(call)
            else:
                self._hold(call, selectors.EVENT_WRITE, self._writable, self.silence_seconds)
        except Exception:  # noqa: BLE001 - as gunicorn does: whatever a thread raised ends its connection
            self._drop(call)

    def handle_error(self, _request: object, client: Line, _address: object, error: Any) -> None:
        """A request that never reached the application, or an answer that cannot be sent."""
        with suppress(OSError):
            client.sendall(worker_errors.refused(error))

    def murder_keepalived(self, force: bool = False) -> None:
        """Let those go whose time is over (or all)."""
        now = time.monotonic()
        if now - self._swept < SWEEP_SECONDS and not force:
            return
        self._swept = now
        for call in [one for one in self._calls if force or one.due < now]:
            if call.line.received and not call.line.unsent and call.stays:
                self._refuse(call)
            self._drop(call)

    def _cap_keepalive(self, deadline: float) -> None:
        """The worker stops: nobody idle is waited for."""
        for call in self._calls:
            if call.is_idle:
                call.due = min(call.due, deadline)

    def enqueue_req(self, call: Call) -> None:
        """Hand the request to a thread."""
        call.line.begin_reading()
        super().enqueue_req(call)

    def _hold(self, call: Call, event: int, work: Callable[[Call], None], seconds: float) -> None:
        call.due = time.monotonic() + seconds
        self._calls.add(call)
        self.poller.register(call.line, event, partial(self._turn, call, work))

    def _turn(self, call: Call, work: Callable[[Call], None], _line: Line) -> None:
        """The selector says that something can be done."""
        try:
            work(call)
        except OSError:
            self._drop(call)

    def _release(self, call: Call) -> None:
        if call in self._calls:
            self._calls.discard(call)
            self.poller.unregister(call.line)

    def _drop(self, call: Call) -> None:
        self._release(call)
        self.nr_conns -= 1
        call.close()

    def _arrived(self, call: Call) -> None:
        """Something of a request has come."""
        call.line.take()
        if is_ready(call.line.received):
            self._release(call)
            self.enqueue_req(call)
        else:
            call.due = min(time.monotonic() + self.silence_seconds, call.begun + WHOLE_SECONDS)

    def _writable(self, call: Call) -> None:
        """The client reads on."""
        call.due = time.monotonic() + self.silence_seconds
        if call.line.flush():
            self._release(call)
            self._answered(call)

    def _answered(self, call: Call) -> None:
        """All is sent: wait for the next request, or for the client to leave."""
        if not call.stays:
            call.line.shutdown(socket.SHUT_WR)
            self._hold(call, selectors.EVENT_READ, self._leaving, LINGER_SECONDS)
            return
        call.line.give_back(call.parser.unreader.take_buffered())
        if is_ready(call.line.received):
            self.enqueue_req(call)
            return
        call.begun = time.monotonic()
        seconds = self.cfg.keepalive if self.alive else gthread.STOP_KEEPALIVE_LINGER
        self._hold(call, selectors.EVENT_READ, self._arrived, seconds)

    def _leaving(self, call: Call) -> None:
        """Read past what is still sent, so that the last answer is not cut off."""
        call.line.take()
        call.line.received.clear()

    def _refuse(self, call: Call) -> None:
        """Tell somebody silent why he is let go, as far as he listens."""
        try:
            call.line.say(too_slow())
            call.line.shutdown(socket.SHUT_WR)
        except OSError:
            return
