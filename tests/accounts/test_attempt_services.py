"""Attempts to sign in are counted before they are judged."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.accounts import attempt_services as attempts
from congress_app.accounts import throttle
from congress_app.accounts.models import SignInFailures
from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError, TooMany
from congress_app.kernel.permissions import Actor
from tests import builders

STRANGER = Actor("anonymous", None, "anonymous", "anonymous", address="10.0.0.9")
NAME, ADDRESS = throttle.name_key("an"), throttle.address_key("10.0.0.9")


def stored(key: str) -> tuple[int, bool]:
    row = db.session.get(SignInFailures, key)
    return (row.count, row.locked_until is not None) if row else (0, False)


def test_every_attempt_counts_for_the_name_and_for_the_address(app: Flask) -> None:
    assert attempts.reserve([NAME, ADDRESS], None, actor=STRANGER) == 1
    assert attempts.reserve([NAME, ADDRESS], None, actor=STRANGER) == 2
    assert (stored(NAME), stored(ADDRESS)) == ((2, False), (2, False))


def test_the_fifth_locks_and_each_further_one_for_twice_as_long(
    app: Flask, frozen_clock: Any
) -> None:
    waits: list[int] = []
    for _ in range(3):
        for _ in range(5 if not waits else 1):
            attempts.reserve([NAME], None, actor=STRANGER)
        with pytest.raises(TooMany) as caught:
            attempts.reserve([NAME], None, actor=STRANGER)
        waits.append(caught.value.retry_after)
        frozen_clock.advance(seconds=caught.value.retry_after)
    assert waits == [60, 120, 240]


def test_while_it_waits_nothing_more_is_counted(app: Flask, frozen_clock: Any) -> None:
    for _ in range(5):
        attempts.reserve([NAME, ADDRESS], None, actor=STRANGER)
    for _ in range(3):
        with pytest.raises(TooMany):
            attempts.reserve([NAME, ADDRESS], None, actor=STRANGER)
    assert (stored(NAME), stored(ADDRESS)) == ((5, True), (5, False))


def test_an_address_that_tries_many_names_waits_too(app: Flask) -> None:
    for number in range(30):
        attempts.reserve([throttle.name_key(f"x{number}"), ADDRESS], None, actor=STRANGER)
    with pytest.raises(TooMany):
        attempts.reserve([NAME, ADDRESS], None, actor=STRANGER)


def test_a_right_password_forgives_the_name_and_one_attempt_of_the_address(app: Flask) -> None:
    for _ in range(4):
        attempts.reserve([NAME, ADDRESS], None, actor=STRANGER)
    attempts.forgive([NAME, ADDRESS, throttle.name_key("never seen")])
    assert (stored(NAME), stored(ADDRESS)) == ((0, False), (3, False))


def test_after_a_day_without_failures_the_count_begins_anew(app: Flask, frozen_clock: Any) -> None:
    for _ in range(5):
        attempts.reserve([NAME], None, actor=STRANGER)
    frozen_clock.advance(hours=24, seconds=1)
    assert attempts.reserve([NAME], None, actor=STRANGER) == 1


def test_counts_that_mean_nothing_any_more_are_cleared_away(app: Flask, frozen_clock: Any) -> None:
    old = clock.now() - timedelta(hours=25)
    with transaction() as session:
        session.add(SignInFailures(key=throttle.name_key("old"), count=9, last_at=old))
    attempts.reserve([NAME], None, actor=STRANGER)
    assert db.session.scalars(select(SignInFailures.key)).all() == [NAME]


def test_refusals_are_written_down_without_the_name_that_was_typed(app: Flask) -> None:
    user = builders.a_user("viewer", username="an")
    first = attempts.refused(user, 1, actor=STRANGER)
    fifth = attempts.refused(None, 5, actor=STRANGER)
    assert (first.code, fifth.code) == ("bad_credentials", "sign_in_locked")
    entries = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert [(e.action, e.subject_id, e.address, e.unit_path, e.changes) for e in entries] == [
        (
            "sign_in.refused",
            user.id,
            "10.0.0.9",
            user.grants[0].unit.path,
            {"reason": "wrong_password", "failures": 1, "wait_seconds": 0},
        ),
        (
            "sign_in.refused",
            None,
            "10.0.0.9",
            None,
            {"reason": "unknown_name", "failures": 5, "wait_seconds": 60},
        ),
    ]


def in_parallel(app: Flask, count: int, attempt: Any) -> list[str]:
    """What each of `count` threads got, started at the same moment."""
    start, results = threading.Barrier(count), []

    def run() -> None:
        with app.app_context():
            start.wait()
            try:
                attempt()
                results.append("may try")
            except DomainError as error:
                results.append(error.code)
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_a_burst_of_parallel_guesses_gets_no_more_than_five(app: Flask) -> None:
    results = in_parallel(app, 12, lambda: attempts.reserve([NAME, ADDRESS], None, actor=STRANGER))
    assert results == ["may try"] * 5 + ["sign_in_locked"] * 7


def test_counting_afterwards_would_let_the_burst_through(app: Flask) -> None:
    """The control: look first, count later, as it is often written."""
    looked = threading.Barrier(12)

    def look_then_count() -> None:
        row = db.session.get(SignInFailures, NAME)
        if row is not None and row.count >= 5:
            raise throttle.too_many(clock.now(), clock.now())
        looked.wait()
        attempts.reserve([throttle.name_key(threading.current_thread().name)], None, actor=STRANGER)

    assert in_parallel(app, 12, look_then_count) == ["may try"] * 12
