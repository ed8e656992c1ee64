"""Lock a user's secret with a key of the server (`formats/key_seal.py` says how). Pure.

The user's number is bound to it, so that no row can be put in another's place.
"""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.formats import key_seal
from congress_app.formats.key_seal import is_current, key_name

__all__ = ["is_current", "key_name", "seal", "unseal"]
_PURPOSE = b"congress second factor"


def seal(secret: bytes, server_key: str, user_id: int) -> str:
    """Lock the secret for the user."""
    return key_seal.seal(secret, server_key, _PURPOSE, _bound(user_id))


def unseal(sealed: str, server_keys: Sequence[str], user_id: int) -> bytes | None:
    """Open it with whichever key locked it; None as `key_seal.unseal`, and for another user."""
    return key_seal.unseal(sealed, server_keys, _PURPOSE, _bound(user_id))


def _bound(user_id: int) -> bytes:
    return f"second factor of user {user_id}".encode()
