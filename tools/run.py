"""Bring the database up to date and serve: what `make run` does after installing.

Settings come from the environment: HOST, PORT, DATABASE_URL, DEMO_SIZE, ALLOW_DEMO (see
`config.py` and `tools/gunicorn_conf.py`). The demonstration season is loaded only into a
database without units and users. The last step turns this process into the server, so
Ctrl-C and SIGTERM reach it directly.
"""

from __future__ import annotations

import io
import json
import logging
import os
import socket
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

from flask import Flask
from flask.cli import ScriptInfo
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from congress_app import create_app
from congress_app.accounts.models import User
from congress_app.database import db
from congress_app.formats.certificates import fingerprint
from congress_app.units.models import Unit
from tools import gunicorn_conf

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Prepare and serve; returns only when something is wrong."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    trouble = why_not_listen(host, port)
    if trouble:
        return fail(trouble)
    # The database holds personal data: no other user of the machine reads its files.
    os.umask(0o077)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app = create_app()
    accounts_file = Path(app.instance_path) / "demo-accounts.json"
    try:
        empty = prepare(app)
    except OperationalError as error:
        return fail(f"Không mở được cơ sở dữ liệu {shown_url(app)}: {error.orig}")
    if empty and app.config["ALLOW_DEMO"]:
        trouble = load_demo(app, accounts_file)
        if trouble:
            return fail(trouble)
    Server(banner(app, host, port, accounts_file)).run()
    return 0


def fail(sentence: str) -> int:
    """Say in one sentence what is wrong and what to do."""
    print(sentence, file=sys.stderr)
    return 1


def why_not_listen(host: str, port: str) -> str | None:
    """A sentence when the address cannot be served, else None."""
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        return f"PORT={port} không phải số cổng: hãy chọn số từ 1 đến 65535, ví dụ PORT=8001."
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As gunicorn does; otherwise a port just left by the last run looks taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except PermissionError:
            return f"Không được phép mở cổng {port}: hãy chọn cổng từ 1024, ví dụ PORT=8000."
        except socket.gaierror:
            return f"HOST={host} không phải địa chỉ của máy này: hãy dùng 127.0.0.1 hoặc 0.0.0.0."
        except OSError as error:
            if error.errno == 98:  # EADDRINUSE
                return (
                    f"Cổng {port} đang có chương trình khác dùng: "
                    f"hãy dừng nó hoặc chạy make run PORT={int(port) + 1}."
                )
            return f"Không mở được {host}:{port}: {error.strerror}."
    return None


def prepare(app: Flask) -> bool:
    """Run the migrations; True when the database holds neither units nor users."""
    with app.app_context():
        upgrade()
        counts = [db.session.scalar(select(func.count()).select_from(t)) for t in (Unit, User)]
        db.session.remove()
        db.engine.dispose()
    return counts == [0, 0]


def load_demo(app: Flask, accounts_file: Path) -> str | None:
    """Load the demonstration season; a sentence when that fails, else None.

    The accounts are kept beside the database, so that later starts can name them too.
    """
    print("Đang nạp dữ liệu minh họa …", flush=True)
    words = ["demo", "load", "--size", os.environ.get("DEMO_SIZE", "small"), "--format", "json"]
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            app.cli.main(words, prog_name="flask", obj=ScriptInfo(create_app=lambda: app))
    except SystemExit as end:
        if end.code:
            sys.stderr.write(printed.getvalue())
            return f"Không nạp được dữ liệu minh họa (mã {end.code}); xem thông báo ở trên."
    accounts = json.loads(printed.getvalue())["accounts"]
    descriptor = os.open(accounts_file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=1)
    return None


def shown_url(app: Flask) -> str:
    """The database's address without its password."""
    return make_url(str(app.config["SQLALCHEMY_DATABASE_URI"])).render_as_string()


def banner(app: Flask, host: str, port: str, accounts_file: Path) -> str:
    """What the person at the terminal needs: address, data, accounts, how to stop."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    name = f"[{name}]" if ":" in name and not name.startswith("[") else name
    lines = [
        "",
        f"  Địa chỉ:  {app.config['PUBLIC_URL'] or f'http://{name}:{port}'}",
        f"  Dữ liệu:  {shown_url(app)}",
    ]
    if app.config["LAN_AUTHORITY"]:
        authority = Path(app.config["LAN_AUTHORITY"]).read_bytes()
        lines += [
            "",
            f"  Cài chứng thư cho điện thoại, mỗi máy một lần:  {app.config['LAN_DOOR']}",
            f"  Dấu vân tay SHA-256:  {fingerprint(authority)}",
        ]
    with app.app_context():
        has_demo = db.session.scalar(select(func.count()).where(User.is_demo)) or 0
        db.session.remove()
        db.engine.dispose()
    if has_demo and accounts_file.exists():
        lines += ["", "  Tài khoản minh họa:"]
        lines += [
            f"    {account['role']:<11} {account['username']:<24} {account['password']}"
            for account in json.loads(accounts_file.read_text("utf-8"))
        ]
    return "\n".join([*lines, "", "  Dừng: Ctrl-C", ""])


def open_door(port: str) -> subprocess.Popen[bytes]:
    """Start the plain port of `make lan` (see `tools/lan_door.py`)."""
    plain = {"TLS_CERTIFICATE": "", "TLS_KEY": "", "HTTPS": "", "PORT": port}
    small = {"WEB_PROCESSES": "1", "WEB_THREADS": "4", "DOOR_PARENT": str(os.getpid())}
    words = [sys.executable, "-m", "tools.lan_door"]
    return subprocess.Popen(words, cwd=ROOT, env={**os.environ, **plain, **small})


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn in this process, with the settings of `tools/gunicorn_conf.py`.

    The modules are loaded already, so its workers start at once and share their memory;
    each builds its own application after the fork, with its own connections.
    """

    def __init__(self, ready_banner: str) -> None:
        self._banner = ready_banner
        self._door: subprocess.Popen[bytes] | None = None
        super().__init__()

    def load_config(self) -> None:
        """Take over every setting the file names, and tell the addresses when ready."""
        for name, value in vars(gunicorn_conf).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("when_ready", self._ready)
        self.cfg.set("on_exit", self._ended)

    def _ready(self, _server: object) -> None:
        if self._banner:
            print(self._banner, flush=True)
        if "DOOR_PORT" in os.environ:
            self._door = open_door(os.environ.pop("DOOR_PORT"))

    def _ended(self, _server: object) -> None:
        if self._door is not None:
            self._door.terminate()
            self._door.wait()

    def load(self) -> Flask:
        """The application of one worker."""
        return create_app()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Đã dừng.")
