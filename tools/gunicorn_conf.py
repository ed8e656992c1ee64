"""Settings of the production server: `make run` takes them, and so does
`gunicorn --config tools/gunicorn_conf.py` under a service manager.

Two processes of sixteen threads, most of which only wait: pages are short, live screens ask
again every two seconds instead of holding a connection, and SQLite has few writers to queue.
"""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from tools.production import why_not_serve

_host = os.environ.get("HOST", "127.0.0.1")
_port = os.environ.get("PORT", "8000")
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
wsgi_app = "congress_app:create_app()"
# Slow clients hold none of its threads, and what comes from a door goes first.
worker_class = "tools.worker.PatientWorker"
# The kernel would copy files for a slow client while a thread waits.
sendfile = False
# `make lan` serves with a certificate of its own.
certfile = os.environ.get("TLS_CERTIFICATE") or None
keyfile = os.environ.get("TLS_KEY") or None
# Forward secrecy and authenticated modes only; TLS 1.3 has no others.
ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "16"))
# A stop waits this long for answers under way; uploads and PDF files take seconds.
graceful_timeout = 10
timeout = 60
# A screen asks again after two to six seconds: on the connection it has.
keepalive = 7
# The heartbeat file in memory: on a slow disk a worker would look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# A socket in the home folder would be shared by every server of this user.
control_socket_disable = True
loglevel = os.environ.get("LOG_LEVEL", "warning")
errorlog = "-"
accesslog = os.environ.get("ACCESS_LOG") or None
# Without the path, which holds the links of delegates, and without the client's address.
access_log_format = "%(t)s %(m)s %(s)s %(b)s %(M)sms %({x-request-id}o)s"


def on_starting(_server: Any) -> None:
    """Real data are not served with a weak key or beside accounts anybody can open."""
    if trouble := why_not_serve():
        raise SystemExit(trouble)


def post_fork(_server: Any, worker: Any) -> None:
    """Stop in order also while the application is still being loaded.

    gunicorn's quick stop raises SystemExit wherever the worker happens to be, which ends
    in a traceback when it strikes inside a callback.
    """
    worker.handle_quit = worker.handle_exit


def post_worker_init(worker: Any) -> None:
    """Let workers stop in order, whatever the signal.

    Ctrl-C reaches the workers directly and then once more through the master; gunicorn's
    own quick stop is not made for two at once and can hang until it is killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, worker.handle_exit)
    extensions = getattr(worker.wsgi, "extensions", {})
    if "crowd" in extensions:
        worker.tpool.tell(extensions["crowd"].note)
    # Beside requests the process says that it lives and takes up jobs left behind.
    tend = extensions.get("tend")
    if tend is not None:
        tend(worker.wsgi)
        worker.barred = barred_file(worker.wsgi.config["SQLALCHEMY_DATABASE_URI"])
    # The application stays for good. Searching its 300,000 objects for rubbish again and
    # again would stop all threads for a sixth of a second each time.
    gc.collect()
    gc.freeze()


def barred_file(url: str) -> str | None:
    """The SQLite file when it may be read only, because its disk is read-only."""
    found = make_url(url)
    file = found.database if found.drivername.startswith("sqlite") else None
    return file if file and not os.access(file, os.W_OK) else None


def post_request(worker: Any, _request: Any, environ: dict[str, Any], _response: Any) -> None:
    """Remember whose scans have the door's lane; make way once the disk may be written."""
    if device := environ.get("congress.device"):
        digest, is_ours = device
        worker.tpool.known.note(digest, is_ours=is_ours)
    _make_way(worker)


def _make_way(worker: Any) -> None:
    """A process that began on a read-only disk makes way for another once it may write.

    SQLite holds what processes share of a file read-only as long as anybody in the process
    has it open, so opening it once more there would not help.
    """
    barred = getattr(worker, "barred", None)
    if barred and os.access(barred, os.W_OK):
        worker.barred = None
        worker.handle_exit(signal.SIGTERM, None)
