"""Codes and tokens."""

from __future__ import annotations

from congress_app.scanners.pairing import digest, grouped, new_code, new_token, typed


def test_a_code_is_eight_digits_read_in_two_groups() -> None:
    code = new_code()
    assert (len(code), code.isdigit()) == (8, True)
    assert typed(grouped(code)) == code
    assert typed(f" {code[:4]}-{code[4:]}\n") == code


def test_secrets_differ_and_only_their_hash_is_kept() -> None:
    assert len({new_token() for _ in range(50)}) == 50
    assert digest("12345678") != digest("12345679")
    assert len(digest(new_token())) == 64
