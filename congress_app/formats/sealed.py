"""A file under a passphrase, written and read as a stream of any length.

Layout: MAGIC · salt (16) · nonce prefix (7) · verifier (32) · chunks. The key is made from
the passphrase by scrypt (n=2**17, r=8, p=1: 128 MiB, about half a second); half of it
encrypts, half proves by HMAC-SHA-256 over the head that the passphrase is right. Chunks of
1 MiB are AES-256-GCM, each under the prefix, its number and whether it is the last one (the
STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): none can be changed,
moved, dropped or added without being noticed, and neither can the file's end.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"CONGRESS SEALED 1\n"
CHUNK = 1024 * 1024
_SALT, _PREFIX, _VERIFIER, _TAG = 16, 7, 32, 16
# scrypt at these costs needs 128 MiB and a little more than OpenSSL's own limit.
_COST = {"n": 2**17, "r": 8, "p": 1, "maxmem": 160 * 1024 * 1024, "dklen": 64}


class WrongPassphrase(Exception):
    """The passphrase does not open the file (or its first bytes were changed)."""


class Damaged(Exception):
    """The file was changed, or ends too early."""


def is_sealed(start: bytes) -> bool:
    """True for the first bytes of a sealed file."""
    return start.startswith(MAGIC)


def seal(source: BinaryIO, target: BinaryIO, passphrase: bytes) -> None:
    """Read `source` to its end and write it sealed."""
    head = MAGIC + os.urandom(_SALT) + os.urandom(_PREFIX)
    key, prover = _keys(passphrase, head)
    target.write(head + hmac.digest(prover, head, "sha256"))
    cipher, prefix = AESGCM(key), head[-_PREFIX:]
    chunk, number = _whole(source, CHUNK), 0
    while True:
        following = _whole(source, CHUNK)
        target.write(cipher.encrypt(_nonce(prefix, number, last=not following), chunk, head))
        if not following:
            return
        chunk, number = following, number + 1


def unseal(source: BinaryIO, target: BinaryIO, passphrase: bytes) -> None:
    """Read a sealed file and write what it holds.

    Raises WrongPassphrase before anything is written, Damaged at the first bad chunk: then
    `target` holds a part and must be thrown away.
    """
    for chunk in _opened(source, passphrase):
        target.write(chunk)


def _opened(source: BinaryIO, passphrase: bytes) -> Iterator[bytes]:
    head = _whole(source, len(MAGIC) + _SALT + _PREFIX)
    verifier = _whole(source, _VERIFIER)
    if not is_sealed(head) or len(verifier) < _VERIFIER:
        raise Damaged
    key, prover = _keys(passphrase, head)
    if not hmac.compare_digest(hmac.digest(prover, head, "sha256"), verifier):
        raise WrongPassphrase
    cipher, prefix = AESGCM(key), head[-_PREFIX:]
    chunk, number = _whole(source, CHUNK + _TAG), 0
    while True:
        following = _whole(source, CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, last=not following), chunk, head)
        except InvalidTag as error:
            raise Damaged from error
        if not following:
            return
        chunk, number = following, number + 1


def _keys(passphrase: bytes, head: bytes) -> tuple[bytes, bytes]:
    salt = head[len(MAGIC) : len(MAGIC) + _SALT]
    made = hashlib.scrypt(passphrase, salt=salt, **_COST)
    return made[:32], made[32:]


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _whole(source: BinaryIO, size: int) -> bytes:
    """Exactly so many bytes, or what is left: a pipe gives less at a time."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
