"""Sealed files come back whole, or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress_app.formats import sealed
from congress_app.formats.sealed import Damaged, WrongPassphrase

PASSPHRASE = "cụm mật khẩu dài".encode()


@pytest.fixture(autouse=True, scope="module")
def _quick():
    """Small chunks and a cheap key: the construction is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "CHUNK", 64)
        patch.setattr(sealed, "_COST", {**sealed._COST, "n": 2**4})
        yield


def seal(data: bytes) -> bytes:
    target = io.BytesIO()
    sealed.seal(io.BytesIO(data), target, PASSPHRASE)
    return target.getvalue()


def unseal(data: bytes, passphrase: bytes = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    sealed.unseal(io.BytesIO(data), target, passphrase)
    return target.getvalue()


@given(st.binary(max_size=300))
def test_any_content_comes_back_and_does_not_show(data):
    closed = seal(data)
    assert sealed.is_sealed(closed)
    assert unseal(closed) == data
    assert len(data) < 8 or data not in closed[len(sealed.MAGIC) :]


def test_the_same_content_is_never_sealed_alike():
    assert seal(b"x" * 100) != seal(b"x" * 100)


def test_a_wrong_passphrase_is_told_before_anything_is_written():
    target = io.BytesIO()
    with pytest.raises(WrongPassphrase):
        sealed.unseal(io.BytesIO(seal(b"x" * 100)), target, b"other")
    assert target.getvalue() == b""


@settings(max_examples=60)
@given(st.data())
def test_a_changed_byte_never_passes(data):
    closed = bytearray(seal(b"y" * 200))
    place = data.draw(st.integers(0, len(closed) - 1))
    closed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((Damaged, WrongPassphrase)):
        unseal(bytes(closed))


@pytest.mark.parametrize("length", [64, 128, 200])
def test_a_shortened_file_never_passes_wherever_it_ends(length):
    closed = seal(b"z" * length)
    for end in range(len(closed)):
        with pytest.raises((Damaged, WrongPassphrase)):
            unseal(closed[:end])


def test_exchanged_and_repeated_chunks_never_pass():
    closed = seal(b"a" * 64 + b"b" * 64 + b"c")
    start, size = len(closed) - (1 + 16) - 2 * 80, 80
    one, two, last = closed[start : start + size], closed[start + size : -17], closed[-17:]
    head = closed[:start]
    for changed in (head + two + one + last, head + one + one + two + last, head + one + last):
        with pytest.raises(Damaged):
            unseal(changed)
