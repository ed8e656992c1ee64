"""The plain port beside `make lan`: the page that installs the authority, nothing else.

A phone that does not trust the server yet reads it here without a warning. It is a process
of its own with the same application behind a filter, and ends with the server.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import TYPE_CHECKING

from tools.run import Server

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OPEN = ("/certificate", "/static/")
PR_SET_PDEATHSIG = 1  # linux/prctl.h: be told when the parent dies, however it dies


class Filter:
    """Lets the installation page and its files through; everything else leads to the page."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """One request."""
        if environ["REQUEST_METHOD"] in {"GET", "HEAD"} and environ["PATH_INFO"].startswith(OPEN):
            return self._application(environ, start)
        start("302 Found", [("Location", "/certificate"), ("Content-Length", "0")])
        return []


class DoorServer(Server):
    """The same server with one small worker and without TLS."""

    def load(self) -> Filter:  # type: ignore[override]
        """The filtered application."""
        return Filter(super().load())


def main() -> None:
    """Serve until the server beside it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(os.environ["DOOR_PARENT"]):
        return
    DoorServer("").run()


if __name__ == "__main__":
    main()
