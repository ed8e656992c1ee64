"""Who is told what he holds already."""

from __future__ import annotations

import pytest

from congress_app.checkin import live


@pytest.fixture
def kept() -> live.Told:
    return live.told({"present": 12}, 7)


def test_the_same_content_has_the_same_digest_at_any_counter(kept: live.Told) -> None:
    later = live.told({"present": 12}, 9)
    assert (
        (later.body, later.digest) == (kept.body, kept.digest) == (b'{"present": 12}', kept.digest)
    )
    assert live.known(later, {kept.etag}, 9) == kept.etag


@pytest.mark.parametrize(
    ("held", "now", "is_known"),
    [
        ("other-7", 9, False),  # the same counter with other words: time went on
        ("other-6", 9, False),  # older
        ("other-8", 9, True),  # another process told him something newer
        ("other-9", 9, True),
        ("other-10", 9, False),  # from before the tables were restored
        ("other-", 9, False),
        ("other-٨", 9, False),
        ("other-" + "9" * 5000, 9, False),
        ("", 9, False),
    ],
)
def test_figures_never_go_back(kept: live.Told, held: str, now: int, is_known: bool) -> None:
    assert live.known(kept, {held}, now) == (held if is_known else None)


def test_any_of_several_will_do(kept: live.Told) -> None:
    assert live.known(kept, {"other-1", kept.etag}, 7) == kept.etag
    assert live.known(kept, set(), 7) is None
