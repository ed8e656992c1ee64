"""The secret of a second factor, opened with the server's keys."""

from __future__ import annotations

from congress_app.accounts import key_queries, queries, sealing
from congress_app.accounts.models import SecondFactor


def waiting_secret(user_id: int) -> bytes | None:
    """The secret being set up, to be shown; None when there is none or it is confirmed."""
    factor = queries.factor_of(user_id)
    return secret_of(factor) if factor is not None and factor.confirmed_at is None else None


def secret_of(factor: SecondFactor) -> bytes | None:
    """The secret itself; None when no key of the server opens it."""
    return sealing.unseal(factor.sealed_secret, key_queries.keys(), factor.user_id)
