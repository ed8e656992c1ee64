"""What a password must be, how it is hashed, and what a generated one looks like."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest
from argon2 import extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from congress_app.accounts import demonstration, passwords
from congress_app.accounts.passwords import (
    COMMON,
    DUMMY_HASH,
    MAX_LENGTH,
    MIN_LENGTH,
    MIN_WITH_SECOND_FACTOR,
)


@pytest.mark.parametrize(
    "password",
    [
        "con mèo ngủ trên mái",
        "Trời hôm nay đẹp quá!",
        "correct horse battery staple",
        "k7mf-q2xw-9tzr-hd4p",
        "đồng lúa chín!",
    ],
)
def test_a_long_sentence_of_ones_own_passes(password: str) -> None:
    assert passwords.fault(password, username="nguyen.van.an") is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Mật khẩu cần ít nhất 14 ký tự, mới có 0."),
        ("mười ba ký tự", "Mật khẩu cần ít nhất 14 ký tự, mới có 13."),
        ("x" * 129, "Mật khẩu dài nhất 128 ký tự."),
        ("nguyen.van.annguyen.van.an", "Mật khẩu không được lặp lại tên đăng nhập."),
        ("Mật khẩu mật khẩu", "Mật khẩu này quá dễ đoán."),
        ("BẢO HIỂM XÃ HỘI VIỆT NAM", "Mật khẩu này quá dễ đoán."),
        ("12345678901234", "Mật khẩu này quá dễ đoán."),
        ("43210987654321", "Mật khẩu này quá dễ đoán."),
        ("abcdefghijklmn", "Mật khẩu này quá dễ đoán."),
        ("aaaabbbbccccdddd", "Mật khẩu này quá dễ đoán."),
        ("thuathuathuathua", "Mật khẩu này quá dễ đoán."),
    ],
)
def test_a_short_common_or_repeated_password_is_refused(password: str, words: str) -> None:
    fault = passwords.fault(password, username="nguyen.van.an")
    assert str(fault).startswith(words)


def test_the_list_holds_only_what_the_length_would_let_pass() -> None:
    assert {word for word in COMMON if len(word) < MIN_WITH_SECOND_FACTOR} == set()
    assert {word for word in COMMON if not re.fullmatch(r"[a-z0-9]+", word)} == set()


def test_the_demonstrations_password_meets_the_rule() -> None:
    assert passwords.fault(demonstration.PASSWORD, username="quantri") is None


@given(st.text(min_size=MIN_LENGTH, max_size=MAX_LENGTH))
def test_any_text_gets_an_answer(password: str) -> None:
    fault = passwords.fault(password, username="an")
    assert fault is None or str(fault)


def test_a_hash_matches_its_password_in_every_unicode_form_and_no_other() -> None:
    password = "Trời hôm nay đẹp quá"
    stored = passwords.hashed(password)
    assert password not in stored
    assert passwords.matches(stored, unicodedata.normalize("NFD", password))
    assert passwords.matches(stored, password.replace(" ", "\u00a0"))
    assert not passwords.matches(stored, password.lower())
    assert not passwords.matches(stored, "")
    assert passwords.hashed(password) != stored


def test_a_broken_hash_matches_nothing() -> None:
    assert not passwords.matches("", "x")
    assert not passwords.matches("plain text", "plain text")


def test_the_dummy_costs_what_a_real_hash_costs() -> None:
    assert extract_parameters(DUMMY_HASH) == extract_parameters(passwords.hashed("x"))


def test_one_time_passwords_are_readable_strong_and_never_the_same() -> None:
    made = {passwords.one_time() for _ in range(200)}
    assert len(made) == 200
    letters = set("".join(made)) - {"-"}
    assert letters <= set(string.ascii_lowercase + string.digits) - set("il1o0")
    assert all(re.fullmatch(r"(\w{4}-){3}\w{4}", password) for password in made)
    assert all(passwords.fault(password, username="an") is None for password in made)


def test_beside_a_second_factor_eight_characters_are_enough() -> None:
    assert passwords.fault("mưa rào 7", username="mai", second_factor=True) is None
    short = passwords.fault("mưa rào", username="mai", second_factor=True)
    assert str(short).startswith("Mật khẩu cần ít nhất 8 ký tự, mới có 7.")
    for common in ("Mật khẩu 1", "bhxh2026", "12345678"):
        assert passwords.fault(common, username="mai", second_factor=True) is not None
    assert passwords.least_length(second_factor=False) == MIN_LENGTH
