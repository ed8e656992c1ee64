"""Changing the server's key, and sealing anew what the old one had sealed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from congress_app.accounts import key_file, key_queries, sealing
from congress_app.accounts.models import SecondFactor
from congress_app.audit import sealed_queries, sealed_services
from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

KEY_IN_USE = N_(
    "Chưa bỏ khóa cũ: còn việc bắt đầu từ trước khi có khóa mới, hoặc vừa có bí mật được niêm "
    "phong bằng một khóa cũ. Không mất gì cả. Ít phút nữa hãy chạy lại lệnh “key retire”."
)


def rotate(*, actor: Actor) -> int:
    """Make a new key and seal every secret anew with it; how many there were.

    The old key stays behind it, so sessions go on, and whatever a server seals in this very
    moment opens. Servers of this machine take the new key up by themselves. Raises
    RuleViolation `key_from_environment` where the key is not in a file of the server's.
    """
    path = _file()
    with _alone() as session:
        key_file.add_new(path)
        _take_up(path)
        count = _reseal_factors(session)
        record("server_key.rotate", "server_key", {"resealed": count}, actor=actor)
    return count + _reseal_log(actor)


def reseal(*, actor: Actor) -> int:
    """Seal with the present key what an older one has sealed; how many secrets those were."""
    with transaction() as session:
        count = _reseal_factors(session)
        if count:
            record("server_key.reseal", "server_key", {"resealed": count}, actor=actor)
    return count + _reseal_log(actor)


def retire(*, actor: Actor) -> int:
    """Forget the older keys; how many. What only they had signed ends: cookies, open forms.

    What they still seal is sealed anew before. Raises RuleViolation `key_from_environment`,
    Conflict `key_in_use` when one of them sealed something in this very moment, or might
    have: work that began before the newest key may hold what is not stored yet.
    """
    path = _file()
    with _alone() as session:
        _take_up(path)
        _reseal_factors(session)
    _reseal_log(actor)
    # Only now that it is stored: a key that is gone opens nothing any more.
    with _alone() as session:
        _take_up(path)
        if key_queries.has_older_work(path) or _is_sealed_by_older(session):
            raise Conflict("key_in_use", Sentence(KEY_IN_USE))
        count = key_file.keep_newest(path)
        _take_up(path)
        record("server_key.retire", "server_key", {"keys": count}, actor=actor)
    return count


@contextmanager
def _alone() -> Iterator[Session]:
    """A transaction beside which nobody seals, and nobody else changes the keys."""
    with transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            # Whole and first: with rows held by both sides they would wait for each other.
            session.execute(text("LOCK TABLE second_factor IN EXCLUSIVE MODE"))
        yield session


def _take_up(path: Path) -> None:
    """Let this process work with the keys of the file."""
    newest, *older = key_file.read(path)
    current_app.config.update(SECRET_KEY=newest, SECRET_KEY_FALLBACKS=tuple(older))


def _file() -> Path:
    file = str(current_app.config["SECRET_KEY_FILE"])
    if not file:
        raise RuleViolation(
            "key_from_environment",
            Sentence(
                N_(
                    "Khóa của máy chủ lấy từ biến SECRET_KEY. Hãy đặt khóa mới vào SECRET_KEY, "
                    "khóa cũ vào SECRET_KEY_FALLBACKS, khởi động lại mọi máy chủ, rồi chạy “key "
                    "reseal”."
                )
            ),
        )
    return Path(file)


def _reseal_factors(session: Session) -> int:
    """Seal anew; what no key opens stays as it is, for an old key may come back."""
    newest = key_queries.keys()[0]
    found = _sealed_by_older(session)
    for factor, secret in found:
        factor.sealed_secret = sealing.seal(secret, newest, factor.user_id)
    return len(found)


def _reseal_log(actor: Actor) -> int:
    """The same for the log, part by part: whoever writes waits for one part at most.

    What is stopped halfway opens with the one key or the other, and the next call goes on.
    Between two parts somebody may change the keys or drop one: each part asks for them anew,
    and while it is written nobody does.
    """
    file = str(current_app.config["SECRET_KEY_FILE"])
    count, after = 0, 0
    while True:
        with _alone():
            if file:
                _take_up(Path(file))
            part = sealed_services.reseal_part(key_queries.keys(), after)
        if part is None:
            break
        count, after = count + part.resealed, part.last
    if count:
        record("server_key.reseal", "server_key", {"resealed": count}, actor=actor)
    return count


def _is_sealed_by_older(session: Session) -> bool:
    found = _sealed_by_older(session)
    return bool(found) or sealed_queries.is_sealed_by_older(key_queries.keys())


def _sealed_by_older(session: Session) -> list[tuple[SecondFactor, bytes]]:
    """What an older one of the keys opens, with the secret."""
    keys = key_queries.keys()
    found = []
    for factor in session.scalars(select(SecondFactor).with_for_update()):
        if sealing.is_current(factor.sealed_secret, keys[0]):
            continue
        secret = sealing.unseal(factor.sealed_secret, keys, factor.user_id)
        if secret is not None:
            found.append((factor, secret))
    return found
