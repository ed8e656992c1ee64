"""Lock a few bytes with a key of the server, for one purpose. Pure.

What is sealed is `method:key:text`. `method` says how it was locked, so that a better way can
come beside the old one; `key` is the name of the server's key, which tells nothing of it, so
that one can see what is still locked with a key that was replaced.

Method `gcm1`: AES-256-GCM, its key from the server's by HKDF-SHA-256 under the purpose; what
it belongs to is bound to it, so that it opens in no other place. What has no method was locked
the same way before methods had names.
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


def seal(secret: bytes, server_key: str, purpose: bytes, bound: bytes) -> str:
    """Lock the secret for what it is bound to."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    locked = AESGCM(_derived(server_key, purpose)).encrypt(nonce, secret, bound)
    text = base64.urlsafe_b64encode(nonce + locked).decode()
    return f"{METHOD}:{key_name(server_key)}:{text}"


def unseal(sealed: str, server_keys: Sequence[str], purpose: bytes, bound: bytes) -> bytes | None:
    """Open it with whichever key locked it.

    None when that is none of these keys, when it belongs to something else, when it is
    damaged, and for a method of a later version.
    """
    method, name, text = parts(sealed)
    if method not in ("", METHOD):
        return None
    fitting = [key for key in server_keys if name in ("", key_name(key))]
    opened = (_opened(text, key, purpose, bound) for key in fitting)
    return next((secret for secret in opened if secret is not None), None)


def is_current(sealed: str, server_key: str) -> bool:
    """True when it is locked by the present method with this very key."""
    method, name, _text = parts(sealed)
    return (method, name) == (METHOD, key_name(server_key))


def parts(sealed: str) -> tuple[str, str, str]:
    """Method, name of the key and text; the first two empty of what bears none."""
    if sealed.count(":") != 2:
        return "", "", sealed
    method, name, text = sealed.split(":")
    return method, name, text


def _opened(text: str, server_key: str, purpose: bytes, bound: bytes) -> bytes | None:
    try:
        data = base64.urlsafe_b64decode(text)
        cipher = AESGCM(_derived(server_key, purpose))
        return cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], bound)
    except (InvalidTag, ValueError, binascii.Error):
        return None


def _derived(server_key: str, purpose: bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return made.derive(server_key.encode())
