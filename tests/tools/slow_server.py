"""A gunicorn server of one process and four threads, with our worker and a very small application.

`python slow_server.py PORT [CERTIFICATE KEY]`; its worker bears silence for two seconds only.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from gunicorn.app.base import BaseApplication

from congress_app.scanners.pairing import digest
from tools import gunicorn_conf
from tools.worker import PatientWorker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGE = 8 * 1024 * 1024
LONG_SECONDS = 1.5


class Hasty(PatientWorker):
    """The worker of production that waits less long."""

    silence_seconds = 2.0


def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """`/large` answers with megabytes, `/unread` without reading; else what was sent.

    `/long` takes a while, and so do scans of strangers; `/foreign` has a header nobody may send.
    """
    path = environ["PATH_INFO"]
    secret = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
    environ["congress.device"] = (digest(secret), secret == "ours")
    if path == "/long" or secret == "strange":
        time.sleep(LONG_SECONDS)
    body = b"" if path == "/unread" else environ["wsgi.input"].read()
    answer = b"x" * LARGE if path == "/large" else body
    head = [("Content-Length", str(len(answer)))]
    if path.startswith("/foreign/"):
        head.append(("Content-Disposition", f"{path}-ω"))
    start("200 OK", head)
    return [answer]


class Small(BaseApplication):
    """gunicorn with the settings of production, smaller."""

    def load_config(self) -> None:
        """Address and certificate from the command line."""
        port, *pair = sys.argv[1:]
        own = {"bind": f"127.0.0.1:{port}", "worker_class": Hasty, "workers": 1, "threads": 4}
        if pair:
            own |= dict(zip(("certfile", "keyfile"), pair, strict=True))
        kept = "sendfile", "keepalive", "worker_tmp_dir", "control_socket_disable", "post_request"
        own |= {name: getattr(gunicorn_conf, name) for name in kept}
        for name, value in own.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """The application of the worker."""
        return application


if __name__ == "__main__":
    Small().run()
