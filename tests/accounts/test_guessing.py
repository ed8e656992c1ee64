"""How many guesses a password costs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from congress_app.accounts import local_words
from congress_app.accounts.guessing import guesses
from congress_app.kernel.vietnamese import fold


def test_signs_case_accents_and_spaces_cost_nothing() -> None:
    plain = guesses("anhyeuem")
    dresses = ("Anh Yêu Em", "ANH-YÊU-EM", "anh.yeu.em!", "anhyeuem anhyeuem")
    assert [guesses(dress) for dress in dresses] == [plain] * 4


def test_what_is_known_of_a_person_is_cheap_for_whoever_knows_it() -> None:
    own = ["Nguyễn Thị Phương Thảo", "thao.ntp"]
    for written in (
        "nguyenthiphuongthao",
        "ThaoNguyenThiPhuong",
        "ntpthao",
        "thaontp",
        "phuongthao",
        "nguyen",
    ):
        assert guesses(written, own) < 200, written
    assert guesses("nguyenthiphuongthao") > 10**6


def test_every_local_word_costs_no_more_than_its_place() -> None:
    words = local_words.words()
    assert len(words) == len(set(words))
    assert [word for word in words if word != fold(word) or " " in word] == []
    # One guess more: the library counts the one that succeeds. 2020 is read as 20 twice.
    dear = [word for rank, word in enumerate(words, 1) if guesses(word) > rank + 1]
    assert dear == ["2020"]


def test_one_persons_words_are_not_known_to_the_next() -> None:
    """Many threads ask at once; the library itself keeps such words in one shared table."""
    people = [f"xq{number}zkvw" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        own = list(pool.map(lambda name: guesses(name, [name]), people))
        foreign = list(pool.map(lambda name: guesses(name, ["somebody"]), people))
    assert max(own) < 10
    assert min(foreign) > 10**5


@settings(max_examples=40)
@given(st.text(max_size=128), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_has_a_price_and_knowing_more_never_raises_it(text: str, own: list[str]) -> None:
    assert 1 <= guesses(text, own) <= guesses(text)
