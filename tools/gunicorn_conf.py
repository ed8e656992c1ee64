"""Settings of the production server; `tools/run.py` starts gunicorn with them.

Two processes of sixteen threads: pages are short, live screens ask again every two
seconds instead of holding a connection, and SQLite has few writers to queue.
"""

from __future__ import annotations

import os
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "congress_app:create_app()"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "16"))
# A stop waits this long for answers under way; uploads and PDF files take seconds.
graceful_timeout = 10
timeout = 60
keepalive = 5
# The heartbeat file in memory: on a slow disk a worker would look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# A socket in the home folder would be shared by every server of this user.
control_socket_disable = True
loglevel = os.environ.get("LOG_LEVEL", "warning")
errorlog = "-"
accesslog = os.environ.get("ACCESS_LOG") or None


def when_ready(_server: object) -> None:
    """Tell the addresses once connections are accepted, not before."""
    banner = os.environ.get("READY_BANNER")
    if banner:
        print(banner, flush=True)
