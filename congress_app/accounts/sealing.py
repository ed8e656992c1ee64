"""Lock a user's secret with a key of the server. Pure.

A sealed secret is `method:key:text`. `method` says how it was locked, so that a better way
can come beside the old one; `key` is the name of the server's key, which tells nothing of
it, so that one can see what is still locked with a key that was replaced.

Method `gcm1`: AES-256-GCM, its key from the server's by HKDF-SHA-256; the user's number is
bound to it, so that no row can be put in another's place. What has no method was locked the
same way before methods had names.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

METHOD = "gcm1"
_NONCE_BYTES = 12
_NAME_LETTERS = 12


def key_name(server_key: str) -> str:
    """What a key is called: 12 letters that tell nothing of it."""
    derived = _derived(server_key, b"congress name of the key")
    return hashlib.sha256(derived).hexdigest()[:_NAME_LETTERS]


def seal(secret: bytes, server_key: str, user_id: int) -> str:
    """Lock the secret for the user."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    locked = AESGCM(_key(server_key)).encrypt(nonce, secret, _bound(user_id))
    text = base64.urlsafe_b64encode(nonce + locked).decode()
    return f"{METHOD}:{key_name(server_key)}:{text}"


def unseal(sealed: str, server_keys: Sequence[str], user_id: int) -> bytes | None:
    """Open it with whichever key locked it.

    None when that is none of these keys, for another user, when it is damaged, and for a
    method of a later version.
    """
    method, name, text = _parts(sealed)
    if method not in ("", METHOD):
        return None
    fitting = [key for key in server_keys if name in ("", key_name(key))]
    opened = (_opened(text, key, user_id) for key in fitting)
    return next((secret for secret in opened if secret is not None), None)


def is_current(sealed: str, server_key: str) -> bool:
    """True when it is locked by the present method with this very key."""
    method, name, _text = _parts(sealed)
    return (method, name) == (METHOD, key_name(server_key))


def _parts(sealed: str) -> tuple[str, str, str]:
    if sealed.count(":") != 2:
        return "", "", sealed
    method, name, text = sealed.split(":")
    return method, name, text


def _opened(text: str, server_key: str, user_id: int) -> bytes | None:
    try:
        data = base64.urlsafe_b64decode(text)
        return AESGCM(_key(server_key)).decrypt(
            data[:_NONCE_BYTES], data[_NONCE_BYTES:], _bound(user_id)
        )
    except (InvalidTag, ValueError, binascii.Error):
        return None


def _key(server_key: str) -> bytes:
    return _derived(server_key, b"congress second factor")


def _derived(server_key: str, purpose: bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return made.derive(server_key.encode())


def _bound(user_id: int) -> bytes:
    return f"second factor of user {user_id}".encode()
