"""The server's keys, and what is sealed with which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import select, text

from congress_app.accounts import key_file, sealing
from congress_app.accounts.models import SecondFactor
from congress_app.audit import sealed_queries
from congress_app.database import db
from congress_app.kernel import clock


@dataclass(frozen=True)
class KeyUse:
    """One key by its name, and how many secrets it has sealed.

    `known` is False for a key the server does not have (any more): what it sealed stays shut.
    """

    name: str
    known: bool
    sealed: int


def keys() -> tuple[str, ...]:
    """The server's keys, the present one first."""
    config = current_app.config
    return (str(config["SECRET_KEY"]), *config["SECRET_KEY_FALLBACKS"])


def newest() -> str:
    """The key to seal with: read in this moment, since the request may be older than the key."""
    file = str(current_app.config["SECRET_KEY_FILE"])
    try:
        found = key_file.read(Path(file)) if file else ()
    except OSError:  # away for a moment
        found = ()
    return found[0] if found else keys()[0]


def has_older_work(path: Path) -> bool:
    """Is there another transaction that began before the newest key of the file was made?

    What it seals with an older key is seen by nobody until it ends. On SQLite there is none:
    whoever writes is alone.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return False
    # By the age, for the database may lie on a machine with another clock.
    age = max(0.0, clock.now().timestamp() - path.stat().st_mtime)
    older = text(
        "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        " AND xact_start < clock_timestamp() - make_interval(secs => :age))"
    )
    return bool(db.session.scalar(older, {"age": age}))


def sealed_factors() -> Sequence[SecondFactor]:
    """Every second factor, confirmed or being set up."""
    return db.session.scalars(select(SecondFactor).order_by(SecondFactor.user_id)).all()


def uses() -> tuple[KeyUse, ...]:
    """The server's keys, the present one first, then unknown ones that sealed something."""
    known = {sealing.key_name(key): key for key in keys()}
    counts: Counter[str] = Counter(dict.fromkeys(known, 0))
    for factor in sealed_factors():
        counts[_sealed_by(factor, known)] += 1
    counts.update(sealed_queries.sealed_with())
    return tuple(KeyUse(name, name in known, sealed) for name, sealed in counts.items())


def _sealed_by(factor: SecondFactor, known: dict[str, str]) -> str:
    """The key's name; of what bears none the one that opens it, "?" when none does."""
    written = factor.sealed_secret.split(":")
    if len(written) == 3:
        return written[1]
    opens = (
        name
        for name, key in known.items()
        if sealing.unseal(factor.sealed_secret, [key], factor.user_id) is not None
    )
    return next(opens, "?")
