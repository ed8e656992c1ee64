"""The part of YAML that compose.yaml uses, read strictly: what is not understood is an error.

Mappings and lists by indentation of two spaces, an item being a value or one pair; lists and
texts in one line as JSON or plain words, comments on lines of their own. No anchors, no texts
over several lines.
"""

from __future__ import annotations

import json
import re
from typing import Any

KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):(?: (.+))?")


class Misread(Exception):
    """A line outside the part of YAML that is read here."""


def read(text: str) -> dict[str, Any]:
    """The file as nested dictionaries, lists and texts; an empty value is None."""
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip(" "))
        if indent % 2 or "\t" in line or line != line.rstrip():
            raise Misread(f"line {number}: {line!r}")
        lines.append((indent, line.strip(), number))
    found = _block(lines, 0)
    if lines or not isinstance(found, dict):
        raise Misread(f"left over: {lines[:1]}")
    return found


def _block(lines: list[tuple[int, str, int]], indent: int) -> dict[str, Any] | list[Any]:
    """Everything at this indentation; taken off the front of the lines."""
    if lines[0][1].startswith("- "):
        items = []
        while lines and lines[0][0] == indent and lines[0][1].startswith("- "):
            words = lines.pop(0)[1][2:]
            pair = KEY.fullmatch(words)
            items.append({pair[1]: _value(pair[2])} if pair and pair[2] else _value(words))
        return items
    found: dict[str, Any] = {}
    while lines and lines[0][0] == indent:
        _, words, number = lines.pop(0)
        match = KEY.fullmatch(words)
        if match is None or match[1] in found:
            raise Misread(f"line {number}: {words!r}")
        if match[2] is not None:
            found[match[1]] = _value(match[2])
        else:
            deeper = bool(lines) and lines[0][0] == indent + 2
            found[match[1]] = _block(lines, indent + 2) if deeper else None
    return found


def _value(words: str) -> Any:
    if words.startswith(('["', '"')):
        return json.loads(words)
    if words.startswith("["):
        return [_value(each.strip()) for each in words.removeprefix("[").rstrip("]").split(",")]
    if words in ("true", "false"):
        return words == "true"
    if words.isdigit():
        return int(words)
    if re.search(r"(?:: |\s#|^[&*!|>%@`{])", words):
        raise Misread(words)
    return words
