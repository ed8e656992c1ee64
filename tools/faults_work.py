"""Steady work while something breaks: doors scan, an organiser saves, somebody reads.

Everybody repeats what was not acknowledged, as devices and people do, and notes what he was
told. Afterwards the acknowledged is looked for in the database.
"""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode
from uuid import uuid4

from congress_app.kernel import clock
from tests import builders

DOORS = 4
SCAN_EVERY, FORM_EVERY, PAGE_EVERY = 0.1, 0.25, 0.25
PATIENCE_SECONDS = 15  # a device gives up waiting then and sends again
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Told:
    """One answer, or none at all (status 0)."""

    at: float
    who: str  # scan, form, page
    status: int
    seconds: float
    words: str = ""


@dataclass(frozen=True)
class Entrance:
    """Where the work knocks: the server itself, or the proxy in front of it."""

    port: int
    tls: ssl.SSLContext | None = None

    def connection(self, patience: float = PATIENCE_SECONDS) -> HTTPConnection:
        """A new connection, not yet opened."""
        if self.tls is None:
            return HTTPConnection("127.0.0.1", self.port, timeout=patience)
        return HTTPSConnection("127.0.0.1", self.port, timeout=patience, context=self.tls)


class Caller:
    """A browser or a device: one kept connection, cookies, and a note of every answer."""

    def __init__(self, entrance: Entrance, who: str, heard: list[Told]) -> None:
        self._entrance, self._who, self._heard = entrance, who, heard
        self._line: HTTPConnection | None = None
        self.headers: dict[str, str] = {}
        self._cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = FORM) -> tuple[int, str]:
        """Status and text; 0 when nobody answered."""
        began = time.monotonic()
        status, text = 0, ""
        with suppress(OSError, HTTPException):
            status, text = self._asked(method, path, body, kind)
        if status == 0:
            self.close()
        told = Told(began, self._who, status, time.monotonic() - began, sentence(status, text))
        self._heard.append(told)
        return status, text

    def _asked(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, str]:
        self._line = self._line or self._entrance.connection()
        headers = {
            **self.headers,
            "Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()),
        }
        if self._entrance.tls is not None:  # over TLS a form must tell the page it came from
            headers["Referer"] = f"https://127.0.0.1:{self._entrance.port}/"
        if body:
            headers["Content-Type"] = kind
        self._line.request(method, path, body or None, headers)
        answer = self._line.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        sent_away = "/sign-in" in str(answer.getheader("Location")) and path != "/sign-in"
        return 401 if sent_away else answer.status, answer.read().decode("utf-8", "replace")

    def close(self) -> None:
        """Begin anew next time."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def signed_in(self, name: str) -> str:
        """Sign in; gives the token the forms of this session carry, "" when it was not possible."""
        who, self._who = self._who, "sign-in"
        try:
            page = self.ask("GET", "/sign-in")[1]
            typed = {"username": name, "password": builders.PASSWORD}
            fields = urlencode(typed | {"csrf_token": form_token(page)})
            if self.ask("POST", "/sign-in", fields.encode())[0] != 302:
                return ""
            return form_token(self.ask("GET", "/clusters")[1])
        finally:
            self._who = who


def form_token(page: str) -> str:
    """The protection of the forms on the page; "" when it holds none."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return found[1] if found else ""


def sentence(status: int, text: str) -> str:
    """What the page or the answer of the API says when it is no success."""
    if status < 400:
        return ""
    with suppress(ValueError, KeyError, TypeError):
        return str(json.loads(text)["error"]["message"])
    lead = re.search(r'class="lead">([^<]+)<', text) or re.search(r"<h1>(.+?)</h1>", text, re.S)
    return " ".join(unescape(lead[1] if lead else text[:80]).split())


@dataclass
class Work:
    """Everybody at work; what they were told, and what was acknowledged."""

    entrance: Entrance
    tokens: list[str]
    codes: Iterator[str]
    user: str
    heard: list[Told] = field(default_factory=list)
    scans: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    marks: Counter[str] = field(default_factory=Counter)
    signed_in_again: int = 0
    _end: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Begin, and end together; nobody ends with something unanswered if it can be helped."""
        crew: list[threading.Thread] = [
            threading.Thread(target=self._door, args=(secret,)) for secret in self.tokens
        ]
        crew += [threading.Thread(target=one) for one in (self._organiser, self._reader)]
        for one in crew:
            one.start()
        try:
            yield
        finally:
            self._end.set()
            for one in crew:
                one.join()

    def _again(self, every: float, work: Callable[[], object]) -> None:
        while not self._end.is_set():
            work()
            self._end.wait(every)

    def _door(self, secret: str) -> None:
        caller = Caller(self.entrance, "scan", self.heard)
        caller.headers["Authorization"] = f"Bearer {secret}"
        self._again(SCAN_EVERY, lambda: self._scan(caller))
        caller.close()

    def _scan(self, caller: Caller) -> None:
        """One badge, sent under one number until it is answered."""
        with self._lock:
            code = next(self.codes)
        now = clock.now().isoformat()
        body = {"uuid": str(uuid4()), "code": code, "direction": "in", "scanned_at": now}
        data = json.dumps(body).encode()
        while not self._end.is_set():
            status, text = caller.ask("POST", "/api/v1/scans", data, "application/json")
            if status == 200:
                told = json.loads(text)
                self.marks[told.get("reason") or told["verdict"]] += 1
                self.scans.add(str(body["uuid"]))
                return
            self._end.wait(0.5)

    def _organiser(self) -> None:
        caller = Caller(self.entrance, "form", self.heard)
        token = caller.signed_in(self.user)

        def save() -> None:
            nonlocal token
            name = f"Cụm thử {uuid4()}"
            while not self._end.is_set():
                fields = urlencode({"name": name, "csrf_token": token}).encode()
                status, _text = caller.ask("POST", "/clusters", fields)
                if status == 302:
                    self.forms.add(name)
                    caller.ask("GET", "/clusters")  # as a browser does; reads what was flashed
                if status in {400, 401}:
                    token = self._in_again(caller)
                elif status not in {0, 429, 502, 503, 504}:
                    return  # 409: the name is there, stored though nobody was told
                self._end.wait(0.5)

        self._again(FORM_EVERY, save)
        caller.close()

    def _reader(self) -> None:
        caller = Caller(self.entrance, "page", self.heard)
        caller.signed_in(self.user)

        def read() -> None:
            if caller.ask("GET", "/units")[0] == 401:
                self._in_again(caller)

        self._again(PAGE_EVERY, read)
        caller.close()

    def _in_again(self, caller: Caller) -> str:
        """Somebody was signed out, and signs in anew."""
        self.signed_in_again += 1
        return caller.signed_in(self.user)
