"""Routes build their addresses' functions when first asked, in tests only.

werkzeug compiles two functions for each of three hundred routes when a map is made: a
quarter of a second, of no weight for a server and most of the time of a short test that
needs an application of its own (`tests/one_app.py` shares the others).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., Any]


def build_when_asked() -> None:
    """Let every rule made from now on compile its builders late."""
    Rule._compile_builder = _later  # type: ignore[method-assign,assignment]


_at_once: Callable[[Rule, bool], Builder] = Rule._compile_builder


def _later(rule: Rule, append_unknown: bool = True) -> Builder:
    compiled: list[Builder] = []

    def build(self: Rule, *values: Any, **more: Any) -> Any:
        if not compiled:
            compiled.append(_at_once(rule, append_unknown))
        return compiled[0](self, *values, **more)

    return build
