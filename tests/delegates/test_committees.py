"""Order by protocol, open votes, and whom a typed name means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.delegates.committees import (
    Body,
    Nominee,
    OpenVote,
    Post,
    delegate_meant,
    moved,
    place_of_new,
    post_words,
    tellers_who_stand,
)
from congress_app.kernel.errors import RuleViolation

POSTS = st.sampled_from([post.value for post in Post])
NOMINEES = [
    Nominee(1, 12, "Nguyễn Văn An", "BHXH huyện A"),
    Nominee(2, 30, "Nguyễn Văn An", "BHXH huyện B"),
    Nominee(3, 7, "Lê Thị Hòa", "Phòng Thu"),
    Nominee(4, None, "H’Hen Niê"),
]


def test_posts_are_called_as_the_body_calls_them() -> None:
    assert [post_words(body, Post.HEAD) for body in Body] == [
        "Chủ trì",
        "Trưởng đoàn thư ký",
        "Trưởng ban",
        "Trưởng ban",
        "Trưởng ban",
    ]


@pytest.mark.parametrize(
    ("posts", "post", "place"),
    [
        ([], "member", 0),
        (["member", "member"], "head", 0),
        (["head", "deputy", "member"], "deputy", 2),
        (["head", "member"], "member", 2),
        (["member", "head", "member"], "secretary", 2),
    ],
)
def test_a_new_member_stands_behind_his_equals(posts: list[str], post: str, place: int) -> None:
    assert place_of_new(posts, post) == place


@given(st.lists(POSTS))
def test_a_body_filled_one_by_one_stands_in_order(posts: list[str]) -> None:
    order: list[str] = []
    for post in posts:
        order.insert(place_of_new(order, post), post)
    assert order == sorted(posts, key=[post.value for post in Post].index)


@given(st.lists(st.integers(), min_size=1, unique=True), st.data())
def test_moving_keeps_everybody_and_can_be_taken_back(ids: list[int], data: st.DataObject) -> None:
    which = data.draw(st.sampled_from(ids))
    down = moved(ids, which, 1)
    assert sorted(down) == sorted(ids)
    assert down == ids if which == ids[-1] else moved(down, which, -1) == ids


def test_moving_stops_at_both_ends() -> None:
    assert [moved([1, 2, 3], 2, -1), moved([1, 2, 3], 1, -1), moved([1, 2, 3], 3, 1)] == [
        [2, 1, 3],
        [1, 2, 3],
        [1, 2, 3],
    ]


def test_no_candidate_counts_votes() -> None:
    assert tellers_who_stand([5, 3, 9], {3, 9, 11}) == [3, 9]
    assert tellers_who_stand([5], set()) == []


@pytest.mark.parametrize(
    ("figures", "carried"),
    [((40, 21, 19, 0), True), ((40, 20, 0, 20), False), ((1, 1, 0, 0), True)],
)
def test_more_than_half_carries(figures: tuple[int, int, int, int], carried: bool) -> None:
    assert OpenVote(*figures).is_carried is carried


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ((40, 21, 18, 0), "votes_do_not_sum"),
        ((0, 0, 0, 0), "bad_vote"),
        ((1, 2, -1, 0), "bad_vote"),
    ],
)
def test_figures_must_agree(figures: tuple[int, int, int, int], code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        OpenVote(*figures)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyễn Văn An, số 30 (BHXH huyện B)", 2),
        ("nguyen van an, số 12", 1),
        ("7", 3),
        ("Đ/c lê thị hoà", 3),
        ("H’Hen Niê", 4),
        ("Lê Thị Hòa, số 12", None),
        ("Trần Văn Bình", None),
        ("99", None),
    ],
)
def test_whom_a_text_means(typed: str, meant: int | None) -> None:
    found = delegate_meant(typed, NOMINEES)
    assert (found.delegate_id if found else None) == meant


@pytest.mark.parametrize("nominee", NOMINEES)
def test_the_words_offered_are_understood(nominee: Nominee) -> None:
    assert delegate_meant(nominee.words, NOMINEES) == nominee


def test_two_of_one_name_are_asked_about() -> None:
    with pytest.raises(RuleViolation) as refused:
        delegate_meant("Nguyễn Văn An", NOMINEES)
    assert refused.value.code == "ambiguous_name"
    assert str(refused.value.sentence) == (
        "Có 2 đại biểu tên này: Nguyễn Văn An, số 12 (BHXH huyện A); Nguyễn Văn An, số 30 "
        "(BHXH huyện B). Hãy chọn đúng một dòng có số đại biểu."
    )
