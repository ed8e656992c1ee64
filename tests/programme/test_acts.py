"""Going back: the rows of an act, as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.programme.acts import difference, stands, subject, undone

snapshots = st.dictionaries(
    st.sampled_from([f"item:{number}" for number in range(6)]),
    st.fixed_dictionaries({"minutes": st.integers(0, 3)}),
)


@given(snapshots, snapshots)
def test_undoing_gives_what_was_before(
    before: dict[str, dict[str, int]], after: dict[str, dict[str, int]]
) -> None:
    old, new = difference(before, after)
    assert stands(after, new)
    assert undone(after, old) == before


@given(snapshots, snapshots, snapshots)
def test_what_others_changed_elsewhere_is_kept(
    before: dict[str, dict[str, int]],
    after: dict[str, dict[str, int]],
    other: dict[str, dict[str, int]],
) -> None:
    old, new = difference(before, after)
    current = {key: row for key, row in other.items() if key not in old} | {
        key: row for key, row in after.items() if key in old
    }
    assert stands(current, new)
    back = undone(current, old)
    assert {key: row for key, row in back.items() if key not in old} == {
        key: row for key, row in current.items() if key not in old
    }


def test_a_row_changed_since_does_not_stand() -> None:
    _old, new = difference({"item:1": {"minutes": 1}}, {"item:1": {"minutes": 2}})
    assert not stands({"item:1": {"minutes": 3}}, new)
    assert not stands({}, new)


def test_a_key_says_what_it_is() -> None:
    assert subject("item:12") == ("item", 12)
