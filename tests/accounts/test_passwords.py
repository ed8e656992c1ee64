"""What a password must be, how it is hashed, and what a generated one looks like."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest
from argon2 import extract_parameters
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from congress_app.accounts import demonstration, passwords
from congress_app.accounts.passwords import (
    DUMMY_HASH,
    MAX_LENGTH,
    MIN_LENGTH,
)

MINE = ("nguyen.van.an", "Nguyễn Văn An", "Bảo hiểm xã hội tỉnh Hà Nam", "BHXH-HNM")


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
    assert passwords.fault(password, own=MINE) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Mật khẩu cần ít nhất 14 ký tự, mới có 0."),
        ("mười ba ký tự", "Mật khẩu cần ít nhất 14 ký tự, mới có 13."),
        ("x" * 129, "Mật khẩu dài nhất 128 ký tự."),
        ("Mật khẩu mật khẩu", "Mật khẩu này quá dễ đoán"),
        ("BẢO HIỂM XÃ HỘI VIỆT NAM", "Mật khẩu này quá dễ đoán"),
        ("P@ssw0rd P@ssw0rd", "Mật khẩu này quá dễ đoán"),
        ("Password@123456789", "Mật khẩu này quá dễ đoán"),
        ("Anhyeuem@123456", "Mật khẩu này quá dễ đoán"),
        ("Thiduayeunuoc2026!", "Mật khẩu này quá dễ đoán"),
        ("mothaibabonnam12345", "Mật khẩu này quá dễ đoán"),
        ("thidua2025thidua2025", "Mật khẩu này quá dễ đoán"),
        ("qwertyuiopasdfgh", "Mật khẩu này quá dễ đoán"),
        ("12345678901234", "Mật khẩu này quá dễ đoán"),
        ("43210987654321", "Mật khẩu này quá dễ đoán"),
        ("abcdefghijklmn", "Mật khẩu này quá dễ đoán"),
        ("aaaabbbbccccdddd", "Mật khẩu này quá dễ đoán"),
        ("thuathuathuathua", "Mật khẩu này quá dễ đoán"),
        ("nguyen.van.annguyen.van.an", "Mật khẩu này ghép từ họ tên"),
        ("Nguyễn Văn An 1990", "Mật khẩu này ghép từ họ tên"),
        ("Hanam.AnNV@2026", "Mật khẩu này ghép từ họ tên"),
        ("BHXHHaNam@2026", "Mật khẩu này ghép từ họ tên"),
        ("Tỉnh Hà Nam 2026!", "Mật khẩu này ghép từ họ tên"),
    ],
)
def test_a_short_known_or_personal_password_is_refused(password: str, words: str) -> None:
    assert str(passwords.fault(password, own=MINE)).startswith(words)


@pytest.mark.parametrize("length", [64, 65, 127, 128])
def test_long_passwords_are_taken_whole(length: int) -> None:
    text = "Đường về quê hương rợp bóng tre xanh, 7 con trâu " * 3
    password = text[:length]
    assert passwords.fault(password, own=MINE) is None
    kept = passwords.hashed(password)
    assert passwords.matches(kept, password)
    assert not passwords.matches(kept, password[:-1] + "#")


def test_every_known_password_that_is_long_enough_is_refused() -> None:
    """The 30,000 most often found in breaches; the short ones fall by their length."""
    known = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= MIN_LENGTH]
    assert len(known) > 40
    assert [word for word in known if passwords.fault(word) is None] == []
    shorter = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= 8]
    assert len(shorter) > 10_000
    some = shorter[:: len(shorter) // 100]
    assert [word for word in some if passwords.fault(word, second_factor=True) is None] == []


def test_the_words_of_this_place_are_refused_in_any_dress() -> None:
    for word in ("matkhau", "anhyeuem", "bhxhvn", "thiduayeunuoc", "dienhinhtientien"):
        dresses = (f"{word}2026@@@@@@@", f"{word.title()}#123456789", f"2026.{word}.2026")
        assert [passwords.fault(dress) is None for dress in dresses] == [False] * 3


def test_the_demonstrations_password_meets_the_rule() -> None:
    assert passwords.fault(demonstration.PASSWORD, own=["quantri"]) is None


@given(st.text(min_size=MIN_LENGTH, max_size=MAX_LENGTH))
def test_any_text_gets_an_answer(password: str) -> None:
    fault = passwords.fault(password, own=["an"])
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
    made = {passwords.one_time() for _ in range(40)}
    assert len(made) == 40
    letters = set("".join(made)) - {"-"}
    assert letters <= set(string.ascii_lowercase + string.digits) - set("il1o0")
    assert all(re.fullmatch(r"(\w{4}-){3}\w{4}", password) for password in made)
    assert all(passwords.fault(password, own=["an"]) is None for password in made)


def test_beside_a_second_factor_eight_characters_are_enough() -> None:
    assert passwords.fault("mưa rào 7", own=["mai"], second_factor=True) is None
    short = passwords.fault("mưa rào", own=["mai"], second_factor=True)
    assert str(short).startswith("Mật khẩu cần ít nhất 8 ký tự, mới có 7.")
    assert passwords.fault("x7Kp2mQ9", own=["mai"], second_factor=True) is None
    for common in ("Mật khẩu 1", "bhxh2026", "12345678", "Mai@2026", "Bhxh@123"):
        assert passwords.fault(common, own=["mai"], second_factor=True) is not None
    assert passwords.least_length(second_factor=False) == MIN_LENGTH
