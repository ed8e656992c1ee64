"""Sensitive facts in the log: that they changed in words, from what to what sealed. Pure.

The values stand in one field of the entry, locked with a key of the server and bound to what
the entry is about. They go when the content is erased. The chain holds their commitment, so
that they can be sealed anew when the key is changed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress_app.audit.chain import COMMITMENT, SEALED
from congress_app.formats import key_seal
from congress_app.kernel.plain import plain

# What the log says in the values' own place.
CHANGED = "changed"
TEXT = "text"
_PURPOSE = b"congress sensitive facts in the log"
_RANDOM_BYTES = 32
# Filled up to a multiple of this, so that the length does not tell one value from another.
_BLOCK = 256


@dataclass(frozen=True)
class Sensitive:
    """What a sensitive fact was and is, on its way into the log."""

    before: object
    after: object


def sealed(
    changes: Mapping[str, object], newest_key: Callable[[], str], subject: str
) -> dict[str, object]:
    """The changes with every `Sensitive` as `CHANGED`, and their values sealed in `SEALED`.

    The key is asked for only when there is something to seal.
    """
    values = {
        key: [plain(one.before), plain(one.after)]
        for key, one in changes.items()
        if isinstance(one, Sensitive)
    }
    if not values:
        return dict(changes)
    told = {key: CHANGED if key in values else one for key, one in changes.items()}
    text = json.dumps(values, ensure_ascii=False).encode()
    filled = text.ljust(-(-len(text) // _BLOCK) * _BLOCK)
    return {
        **told,
        SEALED: _locked(secrets.token_bytes(_RANDOM_BYTES) + filled, newest_key(), subject),
    }


def opened(
    changes: Mapping[str, Any], server_keys: Sequence[str], subject: str
) -> dict[str, Any] | None:
    """The values sealed in an entry's changes, each as [before, after].

    {} when there are none; None when no key opens them, or they are not those of the chain.
    """
    if SEALED not in changes:
        return {}
    text = _unlocked(changes, server_keys, subject)
    return None if text is None else dict(json.loads(text[_RANDOM_BYTES:]))


def is_whole(changes: Mapping[str, Any], server_keys: Sequence[str], subject: str) -> bool:
    """Whether the sealed values open, and are those the chain holds."""
    return _unlocked(changes, server_keys, subject) is not None


def sealed_anew(
    changes: Mapping[str, Any], server_keys: Sequence[str], subject: str
) -> dict[str, Any] | None:
    """The changes with their values under the first of the keys; None when none opens them."""
    text = _unlocked(changes, server_keys, subject)
    return None if text is None else {**changes, SEALED: _locked(text, server_keys[0], subject)}


def key_of(changes: Mapping[str, Any]) -> str:
    """The name of the key that opens the values."""
    return key_seal.parts(str(changes[SEALED].get(TEXT)))[1]


def _locked(text: bytes, server_key: str, subject: str) -> dict[str, str]:
    locked = key_seal.seal(text, server_key, _PURPOSE, subject.encode())
    return {COMMITMENT: hashlib.sha256(text).hexdigest(), TEXT: locked}


def _unlocked(changes: Mapping[str, Any], server_keys: Sequence[str], subject: str) -> bytes | None:
    held = changes[SEALED]
    if not isinstance(held, Mapping):
        return None
    text = key_seal.unseal(str(held.get(TEXT)), server_keys, _PURPOSE, subject.encode())
    is_whole = text is not None and hashlib.sha256(text).hexdigest() == held.get(COMMITMENT)
    return text if is_whole else None
