"""nginx in front of the server with the real rules of `deploy/nginx.conf`."""

from __future__ import annotations

import os
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools import lan
from tools.faults_work import Entrance
from tools.throwaway_postgres import free_port

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"


@contextmanager
def proxy(folder: Path, port: int) -> Iterator[Entrance]:
    """nginx over the server at the port; gives where to knock."""
    lan.prepare(folder / "tls", ["127.0.0.1", "localhost"])
    tls, plain = free_port(), free_port()
    rules = (DEPLOY / "nginx.conf").read_text("utf-8")
    for stands, here in (
        ("server app:8000", f"server 127.0.0.1:{port}"),
        ("listen 80 default_server", f"listen 127.0.0.1:{plain} default_server"),
        ("listen 443 ssl default_server", f"listen 127.0.0.1:{tls} ssl default_server"),
        ("/etc/nginx/tls", str(folder / "tls")),
        ("root /etc/nginx/congress", f"root {DEPLOY}"),
        ("/var/log/nginx", str(folder)),
    ):
        if stands not in rules:
            raise RuntimeError(f"deploy/nginx.conf no longer says “{stands}”")
        rules = rules.replace(stands, here)
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is closed to everybody else
    own = f"{user} pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;"
    kept = " ".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = f"{own}\nevents {{ worker_connections 2048; }}\nhttp {{ {kept}\n{rules}\n}}\n"
    (folder / "nginx.conf").write_text(text, "utf-8")
    process = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"])
    context = ssl.create_default_context(cafile=folder / "tls" / "authority.crt")
    try:
        entrance = Entrance(tls, context)
        wait_for(entrance)
        yield entrance
    finally:
        process.terminate()
        process.wait(20)


def wait_for(entrance: Entrance) -> None:
    """Return when it answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError):
            line = entrance.connection()
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("nobody answers there")
