from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.demo import names, peoples


@given(st.integers(), st.sampled_from("MF"), st.booleans())
def test_a_name_has_three_to_four_words_and_repeats_none(
    seed: int, sex: str, southern: bool
) -> None:
    words = names.kinh_name(Random(seed), sex, southern=southern).split()
    assert 3 <= len(words) <= 4
    assert words[-1] not in words[1:-1]


@pytest.mark.parametrize("name", ["Nguyễn Phú Trọng", "nguyen thi minh"])
def test_people_in_high_office_are_known(name: str) -> None:
    assert names.is_somebody(name)


def test_weights_are_read_and_a_bare_word_weighs_one() -> None:
    assert names.weighted("Nguyễn 38, Thị Thu 4, Lê") == names.Weighted(
        ("Nguyễn", "Thị Thu", "Lê"), (38, 42, 43)
    )


@pytest.mark.parametrize(
    ("people", "sex", "start"),
    [
        ("Ê Đê", "M", "Y "),
        ("Ê Đê", "F", "H’"),
        ("Ba Na", "M", "A "),
        ("Cơ Ho", "M", "K’"),
        ("Xtiêng", "M", "Điểu "),
    ],
)
def test_each_people_names_after_its_own_habit(people: str, sex: str, start: str) -> None:
    rng = Random(1)
    found = [peoples.full_name(rng, people, sex, "66") for _ in range(50)]
    assert [name for name in found if not name.startswith(start)] == []


def test_mong_men_bear_a_and_gia_rai_women_h() -> None:
    rng = Random(2)
    men = [peoples.full_name(rng, "Mông", "M", "02") for _ in range(50)]
    women = [peoples.full_name(rng, "Gia Rai", "F", "64") for _ in range(50)]
    assert {name.split()[1] for name in men} == {"A"}
    assert [name for name in women if " H’" not in name] == []


def test_peoples_are_those_of_the_province() -> None:
    rng = Random(3)
    assert {peoples.draw_people(rng, "94") for _ in range(500)} == {"Kinh", "Khmer", "Hoa"}
