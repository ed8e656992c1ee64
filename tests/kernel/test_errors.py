"""One family of errors: each maps to a status, an exit code and a sentence."""

from __future__ import annotations

import pytest

from congress_app.kernel.errors import (
    Conflict,
    DomainError,
    Forbidden,
    NotFound,
    RuleViolation,
    Stale,
    TooLarge,
    TooMany,
    Unreadable,
)
from congress_app.kernel.sentences import Sentence


@pytest.mark.parametrize(
    ("kind", "status", "exit_code"),
    [
        (Unreadable, 400, 2),
        (Forbidden, 403, 3),
        (Conflict, 409, 3),
        (TooLarge, 413, 2),
        (RuleViolation, 422, 3),
    ],
)
def test_statuses_and_exit_codes(kind: type[DomainError], status: int, exit_code: int) -> None:
    error = kind("some_code", Sentence("Không được {n}.", n=1), ["a"])
    assert (error.status, error.exit_code) == (status, exit_code)
    assert (error.code, str(error), error.details) == ("some_code", "Không được 1.", ("a",))


def test_errors_with_words_of_their_own() -> None:
    assert (NotFound().status, NotFound().code, NotFound().exit_code) == (404, "not_found", 2)
    stale = Stale(["Tên: Lê Ý"])
    assert isinstance(stale, Conflict)
    assert (stale.code, stale.details) == ("stale", ("Tên: Lê Ý",))
    busy = TooMany("too_many", Sentence("Thử lại sau."), 30)
    assert (busy.status, busy.retry_after) == (429, 30)
