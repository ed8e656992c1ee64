"""Applications for tests; one for those of a process, handed on while each leaves it as it was.

Building it takes most of the time of a short test. So it is built once and moved to the
database and the folder of each test; what it remembers in memory is forgotten then. A test
that changes anything of it (a setting, a route, a handler) may do so: the application is
thrown away after it, and the next test gets a new one. Nothing need be restored.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine

from congress_app import create_app, database
from congress_app.database import _READING, db

# What the process has counted so far.
_COUNTING = ("counters", "rate_window")


# Of all pages; the 500 a server keeps would be thrown out by the chapters' coming and going.
_STATEMENTS = 3000


class SharedTemplates(BytecodeCache):
    """Compiled templates of this process: compiling the same pages again for each application
    took most of the suite's time."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what an earlier application compiled."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_TEMPLATES = SharedTemplates()
# The first engine of each kind of database: its compiled statements serve all others.
_first: dict[str, Engine] = {}


def make_app(url: str, **settings: Any) -> Flask:
    """The application over the database at `url`; `settings` override the configuration.

    Pages and statements are compiled once for all applications of the process.
    """
    app = create_app("config.Testing", DATABASE_URL=url, **settings)
    app.jinja_env.bytecode_cache = _TEMPLATES
    with app.app_context():
        if db.engine.dialect.name not in _first:
            db.engine.connect().close()  # its dialect, shared from now on, learns
            db.engine._compiled_cache.capacity = _STATEMENTS
            _first[db.engine.dialect.name] = db.engine
        _share_statements(app)
    return app


def _share_statements(app: Flask) -> None:
    """Compiled statements are kept for a dialect; those of the first engine are as good here.

    What a dialect learns from its first connection is of the server, and all databases of a
    run are on one.
    """
    for engine in (db._app_engines[app][None], app.extensions[_READING]):
        first = _first[engine.dialect.name]
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


class OneApp:
    """Lends an application to one test after the other."""

    def __init__(self) -> None:
        self._app: Flask | None = None

    @contextmanager
    def over(self, url: str, instance: Path) -> Iterator[Flask]:
        """The application over the database at `url`, as if just built, its files in `instance`."""
        app = self._app
        if app is None:
            app = make_app(url)
        else:
            _move(app, url)
        app.instance_path = str(instance)
        instance.mkdir(parents=True, exist_ok=True)
        self._app = None
        extensions, plain, found = dict(app.extensions), app.wsgi_app, _picture(app)
        yield app
        app.wsgi_app = plain  # type: ignore[method-assign]
        # What the app keeps for later requests is put there when first needed.
        for name in app.extensions.keys() - extensions.keys():
            del app.extensions[name]
        app._got_first_request = False
        now = _picture(app)
        # Flask itself adds parts when they are first used; none may differ.
        if all(now.get(name) == value for name, value in found.items()):
            self._app = app


def _move(app: Flask, url: str) -> None:
    """To another database, with engines of its own; the rest as on the first day."""
    app.config["DATABASE_URL"] = app.config["SQLALCHEMY_DATABASE_URI"] = url
    for name in _COUNTING:
        app.extensions[name].__init__()
    teardowns, shells = list(app.teardown_appcontext_funcs), list(app.shell_context_processors)
    del app.extensions["sqlalchemy"]
    database.init_app(app)
    _share_statements(app)
    app.teardown_appcontext_funcs[:], app.shell_context_processors[:] = teardowns, shells


def _picture(app: Flask) -> dict[str, Any]:
    """Everything a test could change of the application, to be compared."""
    own = {name: _copy(value) for name, value in vars(app).items()}
    jinja = app.jinja_env
    pages = (_copy(jinja.filters), _copy(jinja.globals), _copy(jinja.tests))
    return {**own, "pages": pages, "rules": sum(1 for _ in app.url_map.iter_rules())}


def _copy(value: Any) -> Any:
    """Lists and dicts to the last level; empty ones, which Flask makes by looking, left out."""
    if isinstance(value, dict):
        return {key: copied for key, one in value.items() if (copied := _copy(one)) not in ({}, [])}
    if isinstance(value, list):
        return [_copy(one) for one in value]
    return value
