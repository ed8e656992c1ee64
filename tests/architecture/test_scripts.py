"""What comes from outside never names a property that is written: no prototype is polluted."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT

SCRIPTS = sorted(
    path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.relative_to(ROOT).parts
)
# A key that is no literal number or text, written to; a merge into something that lives on;
# the words by which a prototype is reached.
_FIXED = r"\d+|\"[^\"]*\"|'[^']*'|`[^`$]*`"
WRITTEN = re.compile(rf"\[(?!\s*(?:{_FIXED})\s*\])[^\]\n]+\]\s*(?:[-+*/|&?]{{0,2}}=(?![=>]))")
_FRESH = r"document\.createElement|\{\s*\}"
MERGED = re.compile(rf"\bObject\.(?:assign|defineProperty|setPrototypeOf)\(\s*(?!{_FRESH})")
REACHED = re.compile(r"__proto__|\.prototype\b|\[[\"']constructor|\.constructor\b|\bReflect\.set")
# `const [a, b] = …` and `[a, b] = [b, a]` take apart and name no property.
_BEFORE = r"\b(?:const|let|var)\s+|^\s*|;\s*|\(\s*"
TAKEN_APART = re.compile(rf"(?:{_BEFORE})\[[^\]\n]*\]\s*=(?![=>])", re.M)


def faults(text: str) -> list[str]:
    """The places where a property could be named by what came from outside."""
    plain = TAKEN_APART.sub("", text)
    return [found[0] for rule in (WRITTEN, MERGED, REACHED) for found in rule.finditer(plain)]


def test_no_script_of_the_house_lets_names_from_outside_be_written() -> None:
    assert len(SCRIPTS) > 20
    found = {str(path.relative_to(ROOT)): faults(path.read_text("utf-8")) for path in SCRIPTS}
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(
    "line",
    [
        "words[key] = value;",
        "state.by[answer.name] ??= [];",
        "row.cells[column.name] += 1;",
        "box[`${kind}s`] = 1;",
        "Object.assign(settings, await answer.json());",
        "Object.setPrototypeOf(a, b);",
        "a.__proto__.admin = true;",
    ],
)
def test_planted_ones_are_found(line: str) -> None:
    assert len(faults(line)) >= 1


@pytest.mark.parametrize(
    "line",
    [
        "const [first, second] = pair;",
        "[a, b] = [b, a];",
        "for (const [key, value] of map) map.set(key, value);",
        "if (words[key] === 1) return;",
        "list.filter((one) => one[key] >= 2);",
        'Object.assign(document.createElement("p"), { textContent: text })',
        "cells[0] = 1;",
        "names.map(([key, value]) => key)",
    ],
)
def test_what_is_harmless_passes(line: str) -> None:
    assert faults(line) == []
