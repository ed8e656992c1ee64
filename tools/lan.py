"""Serve an office network with TLS: what `make lan` does after installing.

The camera and offline storage of a phone need HTTPS it trusts. So this machine becomes a
small certificate authority (kept in the instance folder, owner-only), issues itself a
certificate for its addresses, and serves on them; a second, plain port offers nothing but
the page that brings the authority onto phones. Settings: PORT (8443), DOOR_PORT (8080),
LAN_ADDRESS (names or addresses of this machine, separated by commas; found by itself).
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys
from pathlib import Path
from typing import NoReturn

from congress_app.formats import certificates
from congress_app.formats.certificates import KeyPair
from congress_app.kernel import clock
from tools.run import ROOT, fail, why_not_listen

SIOCGIFADDR = 0x8915  # linux/sockios.h: the IPv4 address of an interface
AUTHORITY_NAME = "Đại hội thi đua (mạng nội bộ)"


def main() -> NoReturn:
    """Make what is missing, then become the server."""
    port, door = os.environ.get("PORT") or "8443", os.environ.get("DOOR_PORT") or "8080"
    for number in (port, door):
        trouble = why_not_listen("0.0.0.0", number)  # noqa: S104 - the network is the point
        if trouble:
            sys.exit(fail(trouble))
    addresses = wanted_addresses(os.environ.get("LAN_ADDRESS", ""))
    if not addresses:
        trouble = (
            "Máy này chưa nối mạng nào: hãy nối wifi hoặc dây mạng của hội trường, hoặc ghi "
            "rõ địa chỉ, ví dụ make lan LAN_ADDRESS=192.168.1.20."
        )
        sys.exit(fail(trouble))
    folder = Path(os.environ.get("INSTANCE_PATH") or ROOT / "instance") / "lan"
    prepare(folder, [*addresses, "localhost", "127.0.0.1"])
    os.environ |= settings(folder, addresses[0], port, door)
    os.execv(sys.executable, [sys.executable, "-m", "tools.run"])  # noqa: S606


def settings(folder: Path, host: str, port: str, door: str) -> dict[str, str]:
    """What the server must know, as its environment."""
    return {
        "HOST": "0.0.0.0",  # noqa: S104
        "PORT": port,
        "DOOR_PORT": door,
        "HTTPS": "1",
        "TLS_CERTIFICATE": str(folder / "server.crt"),
        "TLS_KEY": str(folder / "server.key"),
        "LAN_AUTHORITY": str(folder / "authority.crt"),
        "LAN_DOOR": f"http://{host}:{door}/certificate",
        "PUBLIC_URL": f"https://{host}:{port}",
    }


def wanted_addresses(named: str) -> list[str]:
    """The addresses phones will use: those named, else the machine's own, best first."""
    if named.strip():
        return [address.strip() for address in named.split(",") if address.strip()]
    found = [address for address in own_addresses() if not address.startswith("127.")]
    name = socket.gethostname().partition(".")[0].lower()
    return [*found, f"{name}.local"] if found else []


def own_addresses() -> list[str]:
    """IPv4 addresses of this machine, the one it reaches other networks by first."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Chooses an interface and sends nothing; the address is for documentation only.
            probe.connect(("192.0.2.1", 9))
            found.append(str(probe.getsockname()[0]))
        except OSError:
            pass  # no way out of this network: the interfaces below still have addresses
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)
            except OSError:
                continue  # an interface without an address
            found.append(socket.inet_ntoa(answer[20:24]))
    return list(dict.fromkeys(found))


def prepare(folder: Path, addresses: list[str]) -> None:
    """Authority and certificate for these addresses, made anew only where they must be.

    The authority stays as long as it can: every phone would have to install a new one.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority, server = folder / "authority", folder / "server"
    now = clock.now()
    kept = load(authority)
    if kept is None or not certificates.covers(kept.certificate, addresses, now):
        kept = certificates.new_authority(AUTHORITY_NAME, addresses, now)
        save(authority, kept)
        server.with_suffix(".crt").unlink(missing_ok=True)
    current = load(server)
    if current is None or not certificates.serves(current.certificate, addresses, now):
        save(server, certificates.issue(kept, addresses, now))


def load(stem: Path) -> KeyPair | None:
    """The pair kept under this name, if it is whole."""
    certificate, key = stem.with_suffix(".crt"), stem.with_suffix(".key")
    if certificate.is_file() and key.is_file():
        return KeyPair(certificate.read_bytes(), key.read_bytes())
    return None


def save(stem: Path, pair: KeyPair) -> None:
    """Keep a pair; nobody but the owner reads the key, not even while it is written."""
    for suffix, data in ((".key", pair.key), (".crt", pair.certificate)):
        path = stem.with_suffix(suffix)
        part = path.with_suffix(f"{suffix}.part")
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        part.replace(path)


if __name__ == "__main__":
    main()
