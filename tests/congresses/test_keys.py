"""Keys made from names."""

from hypothesis import given
from hypothesis import strategies as st

from congress_app.congresses.keys import KEY_LENGTH, key_of


def test_a_name_becomes_plain_letters():
    assert key_of("Quy định Khối cơ quan (2020)", ()) == "quy-dinh-khoi-co-quan-2020"
    assert key_of("Đại biểu nữ", (), separator="_") == "dai_bieu_nu"
    assert key_of("…", ()) == "muc"


def test_a_taken_key_gets_a_number():
    assert key_of("Nữ", {"nu"}) == "nu-2"
    assert key_of("Nữ", {"nu", "nu-2"}) == "nu-3"


@given(st.text(max_size=300), st.sets(st.sampled_from(["muc", "a", "a-2"])))
def test_a_key_is_free_short_and_plain(name, taken):
    key = key_of(name, taken)
    assert key not in taken
    assert 0 < len(key) <= KEY_LENGTH
    assert key.isascii()
    assert key == key.lower()
