"""The server's key is changed while it serves: who is signed in stays, codes stay right."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from congress_app import create_app
from congress_app.accounts import factor_services, key_file, key_services, sealing
from congress_app.accounts.models import SecondFactor, User
from congress_app.audit import chain_queries, sealed_queries
from congress_app.audit.models import Entry
from congress_app.audit.sealing import Sensitive
from congress_app.audit.services import RowHappening, record_rows
from congress_app.database import db
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import Actor, system_actor
from congress_app.scanners import pairing
from tests import builders
from tests.builders import PASSWORD
from tests.conftest import ON_POSTGRES

SYSTEM = system_actor()


@pytest.fixture
def processes(
    app: Flask, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[Flask]]:
    """Two processes of one machine, with the key in their instance folder."""
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path / "served"))
    settings = {"DATABASE_URL": database_url, "SECRET_KEY": "", "SECRET_KEY_FALLBACKS": ()}
    both = [create_app("config.Testing", **settings) for _ in range(2)]
    yield both
    for one in both:
        with one.app_context():
            db.session.remove()
            db.engine.dispose()


def run(process: Flask, *words: str) -> Any:
    with process.app_context():
        done = process.test_cli_runner().invoke(args=["key", *words, "--format", "json"])
    db.session.rollback()
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def signed_in(browser: FlaskClient, process: Flask) -> bool:
    """Is the browser, with the cookie it has, known to the other process?"""
    cookie = browser.get_cookie("congress")
    assert cookie is not None
    elsewhere = process.test_client()
    elsewhere.set_cookie("congress", cookie.value)
    return elsewhere.get("/me").status_code == 200


def halfway(process: Flask) -> FlaskClient:
    """A browser whose user has typed name and password."""
    browser = process.test_client()
    asked = browser.post("/sign-in", data={"username": "mai", "password": PASSWORD})
    assert asked.location == "/sign-in/code"
    return browser


def entered(browser: FlaskClient, step: int) -> bool:
    code = builders.a_code(step)
    return browser.post("/sign-in/code", data={"code": code}).status_code == 302


def a_factor(user: User, process: Flask, *, spoilt: bool = False) -> None:
    key = "a key nobody has any more" if spoilt else process.config["SECRET_KEY"]
    sealed = sealing.seal(b"12345678901234567890", key, user.id)
    builders.a_second_factor(user, sealed_secret=sealed)


def without_cookie(process: Flask) -> Callable[[], list[int]]:
    """A delegate's link and a device: what the process answers them."""
    congress = builders.a_congress()
    delegate = builders.a_delegate(congress, link_token="t" * 32)
    token = pairing.new_token()
    builders.a_device(congress, token_hash=pairing.digest(token))
    link, headers = f"/d/{delegate.link_token}", {"Authorization": f"Bearer {token}"}

    def answers() -> list[int]:
        client = process.test_client()
        asked = client.get(link), client.get("/api/v1/feed", headers=headers)
        return [answer.status_code for answer in asked]

    return answers


def test_all_goes_on_while_the_key_is_changed(processes: list[Flask], frozen_clock: Any) -> None:
    here, other = processes
    mai, _lan = (builders.a_user("viewer", username=name) for name in ("mai", "lan"))
    a_factor(mai, here)
    a_factor(builders.a_user("viewer", username="old"), here, spoilt=True)
    browser = here.test_client()
    browser.post("/sign-in", data={"username": "lan", "password": PASSWORD})
    waiting = halfway(here)
    answers = without_cookie(other)

    assert run(here, "rotate") == {"resealed": 1}

    assert [signed_in(browser, process) for process in processes] == [True, True]
    assert entered(waiting, 0)
    assert entered(halfway(other), 1)
    first, second = key_file.read(Path(here.config["SECRET_KEY_FILE"]))
    assert (other.config["SECRET_KEY"], other.config["SECRET_KEY_FALLBACKS"]) == (first, (second,))
    stored = db.session.scalar(select(SecondFactor.sealed_secret).filter_by(user_id=mai.id))
    assert sealing.is_current(str(stored), first)
    assert run(other, "list") == {
        "keys": [
            {"key": sealing.key_name(first), "known": True, "sealed": 1},
            {"key": sealing.key_name(second), "known": True, "sealed": 0},
            {
                "key": sealing.key_name("a key nobody has any more"),
                "known": False,
                "sealed": 1,
            },
        ]
    }

    fresh = other.test_client()
    fresh.post("/sign-in", data={"username": "lan", "password": PASSWORD})
    assert run(here, "retire") == {"retired": 1}
    assert [signed_in(one, other) for one in (browser, fresh)] == [False, True]
    assert answers() == [200, 200]
    # A file that is away for a moment takes no key from who serves.
    Path(here.config["SECRET_KEY_FILE"]).unlink()
    assert signed_in(fresh, other)
    told = db.session.execute(
        select(Entry.action, Entry.actor_kind, Entry.changes)
        .where(Entry.subject_kind == "server_key")
        .order_by(Entry.id)
    ).all()
    assert [tuple(row) for row in told] == [
        ("server_key.rotate", "system", {"resealed": 1}),
        ("server_key.retire", "system", {"keys": 1}),
    ]


def enrols(process: Flask, user: User) -> None:
    """A request that began before the keys were changed: its process holds the old one."""
    factor_services.begin(actor=Actor("user", user.id, user.username, "Lan"))


def seals_with_what_it_holds(process: Flask, user: User) -> None:
    """The control: nothing is read anew."""
    a_factor(user, process)


@pytest.mark.parametrize(("act", "may_lose"), [(enrols, False), (seals_with_what_it_holds, True)])
def test_no_secret_is_lost_while_keys_are_changed_and_dropped(
    processes: list[Flask], act: Callable[[Flask, User], None], may_lose: bool
) -> None:
    here, old = processes
    file, first = Path(old.config["SECRET_KEY_FILE"]), old.config["SECRET_KEY"]
    ids = [builders.a_user("viewer", username=f"user{n}").id for n in range(6)]
    db.session.rollback()
    begun = threading.Event()

    def in_thread(process: Flask, work: Callable[[], None]) -> threading.Thread:
        def run_it() -> None:
            with process.app_context():
                work()

        return threading.Thread(target=run_it)

    def enrol_all() -> None:
        for user_id in ids:
            act(old, db.session.get_one(User, user_id))
            begun.set()

    def change() -> None:
        begun.wait(10)
        key_services.rotate(actor=SYSTEM)
        with suppress(Conflict):  # one of them was used just now
            key_services.retire(actor=SYSTEM)

    threads = [in_thread(old, enrol_all), in_thread(here, change), in_thread(here, change)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    run(here, "retire")
    with old.app_context():
        act(old, builders.a_user("viewer", username="late"))
        stored = db.session.scalars(select(SecondFactor)).all()
        keys = key_file.read(file)
        opened = [sealing.unseal(one.sealed_secret, keys, one.user_id) for one in stored]
    assert (len(opened), len(keys)) == (len(ids) + 1, 1)
    assert old.config["SECRET_KEY"] == first != keys[0]
    assert (None in opened) is may_lose


def test_no_value_of_the_log_is_lost_when_its_key_is_dropped_between_two_parts(
    processes: list[Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_queries, "_AT_ONCE", 2)
    here, other = processes
    both = {"ethnicity": Sensitive("Kinh", "Tày")}
    with here.app_context():
        rows = [RowHappening(number, "Lê An", both) for number in range(6)]
        record_rows("delegate.edit", "delegate", rows, actor=SYSTEM)
    db.session.rollback()
    real, begun = key_services._alone, itertools.count(1)

    @contextmanager
    def alone() -> Iterator[Session]:
        # Of the first process: the key, the first part, and before the second all of theirs.
        if next(begun) == 3:
            run(other, "rotate")
            run(other, "retire")
        with real() as session:
            yield session

    monkeypatch.setattr(key_services, "_alone", alone)
    run(here, "rotate")
    with here.app_context():
        found = chain_queries.verify()
    keys = key_file.read(Path(here.config["SECRET_KEY_FILE"]))
    assert (found.fault, found.opened, found.shut, len(keys)) == (None, 6, 0, 1)
    assert here.config["SECRET_KEY"] == keys[0]


def test_a_key_from_the_environment_is_changed_there(app: Flask) -> None:
    user = builders.a_user("viewer", username="mai")
    old = str(app.config["SECRET_KEY"])
    builders.a_second_factor(user)
    app.config["SECRET_KEY_FILE"] = ""
    refused = app.test_cli_runner().invoke(args=["key", "rotate"])
    assert (refused.exit_code, "SECRET_KEY_FALLBACKS" in refused.stderr) == (3, True)
    app.config.update(SECRET_KEY="q7Zt0VdPp3kRw9LmXc2YbN5sHf8JgTa1", SECRET_KEY_FALLBACKS=(old,))
    assert entered(halfway(app), 0)
    assert run(app, "reseal") == {"resealed": 1}
    app.config["SECRET_KEY_FALLBACKS"] = ()
    assert entered(halfway(app), 1)


def test_without_any_key_the_start_ends_with_a_sentence(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "strange").write_bytes(b"\xff\xfe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("empty", "strange", "folder", "loop", "empty/none", "nowhere/none"):
        monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / name))
        with pytest.raises(SystemExit, match="Không đọc được khóa nào trong"):
            create_app("config.Testing", DATABASE_URL=database_url, SECRET_KEY="")


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer: nobody seals beside it")
def test_a_key_is_not_dropped_while_work_goes_on_that_began_under_it(
    processes: list[Flask],
) -> None:
    here, _old = processes
    db.session.rollback()
    with db.engine.connect() as under_way:
        under_way.execute(select(User.id).limit(1))
        run(here, "rotate")
        with here.app_context(), pytest.raises(Conflict) as caught:
            key_services.retire(actor=SYSTEM)
    assert caught.value.code == "key_in_use"
    assert run(here, "retire") == {"retired": 1}
