"""`make lan`'s own part: an authority, a certificate, TLS on the network, a plain door."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import URLError

import pytest

from congress_app.formats.certificates import fingerprint
from tests.architecture.sources import ROOT
from tools.lan import load, own_addresses, prepare, wanted_addresses

START_SECONDS = 120
ADDRESS = "127.0.0.1"


@pytest.fixture
def ports() -> tuple[int, int]:
    """Two ports nobody listens on."""
    with socket.socket() as first, socket.socket() as second:
        first.bind((ADDRESS, 0))
        second.bind((ADDRESS, 0))
        return int(first.getsockname()[1]), int(second.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path, ports: tuple[int, int]) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ,
        "DATABASE_URL": "",
        "INSTANCE_PATH": str(tmp_path),
        "PORT": str(ports[0]),
        "DOOR_PORT": str(ports[1]),
        "LAN_ADDRESS": ADDRESS,
        "ALLOW_DEMO": "0",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.lan"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def answered(process: subprocess.Popen[str], ask: Callable[[], bytes]) -> bytes:
    """The answer, once the server is there."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        try:
            return ask()
        except (URLError, ConnectionError):
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)
    raise AssertionError(process.communicate())


def weak_tls_faults(port: int, authority: str) -> list[str]:
    """Ways into TLS that must be shut, or open, and are not."""
    good, old = "ECDHE+AESGCM", "AES128-SHA:AES256-SHA:ECDHE+AES:!AESGCM:!AESCCM"
    faults = []
    for version, ciphers, may in (
        (ssl.TLSVersion.TLSv1_3, good, True),
        (ssl.TLSVersion.TLSv1_2, good, True),
        # Blocks chained without proof of what they hold, or no forward secrecy.
        (ssl.TLSVersion.TLSv1_2, old, False),
        (ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0", False),
    ):
        asking = ssl.create_default_context(cadata=authority)
        asking.set_ciphers(ciphers)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            asking.minimum_version = asking.maximum_version = version
        try:
            with socket.create_connection((ADDRESS, port), timeout=20) as plain:
                asking.wrap_socket(plain, server_hostname=ADDRESS).close()
            let_in = True
        except ssl.SSLError:
            let_in = False
        if let_in is not may:
            faults.append(f"{version.name} {ciphers}: {let_in}")
    return faults


# A second request hidden in the first: two readers must never see different ends.
HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
UNCLEAR = {
    "both lengths": CHUNKED + b"Content-Length: 4\r\n",
    "two lengths": b"Content-Length: 4\r\nContent-Length: 40\r\n",
    "a length with a sign": b"Content-Length: +4\r\n",
    "no number": b"Content-Length: 0x4\r\n",
    "a coding nobody knows": b"Transfer-Encoding: xchunked\r\n",
    "chunked not last": b"Transfer-Encoding: chunked, identity\r\n",
    "chunked twice": CHUNKED + CHUNKED,
    "a space before the colon": b"Content-Length : 4\r\n",
    "a folded line": b"X-Note: a\r\n Content-Length: 4\r\n",
    "a line break of its own": b"X-Note: a\nContent-Length: 4\r\n",
    "a zero in a name": b"X-\x00Note: a\r\n",
}


def bounds_faults(port: int, context: ssl.SSLContext) -> list[str]:
    """Messages whose end is unclear that are answered otherwise than by a refusal and the end."""
    faults = []
    for name, header in UNCLEAR.items():
        begin = b"POST /sign-in HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n"
        with (
            socket.create_connection((ADDRESS, port), timeout=20) as plain,
            context.wrap_socket(plain, server_hostname=ADDRESS) as wire,
        ):
            wire.sendall(begin + b"0\r\n\r\n" + HIDDEN)
            told = b""
            with suppress(OSError):
                while part := wire.recv(4096):
                    told += part
        answers = re.findall(rb"HTTP/1\.1 (\d{3})", told)
        if len(answers) != 1 or not answers[0].startswith((b"4", b"501")):
            faults.append(f"{name}: {answers}")
    return faults


def test_it_serves_trusted_tls_and_a_door_for_the_authority(
    server: subprocess.Popen[str], ports: tuple[int, int], tmp_path: Path
) -> None:
    secure, door = ports
    offered = answered(
        server,
        lambda: urllib.request.urlopen(
            f"http://{ADDRESS}:{door}/certificate/congress-ca.crt"
        ).read(),
    )
    assert offered == (tmp_path / "lan" / "authority.crt").read_bytes()
    trusting = ssl.create_default_context(cadata=offered.decode())
    ready = answered(
        server,
        lambda: urllib.request.urlopen(
            f"https://{ADDRESS}:{secure}/readyz", context=trusting
        ).read(),
    )
    assert ready == b'{"status":"ok"}\n'
    page = urllib.request.urlopen(f"http://{ADDRESS}:{door}/certificate").read().decode()
    assert fingerprint(offered) in page
    assert f"https://{ADDRESS}:{secure}/scanner" in page
    for method, path in [("GET", "/sign-in"), ("POST", "/certificate"), ("GET", "/api/v1/feed")]:
        plain = HTTPConnection(ADDRESS, door)
        plain.request(method, path)
        answer = plain.getresponse()
        assert (answer.status, answer.headers["Location"]) == (302, "/certificate"), path
        plain.close()
    server.send_signal(signal.SIGTERM)
    said, complained = server.communicate(timeout=60)
    assert (server.returncode, complained) == (0, "")
    assert f"https://{ADDRESS}:{secure}" in said
    assert f"http://{ADDRESS}:{door}/certificate" in said
    assert fingerprint(offered) in said
    with pytest.raises(ConnectionError):
        socket.create_connection((ADDRESS, door), timeout=5)


def test_what_is_weak_or_unclear_is_not_let_in(
    server: subprocess.Popen[str], ports: tuple[int, int], tmp_path: Path
) -> None:
    answered(
        server, lambda: urllib.request.urlopen(f"http://{ADDRESS}:{ports[1]}/certificate").read()
    )
    authority = (tmp_path / "lan" / "authority.crt").read_text("ascii")
    assert weak_tls_faults(ports[0], authority) == []
    assert bounds_faults(ports[0], ssl.create_default_context(cadata=authority)) == []
    # A browser without the authority is warned.
    with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(f"https://{ADDRESS}:{ports[0]}/readyz")


def test_keys_are_the_owners_and_survive_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "lan"
    prepare(folder, ["192.168.1.20", "localhost"])
    first = load(folder / "authority"), load(folder / "server")
    prepare(folder, ["192.168.1.20", "localhost"])
    assert (load(folder / "authority"), load(folder / "server")) == first
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == dict.fromkeys(
        ["authority.crt", "authority.key", "server.crt", "server.key"], 0o600
    )


def test_another_network_needs_a_new_certificate_but_no_new_authority(tmp_path: Path) -> None:
    folder = tmp_path / "lan"
    prepare(folder, ["192.168.1.20"])
    authority, server = load(folder / "authority"), load(folder / "server")
    prepare(folder, ["10.0.0.7"])
    assert load(folder / "authority") == authority
    assert load(folder / "server") != server


def test_a_half_written_pair_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "lan"
    prepare(folder, ["192.168.1.20"])
    (folder / "server.key").unlink()
    assert load(folder / "server") is None
    prepare(folder, ["192.168.1.20"])
    assert load(folder / "server") is not None


def test_named_addresses_come_before_found_ones() -> None:
    assert wanted_addresses(" 192.168.1.20, hoi-truong ,") == ["192.168.1.20", "hoi-truong"]
    assert "127.0.0.1" in own_addresses()
    assert not any(address.startswith("127.") for address in wanted_addresses(""))


def test_the_page_is_unknown_where_no_office_network_is_served(client) -> None:
    assert client.get("/certificate").status_code == 404
    assert client.get("/certificate/congress-ca.crt").status_code == 404
