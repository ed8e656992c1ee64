"""Who is signed in stays so when the clock is corrected by seconds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner

from congress_app.factory.cookies import AHEAD
from congress_app.kernel.permissions import Role

MINUTE = int(AHEAD.total_seconds())


def signed_ahead(app, seconds):
    """The serializer of a server whose clock is so many seconds ahead."""

    class Ahead(TimestampSigner):
        def get_timestamp(self):
            return super().get_timestamp() + seconds

    serializer = app.session_interface.get_signing_serializer(app)
    serializer.signer = Ahead
    return serializer


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        (0, 200),
        (2, 200),
        (MINUTE - 5, 200),
        (MINUTE + 5, 302),
        (7200, 302),
        (-3600, 200),
        (-timedelta(hours=13).total_seconds(), 302),
    ],
)
def test_a_cookie_from_the_near_future_is_good(app, as_role, seconds, status):
    admin = as_role(Role.ADMIN)
    name = app.config["SESSION_COOKIE_NAME"]
    with admin.session_transaction() as session:
        value = signed_ahead(app, int(seconds)).dumps(dict(session))
    admin.set_cookie(name, value)
    assert admin.get("/units").status_code == status


def test_a_cookie_that_was_changed_is_not(app, as_role):
    admin = as_role(Role.ADMIN)
    with admin.session_transaction() as session:
        value = signed_ahead(app, 5).dumps(dict(session))
    admin.set_cookie(app.config["SESSION_COOKIE_NAME"], value[:-2] + "xx")
    assert admin.get("/units").status_code == 302
