"""Codes of RFC 6238 and codes on paper."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.accounts import one_time_codes as codes

SECRET = b"12345678901234567890"


# RFC 6238, appendix B, the SHA-1 column, last six of its eight digits.
@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_of_the_standard_are_made(second: int, code: str) -> None:
    assert codes.code_of(SECRET, codes.step_at(datetime.fromtimestamp(second, UTC))) == code


def at(step: int) -> datetime:
    return datetime.fromtimestamp(step * codes.STEP_SECONDS + 7, UTC)


@given(st.integers(1, 10**8), st.integers(-3, 3))
def test_a_code_is_taken_within_one_step(now: int, off: int) -> None:
    code = codes.code_of(SECRET, max(0, now + off))
    found = codes.matching_step(SECRET, code, at(now), None)
    near = {codes.code_of(SECRET, step) for step in (now - 1, now, now + 1)}
    assert (found is not None) == (code in near)


def test_a_code_is_taken_once_and_never_an_older_one_after_it() -> None:
    code, before = codes.code_of(SECRET, 1000), codes.code_of(SECRET, 999)
    assert codes.matching_step(SECRET, code, at(1000), None) == 1000
    assert codes.matching_step(SECRET, code, at(1000), 1000) is None
    assert codes.matching_step(SECRET, before, at(1000), 1000) is None
    assert codes.matching_step(SECRET, codes.code_of(SECRET, 1001), at(1001), 1000) == 1001


@pytest.mark.parametrize("typed", ["", "12345", "28 70 8", "a" * 6, "²87082", "1" * 500])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert codes.matching_step(SECRET, typed, datetime.fromtimestamp(59, UTC), None) is None


def test_spaces_do_not_matter() -> None:
    moment = datetime.fromtimestamp(59, UTC)
    assert codes.matching_step(SECRET, " 287 082 ", moment, None) == 1


def test_the_secret_is_written_for_a_symbol_and_for_the_hand() -> None:
    assert codes.written(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    address = codes.address(SECRET, "mai", "Dai hoi thi dua")
    assert address.startswith("otpauth://totp/Dai%20hoi%20thi%20dua:mai?")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in address
    assert "issuer=Dai%20hoi%20thi%20dua" in address


def test_recovery_codes_are_ten_and_read_back_however_they_are_typed() -> None:
    made = codes.new_recovery_codes()
    assert len(set(made)) == 10
    for code in made:
        assert codes.recovery_typed(code) == code
        assert codes.recovery_typed(f"  {code.upper().replace('-', ' ')} ") == code


@pytest.mark.parametrize("typed", ["", "123456", "abcd-efgh", "abcd-efgh-ijkl", "x" * 300])
def test_what_is_no_recovery_code_is_told_apart(typed: str) -> None:
    assert codes.recovery_typed(typed) is None


def test_codes_and_secrets_are_as_long_as_promised() -> None:
    many = [one.replace("-", "") for _ in range(99) for one in codes.new_recovery_codes()]
    assert {len(one) for one in many} == {12}
    assert (len(set("".join(many))), len(codes.new_secret()) * 8) == (31, 160)
    assert 12 * math.log2(31) > 59
