"""The secret of a second factor, opened with the server's key."""

from __future__ import annotations

from flask import current_app

from congress_app.accounts import one_time_codes, queries
from congress_app.accounts.models import SecondFactor


def waiting_secret(user_id: int) -> bytes | None:
    """The secret being set up, to be shown; None when there is none or it is confirmed."""
    factor = queries.factor_of(user_id)
    return secret_of(factor) if factor is not None and factor.confirmed_at is None else None


def secret_of(factor: SecondFactor) -> bytes | None:
    """The secret itself; None when it was locked with another key than the server's."""
    return one_time_codes.unseal(
        factor.sealed_secret, str(current_app.config["SECRET_KEY"]), factor.user_id
    )
