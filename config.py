"""Configuration classes, read by dotted name (`config.Default`, `config.Testing`).

Everything that differs between machines comes from the environment; nothing secret
stands here. The secret key is made on first start and kept in the instance folder with
owner-only rights (see `congress_app/factory/keys.py`).
"""

from __future__ import annotations

import os
from datetime import timedelta
from urllib.parse import urlsplit

PRODUCTION = os.environ.get("PRODUCTION", "") == "1"
_HTTPS = os.environ.get("HTTPS", "1" if PRODUCTION else "") == "1"


def _trusted_hosts(names: str, public_url: str) -> list[str] | None:
    """The names typed and the one of the public address, this machine included; or None."""
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if public_url:
        wanted.append(urlsplit(public_url).hostname or "")
    return [*wanted, "127.0.0.1", "localhost"] if wanted else None


class Default:
    """One machine: SQLite in the instance folder unless DATABASE_URL says otherwise."""

    DATABASE_URL = os.environ.get("DATABASE_URL", "")
    # What libpq itself reads where the address says nothing.
    DATABASE_HOST = os.environ.get("PGHOST", "")
    DATABASE_TLS = os.environ.get("PGSSLMODE", "")
    # "1": the database stands on a network nobody else enters, so production asks no TLS.
    DATABASE_PLAIN = os.environ.get("DATABASE_PLAIN", "") == "1"
    # Without it the keys stand in SECRET_KEY_FILE, else in the instance folder.
    SECRET_KEY = os.environ.get("SECRET_KEY", "")
    # Keys that were replaced, with commas: they still open sessions and sealed secrets.
    SECRET_KEY_FALLBACKS: tuple[str, ...] = tuple(
        os.environ.get("SECRET_KEY_FALLBACKS", "").replace(",", " ").split()
    )
    # One connection for each of the 16 threads of a server process, some more for jobs.
    # The values of a statement are people's data and stay out of errors and logs.
    SQLALCHEMY_ENGINE_OPTIONS = {  # noqa: RUF012
        "pool_size": 20,
        "max_overflow": 10,
        "pool_timeout": 10,
        # The one used last knows its statements best; the others rest.
        "pool_use_lifo": True,
        "hide_parameters": True,
    }
    # Real data behind TLS: no demonstration, no weak key, see `factory/production.py`.
    PRODUCTION = PRODUCTION
    # "required": privileged roles need a second factor some days after their first sign-in.
    SECOND_FACTOR = os.environ.get("SECOND_FACTOR", "required" if PRODUCTION else "optional")
    SECOND_FACTOR_GRACE_DAYS = int(os.environ.get("SECOND_FACTOR_GRACE_DAYS", "7"))
    # Behind TLS the cookie must never travel in the clear; plain HTTP is the local default.
    SESSION_COOKIE_SECURE = _HTTPS
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    # With this prefix browsers take the cookie from this very host over TLS only.
    SESSION_COOKIE_NAME = "__Host-congress" if _HTTPS else "congress"
    PERMANENT_SESSION_LIFETIME = timedelta(hours=12)
    # How many proxies in front may be believed for the client's address.
    TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
    # Where others reach this server, e.g. https://192.168.1.20:8443; printed in QR codes
    # and links when the organiser himself came by an address that is good here only.
    PUBLIC_URL = os.environ.get("PUBLIC_URL", "").rstrip("/")
    # Names this server answers to, with commas; any name when empty. An address handed on is
    # built from the name in the request, so in production only the public one is taken.
    TRUSTED_HOSTS = _trusted_hosts(
        os.environ.get("TRUSTED_HOSTS", ""), PUBLIC_URL if PRODUCTION else ""
    )
    # Set by `make lan`: the authority's certificate, and the plain address that offers it.
    LAN_AUTHORITY = os.environ.get("LAN_AUTHORITY", "")
    LAN_DOOR = os.environ.get("LAN_DOOR", "")
    # ClamAV's daemon, which looks at every file that is sent: a socket's path or host:port.
    CLAMD = os.environ.get("CLAMD", "")
    MAX_CONTENT_LENGTH = 25 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024
    WTF_CSRF_TIME_LIMIT = None
    BABEL_DEFAULT_LOCALE = "vi"
    BABEL_DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"
    LANGUAGES = ("vi", "en")
    ALLOW_DEMO = os.environ.get("ALLOW_DEMO", "0" if PRODUCTION else "1") == "1"
    JOBS_IN_THREAD = True
    # A live board is made again only after so many times what making it took.
    LIVE_REST_FACTOR = 50.0
    # The processes of one machine lay these boards out for each other in the instance folder.
    LIVE_SHELF = True
    # "json": one JSON object a line on stderr, requests among them.
    LOG_FORMAT = os.environ.get("LOG_FORMAT", "")
    # What a monitor sends as Bearer to read /metrics; without it only an administrator may.
    METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")


class Testing(Default):
    """The suite: no CSRF tokens to fetch, jobs run at once, a fixed key."""

    PRODUCTION = False
    SECOND_FACTOR = "optional"

    TESTING = True
    SECRET_KEY = "for-tests-only-" + "x" * 32
    SECRET_KEY_FALLBACKS = ()
    WTF_CSRF_ENABLED = False
    JOBS_IN_THREAD = False
    # A test looks right after it changed something.
    LIVE_REST_FACTOR = 0.0
    LIVE_SHELF = False
