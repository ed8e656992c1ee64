"""A file imports only the same or a lower floor and the same or an earlier chapter."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.imports import (
    chapter_faults,
    circles,
    floor_faults,
    inner_import_faults,
    reading_faults,
)
from tests.architecture.sources import ROOT, RULES, Source, lines, one, package_sources
from tests.architecture.tables import table_faults

SOURCES = package_sources()


def test_no_file_imports_a_higher_floor() -> None:
    assert lines(floor_faults(SOURCES)) == ""


def test_no_reading_file_opens_a_transaction() -> None:
    assert lines(reading_faults(SOURCES)) == ""


def test_no_chapter_imports_a_later_one() -> None:
    assert lines(chapter_faults(SOURCES)) == ""


def test_no_import_stands_inside_a_function() -> None:
    assert lines(inner_import_faults(SOURCES)) == ""


def test_no_files_import_each_other() -> None:
    assert lines(circles(SOURCES)) == ""


def test_no_table_names_a_later_chapter() -> None:
    assert lines(table_faults(SOURCES)) == ""


def test_pure_files_load_neither_flask_nor_sqlalchemy() -> None:
    modules = [source.module for source in SOURCES if source.floor == RULES]
    assert "congress_app.quota.apportionment" in modules
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "heavy = {'flask', 'sqlalchemy', 'wtforms', 'werkzeug', 'flask_sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


# What follows shows that each check finds a planted fault.

SERVICES = Source("quota/services.py", "")
QUERIES = Source("quota/queries.py", "")
WEB_FORMS = Source("web/forms.py", "")


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("quota/tally.py", "import flask", "a pure file imports flask"),
        ("quota/tally.py", "from sqlalchemy import select", "a pure file imports sqlalchemy"),
        ("kernel/clock.py", "import requests", "a pure file imports requests"),
        (
            "quota/tally.py",
            "from congress_app.quota import queries",
            "floor 1 imports congress_app.quota.queries of floor 3",
        ),
        (
            "quota/queries.py",
            "from congress_app.quota.services import propose",
            "floor 3 imports congress_app.quota.services of floor 4",
        ),
        ("quota/services.py", "from flask import g", "floor 4 imports flask's g"),
        ("quota/models.py", "import flask", "floor 2 imports flask"),
        ("quota/services.py", "from wtforms import Form", "floor 4 imports wtforms"),
        (
            "quota/forms.py",
            "from congress_app.quota import queries",
            "a form may not import congress_app.quota.queries",
        ),
        (
            "quota/import_services.py",
            "from congress_app.web import forms",
            "floor 4 imports congress_app.web.forms of floor 5",
        ),
    ],
)
def test_a_climbing_import_is_found(path: str, text: str, fault: str) -> None:
    tree = [Source(path, text), *(s for s in (SERVICES, QUERIES, WEB_FORMS) if s.path != path)]
    assert floor_faults(tree) == [f"{path}:1 {fault}"]


def test_lawful_imports_are_let_through() -> None:
    text = (
        "from flask import current_app\n"
        "from sqlalchemy import select\n"
        "from congress_app.quota import queries\n"
    )
    form = (
        "from congress_app.quota.line_forms import Line\n"
        "from congress_app.web.forms import BaseForm\n"
        "from congress_app.web.texts import lazy_say\n"
        "from wtforms import StringField\n"
    )
    tree = [
        Source("quota/services.py", text),
        Source("quota/forms.py", form),
        Source("quota/line_forms.py", ""),
        Source("web/texts.py", ""),
        Source("formats/qr.py", "import json\nimport qrcode\n"),
        QUERIES,
        WEB_FORMS,
    ]
    assert floor_faults(tree) == []


def test_a_reading_file_with_a_transaction_is_found() -> None:
    text = "from congress_app.database import db, transaction"
    assert reading_faults(one("quota/queries.py", text)) == [
        "quota/queries.py:1 imports transaction"
    ]


def test_a_later_chapter_is_found() -> None:
    tree = [
        Source("quota/tally.py", "from congress_app.badges import token"),
        Source("badges/token.py", ""),
    ]
    assert chapter_faults(tree) == ["quota/tally.py:1 quota imports the later badges"]
    assert chapter_faults(one("surveys/tally.py", "")) == ["surveys/tally.py is in no chapter"]


def test_an_import_inside_a_function_is_found() -> None:
    text = "def f():\n    import json\n"
    assert inner_import_faults(one("quota/tally.py", text)) == [
        "quota/tally.py:2 imports inside f()"
    ]
    assert inner_import_faults(one("__init__.py", text)) == []
    by_name = "import importlib\nimportlib.import_module('json')\n"
    assert inner_import_faults(one("quota/tally.py", by_name)) == [
        "quota/tally.py:2 imports by name"
    ]


def test_a_circle_is_found() -> None:
    tree = [
        Source("quota/a.py", "from congress_app.quota.b import x"),
        Source("quota/b.py", "from congress_app.quota import c"),
        Source("quota/c.py", "import congress_app.quota.a"),
        Source("quota/d.py", "from congress_app.quota import a"),
    ]
    assert circles(tree) == ["congress_app.quota.a → congress_app.quota.b → congress_app.quota.c"]
    assert circles(tree[:2] + tree[3:]) == []


UNIT = "class Unit(Model):\n    __tablename__ = 'unit'\n"
BADGE = "class Badge(Model):\n    __tablename__ = 'badge'\n"


KEY = "b: Mapped[int] = mapped_column(ForeignKey('{}.id'))"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (KEY.format("badge"), "points to badge of the later badges"),
        (KEY.format("nothing"), "points to the unknown table nothing"),
        ("b: Mapped[list[Badge]] = relationship()", "links to the later badges"),
        ("b: Mapped[list['Badge']] = relationship()", "links to the later badges"),
        ("b: Mapped[Any] = relationship('Badge')", "links to the later badges"),
        (
            "u: Mapped[Unit] = relationship(back_populates='lines')",
            "changes a model of units by back_populates",
        ),
    ],
)
def test_a_table_that_names_a_later_chapter_is_found(line: str, fault: str) -> None:
    tree = [
        Source("units/models.py", UNIT),
        Source("quota/models.py", f"class Line(Model):\n    __tablename__ = 'line'\n    {line}\n"),
        Source("badges/models.py", BADGE),
    ]
    assert table_faults(tree) == [f"quota/models.py Line {fault}"]


def test_lawful_links_are_let_through() -> None:
    line = (
        "class Line(Model):\n    __tablename__ = 'line'\n"
        "    unit_id: Mapped[int] = mapped_column(ForeignKey('unit.id'))\n"
        "    unit: Mapped[Unit] = relationship(lazy='joined')\n"
        "    parts: Mapped[list[Line]] = relationship(back_populates='parent')\n"
    )
    assert table_faults([Source("units/models.py", UNIT), Source("quota/models.py", line)]) == []
