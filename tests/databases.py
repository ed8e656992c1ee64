"""Where the database of each test comes from: copies of a file, or of a template."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from sqlalchemy.engine import make_url


class Databases(Protocol):
    """A source of fresh databases."""

    def prepared(self):
        """Give the address at which the tables are to be made, once."""

    def filled(self, name: str):
        """Give the address of another to be filled once; `create(folder, name)` copies it."""

    def create(self, folder: Path, name: str = "") -> str:
        """Make a fresh database, empty or as the one filled; give its address."""

    def drop(self, url: str) -> None:
        """Remove what `create` made."""

    def close(self) -> None:
        """Remove everything."""


class SqliteDatabases:
    """A prepared file, copied for each test: 4 ms."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def prepared(self) -> Iterator[str]:
        yield f"sqlite:///{self._of()}"

    @contextmanager
    def filled(self, name: str) -> Iterator[str]:
        shutil.copyfile(self._of(), self._of(name))
        yield f"sqlite:///{self._of(name)}"

    def create(self, folder: Path, name: str = "") -> str:
        path = folder / "test.sqlite"
        shutil.copyfile(self._of(name), path)
        return f"sqlite:///{path}"

    def _of(self, name: str = "") -> Path:
        return self._folder / f"prepared{name}.sqlite"

    def drop(self, url: str) -> None:
        """pytest removes the folder of a test that passed."""

    def close(self) -> None:
        for path in self._folder.glob("prepared*.sqlite"):
            path.unlink()


class PostgresDatabases:
    """A template database for each parallel process, cloned for each test.

    The next one is made, and the last removed, while a test runs: the server works beside it.
    By copying its files: writing every page to the log first, as servers since 15 do by
    themselves, takes ten times as long for our hundreds of small tables.
    """

    def __init__(self, worker: str) -> None:
        if "TEST_POSTGRES_URL" not in os.environ:
            pytest.exit("TEST_DATABASE=postgres needs a server: use make test-postgres.", 4)
        self._url = make_url(os.environ["TEST_POSTGRES_URL"])
        self._worker = worker
        self._template = f"template_{worker}"
        self._numbers = count(1)
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._admin = psycopg.connect(plain, autocommit=True)
        self._how = " STRATEGY file_copy" if self._admin.info.server_version >= 150_000 else ""
        self._beside = ThreadPoolExecutor(1)
        self._filled: dict[str, str] = {}
        self._next: Future[str] | None = None
        self._dropped: list[Future[None]] = []

    @contextmanager
    def prepared(self) -> Iterator[str]:
        self._execute(f"CREATE DATABASE {self._template}")
        yield self._address(self._template)

    @contextmanager
    def filled(self, name: str) -> Iterator[str]:
        self._filled[name] = self._beside.submit(self._clone).result()
        yield self._address(self._filled[name])

    def create(self, folder: Path, name: str = "") -> str:
        if name:
            return self._address(self._beside.submit(self._clone, self._filled[name]).result())
        made, self._next = self._next or self._beside.submit(self._clone), None
        fresh = made.result()
        self._next = self._beside.submit(self._clone)
        return self._address(fresh)

    def drop(self, url: str) -> None:
        """While the next test runs; a fault is told by the test after it."""
        name = make_url(url).database
        self._dropped.append(self._beside.submit(self._remove, str(name)))
        while self._dropped and self._dropped[0].done():
            self._dropped.pop(0).result()

    def close(self) -> None:
        for dropped in self._dropped:
            dropped.result()
        if self._next is not None:
            self._remove(self._next.result())
        self._beside.shutdown()
        for name in (*self._filled.values(), self._template):
            self._remove(name)
        self._admin.close()

    def _clone(self, template: str = "") -> str:
        name = f"test_{self._worker}_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template or self._template}{self._how}")
        return name

    def _remove(self, name: str) -> None:
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        self._admin.execute(statement.encode())

    def _address(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)
