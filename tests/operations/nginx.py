"""The shipped nginx.conf run by the real nginx, and a client that checks its certificate.

Only what differs between machines is exchanged: ports, folders, the application servers.
"""

from __future__ import annotations

import os
import ssl
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from pathlib import Path

from congress_app.formats import certificates
from congress_app.kernel import clock
from tests.architecture.sources import ROOT
from tools.needs import find
from tools.throwaway_postgres import free_port

SHIPPED = ROOT / "deploy" / "nginx.conf"
MAIN = """daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/main.log crit;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    {temporary}
    include {folder}/congress.conf;
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass
class Answer:
    """What came back, read to the end."""

    status: int
    headers: HTTPMessage
    text: str


class Nginx:
    """nginx with the shipped file, in front of servers on these ports of 127.0.0.1."""

    def __init__(self, folder: Path, ports: Sequence[int]) -> None:
        self.folder = folder
        self.plain_port, self.port = free_port(), free_port()
        self.origin = f"https://localhost:{self.port}"
        folder.mkdir()
        # nginx's own pages are read by its unprivileged workers.
        (folder / "congress").mkdir()
        (folder / "congress" / "proxy").symlink_to(ROOT / "deploy" / "proxy")
        now = clock.now()
        authority = certificates.new_authority("Thử", ["localhost", "127.0.0.1"], now)
        server = certificates.issue(authority, ["localhost", "127.0.0.1"], now)
        for name, data in (
            ("authority.crt", authority.certificate),
            ("server.crt", server.certificate),
            ("server.key", server.key),
        ):
            (folder / name).write_bytes(data)
        (folder / "congress.conf").write_text(self._settled(ports), "utf-8")
        temporary = " ".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
        user = "user root;" if os.geteuid() == 0 else ""
        main = MAIN.format(folder=folder, temporary=temporary, user=user)
        (folder / "nginx.conf").write_text(main, "utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def _settled(self, ports: Sequence[int]) -> str:
        text = SHIPPED.read_text("utf-8")
        servers = "\n".join(f"    server 127.0.0.1:{port};" for port in ports)
        for shipped, here in (
            ("    server app:8000;", servers),
            ("listen 80 default_server", f"listen {self.plain_port} default_server"),
            ("listen 443 ssl default_server", f"listen {self.port} ssl default_server"),
            ("/etc/nginx/tls", str(self.folder)),
            ("/etc/nginx/congress", str(self.folder / "congress")),
            ("/var/log/nginx", str(self.folder)),
        ):
            assert shipped in text
            text = text.replace(shipped, here)
        return text

    def start(self) -> None:
        """Serve; returns when the plain port answers."""
        binary = find("nginx")
        assert binary is not None, "apt install nginx-light (make needs does it)"
        words = [binary, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        self._process = subprocess.Popen(words, start_new_session=True)
        deadline = time.monotonic() + 10
        while True:
            try:
                self.ask_plainly("/")
                return
            except OSError:
                assert time.monotonic() < deadline
                assert self._process.poll() is None, (self.folder / "main.log").read_text()
                time.sleep(0.05)

    def stop(self) -> None:
        """End it and its workers."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)

    def ask_plainly(self, path: str) -> Answer:
        """Without TLS, at the port for those who typed no https."""
        connection = HTTPConnection("localhost", self.plain_port, timeout=10)
        connection.request("GET", path, headers={"Host": "thidua.example.vn"})
        answer = connection.getresponse()
        told = Answer(answer.status, answer.headers, answer.read().decode())
        connection.close()
        return told

    def trust(self) -> ssl.SSLContext:
        """What a phone knows that has installed the authority."""
        return ssl.create_default_context(cafile=str(self.folder / "authority.crt"))

    def logged(self) -> str:
        """All it wrote down."""
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))


@dataclass
class Browser:
    """One reader behind an address of his own on this machine; keeps cookies, follows nothing."""

    nginx: Nginx
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        """Send a request over TLS and read the answer to its end."""
        connection = HTTPSConnection(
            "localhost",
            self.nginx.port,
            timeout=40,
            context=self.nginx.trust(),
            source_address=(self.address, 0),
        )
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        # A browser names the page a form was sent from, and the application asks for it.
        own = {"Cookie": cookie, "Referer": f"{self.nginx.origin}{path}"}
        connection.request(method, path, body or None, own | (headers or {}))
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        told = Answer(answer.status, answer.headers, answer.read().decode())
        connection.close()
        return told
