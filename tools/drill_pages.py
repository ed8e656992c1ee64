"""A page of each kind an administrator comes to, opened once: does the season show itself?"""

from __future__ import annotations

import re
import time
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode, urljoin, urlsplit

MOST_PAGES = 250
MOST_OF_A_KIND = 1
START_SECONDS = 90
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Reader:
    """A browser without scripts: follows nothing by itself, keeps its cookies."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, **fields: str) -> tuple[int, str, str]:
        """Status, where it leads, text."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) or None, headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        is_page = answer.headers.get_content_type() == "text/html"
        told = answer.read()
        connection.close()
        text = told.decode() if is_page else ""
        return answer.status, answer.headers.get("Location", ""), text


def look_through(port: int, username: str, password: str) -> tuple[int, list[str]]:
    """How many pages were opened, and those that did not open."""
    reader = Reader(port)
    form = TOKEN.search(_first_page(reader))
    fields = {"username": username, "password": password}
    reader.ask("POST", "/sign-in", csrf_token=form[1] if form else "", **fields)
    waiting, seen, broken = ["/"], {"/"}, []
    kinds: dict[str, int] = {}
    opened = 0
    while waiting and opened < MOST_PAGES:
        path = waiting.pop(0)
        status, onward, text = reader.ask("GET", path)
        opened += 1
        if status >= 400 or onward.startswith("/sign-in"):
            broken.append(f"{path}: {status}")
        for link in [onward, *map(unescape, LINK.findall(text))]:
            found = _path(path, link)
            # Of a hundred units one is looked at.
            kind = re.sub(r"\d+", "0", found.partition("?")[0])
            if found and found not in seen and kinds.get(kind, 0) < MOST_OF_A_KIND:
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(found)
                waiting.append(found)
    return opened, broken


def _first_page(reader: Reader) -> str:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return reader.ask("GET", "/sign-in")[2]
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def _path(page: str, link: str) -> str:
    """The address on this server a link leads to; "" for any other."""
    parts = urlsplit(urljoin(f"http://here{page}", link))
    if not link or parts.netloc != "here" or parts.scheme != "http":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
