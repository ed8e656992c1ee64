"""Locks of badges' records."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from congress_app.scanners import sealing

SALT = sealing.written(b"s" * 16)
KEY = b"k" * 32


def test_a_lock_is_the_slow_hash_cut_in_two() -> None:
    lock = sealing.lock_of("12345678901234567", SALT)
    made = hashlib.pbkdf2_hmac("sha512", b"12345678901234567", b"s" * 16, 10_000, 48)
    assert (sealing.read(lock.locator), lock.key) == (made[:16], made[16:])
    assert len(lock.locator) == 22


def test_another_salt_gives_another_lock() -> None:
    other = sealing.lock_of("12345678901234567", sealing.new_salt())
    assert other.locator != sealing.lock_of("12345678901234567", SALT).locator


@given(st.text(), st.text(max_size=30))
def test_what_is_sealed_opens_with_key_and_name_only(text: str, name: str) -> None:
    sealed = sealing.seal(KEY, name, text)
    assert sealing.unseal(KEY, name, sealed) == text
    for key, other in ((b"x" * 32, name), (KEY, name + "x")):
        with pytest.raises(InvalidTag):
            sealing.unseal(key, other, sealed)


@given(st.binary(max_size=64))
def test_bytes_survive_writing(data: bytes) -> None:
    assert sealing.read(sealing.written(data)) == data
