"""Who is kept out by others' guesses, and how many guesses others get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count, cycle, repeat
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.accounts import attempt_queries, session_queries, sessions
from congress_app.accounts import attempt_services as attempts
from congress_app.accounts import services as users
from congress_app.accounts import sign_in_services as services
from congress_app.accounts.models import User
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.kernel.errors import DomainError, TooMany
from congress_app.kernel.permissions import Actor, system_actor
from tests import builders
from tests.builders import PASSWORD

STRANGER = Actor("anonymous", None, "anonymous", "anonymous")
HOUSE = [f"10.1.{number}.1" for number in range(40)]
OWN, OUTSIDE = "10.0.0.1", "203.0.113.5"


@pytest.fixture
def user(app: Flask) -> User:
    return builders.a_user("registrar", username="mai", display_name="Trần Thị Mai")


def enter(name: str = "mai", password: str = PASSWORD, address: str = OWN) -> Any:
    return services.sign_in(name, password, address=address, browser="Firefox on Linux")


def refusal(*arguments: str) -> str:
    with pytest.raises(DomainError) as caught:
        enter(*arguments)
    return caught.value.code


def still_open(*tokens: str) -> list[bool]:
    return [session_queries.signed_in(sessions.token_hash(token)) is not None for token in tokens]


def a_colleague_everywhere(networks: int = 9) -> None:
    """A viewer who has signed in from many networks, which makes them the house's."""
    builders.a_user("viewer", username="lan")
    for address in HOUSE[:networks]:
        enter("lan", address=address)


def shut(name: str = "mai") -> None:
    """Guess at the name until all networks of the house wait for it."""
    for _ in range(5):
        refusal(name, "wrong", OUTSIDE)
    codes = [refusal(name, "wrong", address) for address in HOUSE[:9] for _ in range(4)]
    assert codes == ["bad_credentials"] * 30 + ["sign_in_locked"] * 6


def test_a_stranger_elsewhere_cannot_keep_the_owner_out(user: User, frozen_clock: Any) -> None:
    home = enter(address="10.0.0.1")
    codes = [refusal("mai", "wrong", "203.0.113.5") for _ in range(6)]
    assert codes == ["bad_credentials"] * 4 + ["sign_in_locked"] * 2
    assert refusal("mai", PASSWORD, "198.51.100.9") == "sign_in_locked"
    assert still_open(home.token, enter(address="10.0.0.1").token) == [True, True]
    # The stranger goes on waiting, and at home five failures are the end as well.
    assert refusal("mai", "wrong", "203.0.113.5") == "sign_in_locked"
    at_home = [refusal("mai", "wrong", "10.0.0.1") for _ in range(6)]
    assert at_home == ["bad_credentials"] * 4 + ["sign_in_locked"] * 2


def test_from_a_network_of_the_house_real_and_made_up_names_are_told_the_same(
    user: User, frozen_clock: Any
) -> None:
    """Else the sixth failure tells a colleague, or whoever stands in the yard, who exists."""
    builders.a_user("viewer", username="lan")
    enter("mai", address="2001:db8:0:7::1")
    enter("lan", address="10.0.0.1")
    inside, outside = "2001:db8:0:7:1:2:3:4", "203.0.113.5"
    for tried in ("mai", "lan", "nobody"):
        codes = [refusal(tried, "wrong", inside) for _ in range(11)]
        five = ["bad_credentials"] * 4 + ["sign_in_locked"]
        assert codes == [*five, *five, "sign_in_locked"], tried
        assert refusal(tried, "wrong", outside) == "sign_in_locked"


def test_a_colleague_in_other_networks_cannot_keep_the_owner_out(
    user: User, frozen_clock: Any
) -> None:
    enter()
    a_colleague_everywhere()
    shut()
    assert refusal("mai", PASSWORD, HOUSE[8]) == "sign_in_locked"
    told = []
    for minute in range(24):
        for address in (OUTSIDE, HOUSE[minute % 9], HOUSE[-1]):
            refusal("mai", "wrong", address)
        told += still_open(enter().token) if minute % 4 == 0 else []
        frozen_clock.advance(minutes=1)
    assert told == [True] * 6


def test_a_right_password_where_it_must_wait_is_no_wrong_one_in_the_log(
    user: User, frozen_clock: Any
) -> None:
    a_colleague_everywhere()
    shut()
    refusal("mai", PASSWORD, HOUSE[8])
    last = db.session.scalars(select(Entry.changes).order_by(Entry.id.desc())).first()
    assert last == {"reason": "must_wait", "failures": 5, "wait_seconds": 60}


def test_while_the_house_waits_all_names_are_told_the_same_in_every_network(
    user: User, frozen_clock: Any
) -> None:
    """Else a wrong guess tells from where the owner works, and that there is one."""
    enter()
    a_colleague_everywhere()
    heard = []
    for name in ("mai", "lan", "nobody"):
        shut(name)
        heard.append([wait_told(name, OWN if part else HOUSE[8]) for part in (0, 1) * 7])
    assert heard[0] == heard[1] == heard[2]
    assert heard[0] == [60] * 14


def wait_told(name: str, address: str) -> int:
    with pytest.raises(TooMany) as caught:
        enter(name, "wrong", address)
    return caught.value.retry_after


def is_tried(user: User, address: str) -> bool:
    """Would a guess from there open, were it right? It counts as a wrong one."""
    attempt = attempt_queries.attempt_of(user.username, user, address, None)
    try:
        attempts.reserve(attempt.keys, user, actor=STRANGER)
    except TooMany:
        return False
    return not attempt.is_shut


def guesses(user: User, networks: Iterator[str]) -> int:
    """How many are tried, from one network after the other, until two are not."""
    tried = refused = 0
    while refused < 2:
        if is_tried(user, next(networks)):
            tried += 1
        else:
            refused += 1
    return tried


def strangers() -> Iterator[str]:
    """Networks nobody signed in from, without end."""
    return (f"203.{number // 250}.{number % 250}.1" for number in count())


def test_many_networks_bring_no_more_guesses(user: User, frozen_clock: Any) -> None:
    """Pauses of a quarter of an hour once gave thirty anew each time."""
    enter()
    a_colleague_everywhere(40)
    places = {"strangers": strangers(), "house": cycle(HOUSE), "own": repeat(OWN)}
    tried: Counter[str] = Counter()
    for _ in range(95):
        for place, networks in places.items():
            tried[place] += guesses(user, networks)
        frozen_clock.advance(minutes=15, seconds=1)
    bounds = {"strangers": 35, "house": 130, "own": 35}
    assert {place: tried[place] <= most for place, most in bounds.items()} == dict.fromkeys(
        bounds, True
    ), tried


def test_an_administrators_word_grants_strangers_three_hundred_guesses_and_no_more(
    user: User, frozen_clock: Any
) -> None:
    home = enter()
    for _ in range(5):
        refusal("mai", "wrong", OUTSIDE)
    users.unlock(user, actor=system_actor())
    assert guesses(user, strangers()) == 300 + 5
    assert still_open(home.token, enter().token) == [True, True]
