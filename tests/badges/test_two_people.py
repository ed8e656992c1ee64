"""Two organisers before the badge of one delegate: the later one is told of the other."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from congress_app.badges import queries, services
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.kernel.permissions import system_actor
from tests.builders import a_delegate
from tests.open_forms import held

TOLD = "Thẻ của đại biểu này đã được người khác cấp lại hoặc thu hồi từ lúc bạn mở trang"


@pytest.fixture
def delegate(congress: Congress) -> Delegate:
    made = a_delegate(congress)
    services.issue_missing(congress, actor=system_actor())
    return made


def other(act: str, congress: Congress, delegate: Delegate) -> None:
    """What the second organiser does meanwhile."""
    seen = queries.standing_of(delegate.id)
    getattr(services, act)(congress, delegate, "người kia", seen=seen, actor=system_actor())


def history(delegate: Delegate) -> list[tuple[int, str, str | None]]:
    db.session.rollback()
    return [(each.version, each.state, each.reason) for each in queries.history_of(delegate.id)]


REVOKED = [(1, "revoked", "người kia")]
REISSUED = [(2, "active", None), (1, "superseded", "người kia")]


@pytest.mark.parametrize(
    ("act", "fate", "meanwhile", "stands", "after"),
    [
        (
            "reissue",
            "lost",
            "revoke",
            REVOKED,
            [(2, "active", None), (1, "revoked", "người kia")],
        ),
        (
            "reissue",
            "lost",
            "reissue",
            REISSUED,
            [(3, "active", None), (2, "superseded", "tôi"), (1, "superseded", "người kia")],
        ),
        ("reissue", "spoiled", "reissue", REISSUED, REISSUED),
        (
            "revoke",
            "",
            "reissue",
            REISSUED,
            [(2, "revoked", "tôi"), (1, "superseded", "người kia")],
        ),
    ],
)
def test_a_badge_changed_meanwhile_is_looked_at_first(
    congress: Congress,
    delegate: Delegate,
    organiser: FlaskClient,
    act: str,
    fate: str,
    meanwhile: str,
    stands: list[tuple[int, str, str | None]],
    after: list[tuple[int, str, str | None]],
) -> None:
    address = f"/congresses/{congress.id}/badges/{delegate.id}/{act}"
    typed = {"reason": "tôi", "fate": fate}
    opened = held(organiser.get(address).text, 'name="reason"')
    other(meanwhile, congress, delegate)
    late = organiser.post(address, data=typed | opened)
    assert (late.status_code, history(delegate)) == (409, stands)
    assert all(part in late.text for part in (TOLD, "người kia", 'value="tôi"'))
    again = organiser.post(address, data=typed | held(late.text, 'name="reason"'))
    assert (again.status_code, history(delegate)) == (302, after)


def test_a_badge_taken_away_twice_is_told(
    congress: Congress, delegate: Delegate, organiser: FlaskClient
) -> None:
    address = f"/congresses/{congress.id}/badges/{delegate.id}/revoke"
    opened = held(organiser.get(address).text, 'name="reason"')
    other("revoke", congress, delegate)
    late = organiser.post(address, data={"reason": "tôi"} | opened)
    assert (late.status_code, history(delegate)) == (409, REVOKED)
    again = organiser.post(address, data={"reason": "tôi"} | held(late.text, 'name="reason"'))
    assert (again.status_code, history(delegate)) == (422, REVOKED)
    assert "không có thẻ đang dùng để thu hồi" in again.text


def test_a_form_that_does_not_say_what_was_seen_writes_nothing(
    congress: Congress, delegate: Delegate, organiser: FlaskClient
) -> None:
    address = f"/congresses/{congress.id}/badges/{delegate.id}/revoke"
    assert organiser.post(address, data={"reason": "tôi"}).status_code == 409
    assert history(delegate) == [(1, "active", None)]
