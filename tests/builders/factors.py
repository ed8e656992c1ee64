"""Second factors of accounts."""

from __future__ import annotations

from flask import current_app

from congress_app.accounts import one_time_codes, sealing
from congress_app.accounts.models import SecondFactor, SignInSession, User
from congress_app.kernel import clock
from tests.builders.ground import numbers, store

SECRET = b"12345678901234567890"


def a_second_factor(user: User, **columns: object) -> SecondFactor:
    """A confirmed second factor whose codes `a_code()` gives."""
    sealed = sealing.seal(SECRET, current_app.config["SECRET_KEY"], user.id)
    plain = {"created_at": clock.now(), "confirmed_at": clock.now(), "sealed_secret": sealed}
    return store(SecondFactor(user_id=user.id, **(plain | columns)))


def a_code(steps: int = 0) -> str:
    """The code a phone shows now, or so many steps of 30 seconds later."""
    return one_time_codes.code_of(SECRET, one_time_codes.step_at(clock.now()) + steps)


def a_sign_in_session(user: User, **columns: object) -> SignInSession:
    """The user is signed in on another machine, whose cookie nobody holds."""
    defaults = {"token_hash": f"{next(numbers):064d}", "created_at": clock.now()}
    return store(SignInSession(user_id=user.id, **(defaults | columns)))
