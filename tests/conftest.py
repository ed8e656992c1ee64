"""Fixtures of the whole suite: a database a test, the application, clients, a still clock.

Each test works on its own database, so commits are real. On SQLite it is a copy of a file
prepared once; with TEST_DATABASE=postgres it is made from a template database on the
server of `tools/throwaway_postgres.py`, and tests that touch no database are left out,
because they would only say the same thing twice.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from sqlalchemy import event

from congress_app.database import db
from congress_app.demo import services as demo
from congress_app.demo.sizes import Size
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from congress_app.units.models import Unit
from tests import builders, memory
from tests.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.lazy_routes import build_when_asked
from tests.one_app import OneApp, make_app

pytest_plugins = ["tests.browser"]

# The machines are shared and noisy: how long an example took says nothing about the code.
# Each run draws other examples; `make fuzz` draws a thousand for each property at once.
settings.register_profile(
    "house",
    deadline=None,
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "50")),
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("house")
build_when_asked()
memory.keep_files_there()

# Begun first, so that no process of several is left alone with a long test at the end.
LONG_CHAPTERS = frozenset({"walks", "fuzz", "tools", "demo"})
THROUGH_PAGES = frozenset({"client", "as_role", "live_server"})
ON_POSTGRES = os.environ.get("TEST_DATABASE", "sqlite") == "postgres"
# A morning at the venue in the season of 2020: 08:00 on 15/06/2020.
MORNING = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)


def pytest_report_header() -> str:
    """Name the database in the first lines of every run."""
    return "database: " + ("PostgreSQL" if ON_POSTGRES else "SQLite")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """Long chapters first. On PostgreSQL only tests that use a database; the others ran already.

    With TEST_SCOPE=below_pages those that go through pages are left out as well: what a
    page shows does not depend on the server, what a query or a lock does, does.
    """
    items.sort(key=lambda item: item.path.parent.name not in LONG_CHAPTERS)
    if not ON_POSTGRES:
        return
    through_pages = THROUGH_PAGES if os.environ.get("TEST_SCOPE") == "below_pages" else frozenset()
    kept = [
        item
        for item in items
        if "database_url" in item.fixturenames and through_pages.isdisjoint(item.fixturenames)
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_collection_finish() -> None:
    """Look for circles of garbage seldom, and not among what stays to the end.

    Modules, tests and mapped classes are most of the heap, and each of many thousand rounds
    walked through them again. On PostgreSQL it stays as often as ever: a connection that is
    found together with its pool cannot be given back to it, and psycopg complains.
    """
    gc.collect()
    gc.freeze()
    if not ON_POSTGRES:
        gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def instance_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the developer's own instance folder out of the tests."""
    folder = tmp_path_factory.mktemp("instance")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INSTANCE_PATH", str(folder))
        yield folder


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Databases]:
    """Where databases come from; the tables are made once, by the real migrations."""
    folder = tmp_path_factory.mktemp("database")
    source = PostgresDatabases(worker_id) if ON_POSTGRES else SqliteDatabases(folder)
    with source.prepared() as url:
        app = make_app(url)
        with app.app_context():
            make_tables()
            db.session.remove()
            db.engine.dispose()
    yield source
    source.close()


def make_tables() -> None:
    """All tables, by the migrations a real installation runs."""
    upgrade()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Which of the parallel processes this is; "main" when there is one."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def demonstration(databases: Databases) -> str:
    """The small demonstration of 2020, loaded once; every test marked so begins with a copy."""
    with databases.filled("_demonstration") as url:
        app = make_app(url)
        with app.app_context():
            demo.load(Size.SMALL, 2020, actor=system_actor())
            db.session.remove()
            db.engine.dispose()
    return "_demonstration"


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> Iterator[str]:
    """The address of a fresh database with all tables and no rows, or the demonstration's."""
    builders.numbers.restart()
    marked = request.node.get_closest_marker("demonstration") is not None
    url = databases.create(tmp_path, request.getfixturevalue("demonstration") if marked else "")
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def one_app(databases: Databases) -> OneApp:
    """The application of this process."""
    return OneApp()


@pytest.fixture
def app(
    one_app: OneApp, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """The application, its context open for the test's own reading and writing.

    Every request gets a context of its own, as on a server, and afterwards the rows the
    test holds are read anew: nothing stale, nothing left in `g`.
    """
    monkeypatch.setenv("INSTANCE_PATH", str(tmp_path / "instance"))
    with one_app.over(database_url, tmp_path / "instance") as application:
        yield from in_context(application)


def in_context(application: Flask) -> Iterator[Flask]:
    """The application for one test: its context open, each request in another."""
    inner = application.wsgi_app

    def in_own_context(environ: Any, start_response: Any) -> Any:
        with application.app_context():
            answer = inner(environ, start_response)
        db.session.rollback()
        return answer

    application.wsgi_app = in_own_context  # type: ignore[method-assign]
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts, signed out."""
    return app.test_client()


PASSWORD = builders.PASSWORD
AsRole = Callable[..., FlaskClient]


@pytest.fixture
def as_role(app: Flask) -> AsRole:
    """`as_role("registrar", unit)` gives a client signed in with that role for that unit.

    Without a unit the role holds for everything: it is granted at the root of the tree
    (made when there is none). `client.user` is the account behind it.
    """

    def sign_in(role: Role | str, unit: Unit | None = None, **columns: Any) -> FlaskClient:
        user = builders.a_user(role, unit or builders.the_root(), **columns)
        signed_in = app.test_client()
        answer = signed_in.post("/sign-in", data={"username": user.username, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        signed_in.user = user  # type: ignore[attr-defined]
        return signed_in

    return sign_in


class Runner(FlaskCliRunner):
    """Runs a command in a context of its own; the test reads its rows anew afterwards."""

    def invoke(self, *args: Any, **kwargs: Any) -> Any:
        """As in Flask; `.exit_code`, `.stdout` and `.stderr` tell what came out."""
        with self.app.app_context():
            result = super().invoke(*args, **kwargs)
        db.session.rollback()
        return result


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """`runner.invoke(args=["congresses", "list"])` runs a command of the application."""
    return Runner(app)


class FrozenClock:
    """The clock of the house, held; it moves only when told."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.move_to(MORNING)

    @property
    def now(self) -> datetime:
        """The instant at which it stands, aware, in UTC."""
        return clock.now()

    def move_to(self, instant: datetime) -> None:
        """Stand at an aware instant."""
        self._stack.enter_context(clock.frozen(instant))

    def advance(self, **amounts: float) -> None:
        """Go on by an amount of time: `advance(minutes=16)`."""
        self.move_to(self.now + timedelta(**amounts))


@pytest.fixture
def frozen_clock() -> Iterator[FrozenClock]:
    """The clock, held at MORNING (08:00 on 15/06/2020 at the venue) in this thread."""
    with ExitStack() as stack:
        yield FrozenClock(stack)


CountQueries = Callable[[], Any]


@pytest.fixture
def count_queries(app: Flask) -> CountQueries:
    """`with count_queries() as seen: client.get(…)`; then `len(seen)` statements were sent.

    The words that open and close transactions are not counted: they differ per database.
    """

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
