"""How a secret is locked with the server's key."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from congress_app.accounts import sealing

KEY, OTHER = "the server's key", "another key"


@given(st.binary(min_size=16, max_size=64), st.integers(1, 10**6))
def test_a_sealed_secret_opens_for_its_owner_and_key_only(secret: bytes, user: int) -> None:
    sealed = sealing.seal(secret, KEY, user)
    assert sealing.unseal(sealed, [KEY], user) == secret
    assert sealing.unseal(sealed, [OTHER], user) is None
    assert sealing.unseal(sealed, [KEY], user + 1) is None


def test_it_names_its_method_and_key_and_fits_its_column() -> None:
    sealed = sealing.seal(bytes(20), KEY, 7)
    method, name, _text = sealed.split(":")
    assert (method, name) == ("gcm1", sealing.key_name(KEY))
    assert len(sealed) <= 200
    assert sealing.is_current(sealed, KEY)
    assert not sealing.is_current(sealed, OTHER)


def test_any_of_the_servers_keys_opens_what_it_has_locked() -> None:
    sealed = sealing.seal(b"x" * 20, OTHER, 7)
    assert sealing.unseal(sealed, [KEY, OTHER], 7) == b"x" * 20
    assert sealing.key_name(KEY) != sealing.key_name(OTHER)
    assert KEY not in sealing.key_name(KEY)


def test_what_was_locked_before_methods_had_names_still_opens() -> None:
    """The form of the first version, made here without the code under test."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"congress second factor")
    locked = AESGCM(made.derive(KEY.encode())).encrypt(
        b"n" * 12, b"s" * 20, b"second factor of user 7"
    )
    first = base64.urlsafe_b64encode(b"n" * 12 + locked).decode()
    assert sealing.unseal(first, [OTHER, KEY], 7) == b"s" * 20
    assert not sealing.is_current(first, KEY)


@pytest.mark.parametrize("spoilt", ["", "x", "gcm1::", "gcm1:a:b:c", "gcm9:{name}:AAAA", "ü" * 9])
def test_what_is_damaged_or_of_a_later_method_opens_with_nothing(spoilt: str) -> None:
    assert sealing.unseal(spoilt.format(name=sealing.key_name(KEY)), [KEY], 7) is None
