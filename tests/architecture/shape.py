"""Shapes and habits: one commit, short files, plain names, what each role may do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from tests.architecture.sources import (
    DOING,
    FACES,
    READING,
    Source,
    called_name,
    functions,
)

FILE_LINES, FUNCTION_LINES, VIEW_LINES = 300, 40, 15
EMPTY_WORDS = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")
WRITING_WORDS = frozenset({"add", "add_all", "commit", "delete", "flush", "merge"})
ACCESS_WORDS = frozenset({"public", "requires", "signed_in", "device_only", "device_always"})
# Asked inside the transaction of whoever changes the row, before the write.
INNER = frozenset({"audit/services.py changed"})
# What the feed tells is derived from the tables when a device asks, so this GET may write:
# derived rows only, the same for whoever asks, never a fact.
DERIVING = frozenset({"scanners/feed_api.py feed"})
ROUTE_WORDS = frozenset({"route", "get", "post", "put", "patch", "delete"})


def commit_places(sources: Sequence[Source]) -> list[str]:
    """Every call of a method named commit: there must be one, in `database.py`."""
    return [
        source.path
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and called_name(node).endswith(".commit")
    ]


def writing_faults(sources: Sequence[Source]) -> list[str]:
    """Reading files and faces that change the session themselves."""
    return [
        f"{source.path}:{node.lineno} calls {name}"
        for source in sources
        if source.floor in (READING, FACES) and not source.is_door
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and (name := called_name(node)).rpartition(".")[2] in WRITING_WORDS
        and name.rpartition(".")[0].rpartition(".")[2] == "session"
    ]


def size_faults(sources: Sequence[Source]) -> list[str]:
    """Files and functions beyond the budget; a test may list as much as it compares."""
    long_files = [
        f"{source.path} has {lines} lines"
        for source in sources
        if (lines := len(source.text.splitlines())) > FILE_LINES
    ]
    return long_files + [
        f"{source.path} {function.name}() has {lines} lines"
        for source in sources
        if not source.path.startswith("tests/")
        for function in functions(source.tree)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]


def name_faults(paths: Iterable[str]) -> list[str]:
    """Files and folders whose name says nothing about what is inside."""
    return [
        path
        for path in paths
        if any(EMPTY_WORDS.search(part.partition(".")[0].lower()) for part in path.split("/"))
    ]


def package_faults(sources: Sequence[Source]) -> list[str]:
    """A chapter's own file holds a docstring and nothing else."""
    return [
        source.path
        for source in sources
        if source.path.endswith("/__init__.py")
        and len(source.parts) == 1
        and (len(source.tree.body) != 1 or ast.get_docstring(source.tree) is None)
    ]


def views(source: Source) -> Iterator[tuple[ast.FunctionDef, list[str]]]:
    """The functions under a route decorator, with the words of all their decorators."""
    for function in functions(source.tree):
        words = [called_name(decorator) for decorator in function.decorator_list]
        routes = [w for w in words if "." in w and w.rpartition(".")[2] in ROUTE_WORDS]
        if routes and isinstance(function, ast.FunctionDef):
            yield function, words


def view_faults(sources: Sequence[Source]) -> list[str]:
    """Views without exactly one access declaration under the route, or with a long body."""
    faults = []
    for source in sources:
        for view, words in views(source):
            declared = [word for word in words if word in ACCESS_WORDS]
            if len(declared) != 1:
                faults.append(f"{source.path} {view.name}() declares {declared or 'nothing'}")
            elif words[-1] != declared[0] and words.index(declared[0]) == 0:
                faults.append(f"{source.path} {view.name}() declares above its route")
            if (lines := body_lines(view)) > VIEW_LINES:
                faults.append(f"{source.path} {view.name}() has a body of {lines} lines")
    return faults


def body_lines(function: ast.FunctionDef) -> int:
    """Lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def reading_view_faults(sources: Sequence[Source]) -> list[str]:
    """Views that only answer GET but call a service: reading changes nothing."""
    return [
        f"{source.path} {view.name}() answers GET and calls {name}"
        for source in sources
        for view, words in views(source)
        if only_reads(view, words) and f"{source.path} {view.name}" not in DERIVING
        for name in service_calls(source, view)
    ]


def only_reads(view: ast.FunctionDef, words: list[str]) -> bool:
    """True when no other method than GET reaches the view."""
    methods = [word.rpartition(".")[2] for word in words if "." in word]
    routes = [method for method in methods if method in ROUTE_WORDS]
    named = [
        keyword
        for decorator in view.decorator_list
        if isinstance(decorator, ast.Call)
        for keyword in decorator.keywords
        if keyword.arg == "methods"
    ]
    return set(routes) <= {"get", "route"} and not named


def service_calls(source: Source, function: ast.FunctionDef) -> list[str]:
    """Functions called in the function that stand in a `services` file; values are not counted."""
    doors = {
        (alias.asname or alias.name): f"{node.module}.{alias.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    called = [called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [
        name
        for name in called
        if not name.rpartition(".")[2][:1].isupper()
        and any(
            part.split("_")[-1] == "services"
            for part in doors.get(name.partition(".")[0], "").split(".")
        )
    ]


def service_faults(sources: Sequence[Source]) -> list[str]:
    """Public functions of services that open no transaction, on no way inside the file."""
    return [
        f"{source.path} {name}() opens no transaction"
        for source in sources
        if source.floor == DOING
        for name, function in top_functions(source).items()
        if not name.startswith("_")
        and f"{source.path} {name}" not in INNER
        and not opens(source, function, set())
    ]


def top_functions(source: Source) -> dict[str, ast.FunctionDef]:
    """The functions that stand directly in the file."""
    return {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}


def opens(source: Source, function: ast.FunctionDef, seen: set[str]) -> bool:
    """True when it calls transaction(), itself or through another service."""
    seen.add(function.name)
    called = {called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
    if "transaction" in called or service_calls(source, function):
        return True
    top = top_functions(source)
    return any(opens(source, top[name], seen) for name in called & set(top) - seen)
