"""What a release changes, and what each person it touches is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.programme import release_changes as changes
from congress_app.programme.release_changes import compare, touched
from congress_app.programme.release_values import ReleasedSession
from tests.programme.test_release_values import item, session

NAMES = {7: "Nguyễn Thị Hoa", 8: "Trần Văn Nam"}


def kinds(found: list[changes.Change]) -> list[tuple[str, str]]:
    return [(change.kind, change.place.title) for change in found]


def line(*keys: int, minutes: int = 10) -> list[ReleasedSession]:
    """One session with these items one after the other."""
    return [session(*(item(key, place * minutes) for place, key in enumerate(keys)))]


def test_nothing_changed() -> None:
    assert compare(line(1, 2), line(1, 2)) == []


def test_added_removed_and_retimed() -> None:
    found = compare(line(1, 2, 3), line(1, 4, 3, minutes=12))
    assert kinds(found) == [
        ("added", "Mục 4"),
        ("retimed", "Mục 3"),
        ("removed", "Mục 2"),
    ]


def test_the_one_item_that_was_moved_is_told_as_moved() -> None:
    found = compare(line(1, 2, 3, 4), line(2, 3, 4, 1))
    assert kinds(found) == [
        ("retimed", "Mục 2"),
        ("retimed", "Mục 3"),
        ("retimed", "Mục 4"),
        ("moved", "Mục 1"),
    ]


def test_a_speech_is_followed_to_its_new_slot() -> None:
    before = [session(item(1, 0, speech_id=5, title="Bài A"), item(2, 10, title="Trống"))]
    after = [session(item(1, 0, title="Trống"), item(2, 10, speech_id=5, title="Bài A"))]
    assert ("moved", "Bài A") in kinds(compare(before, after)) or (
        "retimed",
        "Bài A",
    ) in kinds(compare(before, after))
    [person] = touched(
        [session(item(1, 0, speech_id=5, delegate_id=7))],
        [session(item(2, 10, speech_id=5, delegate_id=7, title="Mục 1"))],
        NAMES,
    )
    assert [(change.kind, changes.when(change.place)) for change in person.changes] == [
        ("retimed", "07:40–07:50, 15/06/2020")
    ]


def test_another_speaker_is_an_edit_and_touches_both() -> None:
    before = [session(item(1, speech_id=5, delegate_id=7, presenter="Nguyễn Thị Hoa"))]
    after = [session(item(1, speech_id=5, delegate_id=8, presenter="Trần Văn Nam"))]
    [change] = compare(before, after)
    assert [str(each) for each in change.differences()] == [
        "Người thực hiện: từ “Nguyễn Thị Hoa” thành “Trần Văn Nam”."
    ]
    assert [
        (person.delegate_id, [each.kind for each in person.changes])
        for person in touched(before, after, NAMES)
    ] == [(8, ["added"]), (7, ["removed"])]


def test_a_cancelled_speaker_is_told() -> None:
    before = [session(item(1, speech_id=5, delegate_id=7, title="Một cửa"))]
    [person] = touched(before, [session()], NAMES)
    assert changes.text_for(person, "Hội nghị ĐHTT", 2) == (
        "Kính gửi Nguyễn Thị Hoa. Chương trình Hội nghị ĐHTT, bản công bố số 2:\n"
        "- “Một cửa” (07:30–07:40, 15/06/2020) không còn trong chương trình.\n"
        "Trân trọng thông báo."
    )


def test_who_is_not_touched_is_not_told() -> None:
    before = [session(item(1, 0, delegate_id=7, speech_id=5), item(2, 10, presenter="Chủ tịch"))]
    after = [session(item(1, 0, delegate_id=7, speech_id=5), item(2, 15, presenter="Chủ tịch"))]
    [person] = touched(before, after, NAMES)
    assert (person.delegate_id, person.name) == (None, "Chủ tịch")
    assert "từ “07:40–07:50, 15/06/2020” thành “07:45–07:55, 15/06/2020”" in changes.text_for(
        person, "Hội nghị", 2
    )


def test_another_hall_moves() -> None:
    [change] = compare([session(item(1))], [session(item(1), hall="Hội trường nhỏ")])
    assert (change.kind, [str(each) for each in change.differences()]) == (
        "moved",
        ["Hội trường: từ “Hội trường lớn” thành “Hội trường nhỏ”."],
    )


orders = st.lists(st.integers(1, 12), unique=True, max_size=10)


@given(orders, orders)
def test_added_and_removed_are_the_difference_of_sets(old: list[int], new: list[int]) -> None:
    found = kinds(compare(line(*old), line(*new)))
    titles = {kind: {title for each, title in found if each == kind} for kind, _ in found}
    assert titles.get("added", set()) == {f"Mục {key}" for key in set(new) - set(old)}
    assert titles.get("removed", set()) == {f"Mục {key}" for key in set(old) - set(new)}
    assert len(found) == len({title for _, title in found})


@given(orders, st.randoms(use_true_random=False))
def test_what_did_not_move_kept_its_order(old: list[int], chance: object) -> None:
    new = list(old)
    chance.shuffle(new)  # type: ignore[attr-defined]
    moved = {
        change.place.title for change in compare(line(*old), line(*new)) if change.kind == "moved"
    }
    stayed = [key for key in new if f"Mục {key}" not in moved]
    assert stayed == [key for key in old if key in set(stayed)]


@given(orders, orders)
def test_a_change_survives_its_json(old: list[int], new: list[int]) -> None:
    for change in compare(line(*old), line(*new)):
        assert changes.change_of(changes.plain(change)) == change
