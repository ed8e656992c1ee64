"""Templates and static files mirror the chapters and hold nothing inline or foreign."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.pages import (
    code_faults,
    html_faults,
    orphans,
    template_chapter,
    template_faults,
)
from tests.architecture.sources import CHAPTERS, ROOT, called_name, lines, order_of, package_sources

SOURCES = package_sources()
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text("utf-8")
    for path in sorted((ROOT / "templates").rglob("*"))
    if path.is_file()
}
OWN_CODE = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted((ROOT / "static").rglob("*"))
    if path.suffix in (".js", ".css", ".svg", ".webmanifest", ".html")
    and "vendor" not in path.parts
}
# Every use of a template's name in Python: the file it stands in, and the name.
RENDERED = [
    (source, str(node.args[0].value))
    for source in SOURCES
    for node in ast.walk(source.tree)
    if isinstance(node, ast.Call)
    and called_name(node).rpartition(".")[2] in ("render_template", "get_template", "render")
    and node.args
    and isinstance(node.args[0], ast.Constant)
    and str(node.args[0].value).endswith((".html", ".txt", ".ics", ".xml"))
]


def test_templates_hold_nothing_inline_or_foreign() -> None:
    found = {name: faults for name, text in TEMPLATES.items() if (faults := html_faults(text))}
    assert found == {}


def test_scripts_and_styles_name_no_foreign_address() -> None:
    found = {name: faults for name, text in OWN_CODE.items() if (faults := code_faults(text))}
    assert found == {}


def test_templates_mirror_the_chapters() -> None:
    assert lines(template_faults(TEMPLATES)) == ""


def test_a_chapter_renders_its_own_templates_or_earlier_ones() -> None:
    missing = [f"{source.path}: {name}" for source, name in RENDERED if name not in TEMPLATES]
    later = [
        f"{source.path}: {name}"
        for source, name in RENDERED
        if (chapter := template_chapter(name)) in CHAPTERS
        and order_of(str(chapter)) > order_of(source.chapter)
    ]
    assert (missing, later) == ([], [])


def test_no_template_is_left_over() -> None:
    named = {
        node.value
        for source in SOURCES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert lines(orphans(TEMPLATES, named)) == ""


def test_static_folders_mirror_the_chapters() -> None:
    folders = {path.name for path in (ROOT / "static").iterdir() if path.is_dir()}
    assert folders - {"fonts", "vendor", "icons", *CHAPTERS} == set()


# What follows shows that each check finds a planted fault.


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color:red">', 'inline style: style='),
        ("<STYLE>p{}</STYLE>", "inline style sheet: <STYLE"),
        ('<a onclick="go()">', 'inline handler: onclick="'),
        ('<a href="javascript:go()">', "script in an address: javascript:"),
        ("<script>go()</script>", "inline script: <script"),
        ('<script type="module">go()</script>', "inline script: <script"),
        ('<img src="https://cdn.example.com/x.png">', "foreign address: https://cdn.example.com/x.png"),
        ('<img src="//cdn.example.com/x.png">', "foreign address: //cdn.example.com/x.png"),
    ],
)  # fmt: skip
def test_an_inline_or_foreign_thing_is_found(text: str, fault: str) -> None:
    assert html_faults(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        '<script src="/static/base.js" defer></script>',
        '<script type="application/json" id="feed">{}</script>',
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
        "<p>Ngày 05/07/2020, số 12/QĐ-BHXH</p>",
        '<a href="/congresses/1">Hội nghị</a>',
        "{# <p style=x> #}<!-- https://example.com -->",
    ],
)
def test_a_lawful_page_is_let_through(text: str) -> None:
    assert html_faults(text) == []


def test_a_foreign_address_in_code_is_found() -> None:
    assert code_faults('@import url("https://fonts.example.com/a.css");') == [
        "foreign address: https://fonts.example.com/a.css"
    ]
    assert code_faults("// see https://example.com/why\nfetch('/api/v1/feed');\n") == []
    assert code_faults("fetch('//evil.example.com/x');") == [
        "foreign address: //evil.example.com/x"
    ]


def test_a_template_that_quotes_a_later_chapter_is_found() -> None:
    templates = {
        "base.html": '{% include "units/_row.html" %}',
        "units/_row.html": "",
        "units/index.html": '{% extends "base.html" %}{% include "badges/_row.html" %}',
        "units/show.html": '{% from "units/missing.html" import x %}',
        "badges/_row.html": '{% include "units/_row.html" %}',
        "surveys/index.html": "",
    }
    assert template_faults(templates) == [
        "base.html quotes units/_row.html of the later units",
        "units/index.html quotes badges/_row.html of the later badges",
        "units/show.html quotes units/missing.html, which is missing",
        "surveys/index.html is in no chapter",
    ]


def test_a_left_over_template_is_found() -> None:
    templates = {"base.html": "", "units/a.html": '{% extends "base.html" %}', "units/b.html": ""}
    assert orphans(templates, ["units/a.html"]) == ["units/b.html"]
