"""The security checklist names tests that exist, and every requirement once."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\*|\w+)`")
# Requirements of level 1 and 2 in each chapter of ASVS 5.0.0.
COUNTS = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7,
    10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip


@cache
def functions_of(path: str) -> frozenset[str]:
    """The names of the test functions in a file; none when there is no such file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return frozenset(
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def missing(page: str) -> list[str]:
    """What the page names and nobody wrote."""
    return [
        f"{path}::{name}"
        for path, name in NAMED.findall(page)
        if not functions_of(path) or (name != "*" and name not in functions_of(path))
    ]


def requirements(page: str) -> list[str]:
    """The numbers in the first column, in the page's order."""
    cells = re.findall(r"^\| ([\d., ]+) \| [12] \|", page, re.M)
    return [number for cell in cells for number in cell.split(", ")]


def test_every_named_test_exists() -> None:
    assert missing(PAGE) == []


def test_every_requirement_of_levels_one_and_two_has_its_line() -> None:
    found = requirements(PAGE)
    assert len(found) == len(set(found))
    by_chapter = dict.fromkeys(COUNTS, 0)
    for number in found:
        by_chapter[int(number.partition(".")[0])] += 1
    assert by_chapter == COUNTS


def test_no_line_is_left_empty() -> None:
    assert re.findall(r"^\|[^\n]*\|\s*\|$", PAGE, re.M) == []


def test_a_missing_test_is_found() -> None:
    planted = "`tests/kernel/test_clock.py::test_nobody_wrote` `tests/none.py::*`"
    assert missing(planted) == ["tests/kernel/test_clock.py::test_nobody_wrote", "tests/none.py::*"]
