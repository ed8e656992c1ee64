"""The chapter law for strings: what a model names by table or class is never later."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tests.architecture.sources import CHAPTERS, TABLES, Source, called_name, order_of


def owners(sources: Sequence[Source]) -> dict[str, str]:
    """Chapter of every table name and every model class."""
    found: dict[str, str] = {}
    for source, node in classes(sources):
        for statement in node.body:
            if (
                isinstance(statement, ast.Assign)
                and called_name(statement.targets[0]) == "__tablename__"
                and isinstance(statement.value, ast.Constant)
            ):
                found[str(statement.value.value)] = found[node.name] = source.chapter
    return found


def classes(sources: Sequence[Source]) -> Iterator[tuple[Source, ast.ClassDef]]:
    """The classes of the table files."""
    for source in sources:
        if source.floor == TABLES and source.chapter in CHAPTERS:
            for node in ast.walk(source.tree):
                if isinstance(node, ast.ClassDef):
                    yield source, node


def table_faults(sources: Sequence[Source]) -> list[str]:
    """Foreign keys, links and types that name a later chapter or an unknown table."""
    owner = owners(sources)
    return sorted(
        f"{source.path} {node.name} {fault}"
        for source, node in classes(sources)
        for fault in (*_keys(source, node, owner), *_links(source, node, owner))
    )


def _keys(source: Source, node: ast.ClassDef, owner: dict[str, str]) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and called_name(call) == "ForeignKey":
            for argument in call.args[:1]:
                table = str(getattr(argument, "value", "")).partition(".")[0]
                if table not in owner:
                    yield f"points to the unknown table {table}"
                elif order_of(owner[table]) > order_of(source.chapter):
                    yield f"points to {table} of the later {owner[table]}"


def _links(source: Source, node: ast.ClassDef, owner: dict[str, str]) -> Iterator[str]:
    for statement in node.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.value, ast.Call):
            continue
        call = statement.value
        if called_name(call) != "relationship":
            continue
        named = {*_words(statement.annotation), *(w for a in call.args for w in _words(a))}
        chapters = {owner[word] for word in named if word in owner}
        for chapter in sorted(chapters):
            if order_of(chapter) > order_of(source.chapter):
                yield f"links to the later {chapter}"
            elif chapter != source.chapter and _populates_back(call):
                yield f"changes a model of {chapter} by back_populates"


def _words(node: ast.AST) -> Iterator[str]:
    """Names in an annotation, also those written as strings."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield inner.id
        elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value.partition(".")[0]


def _populates_back(call: ast.Call) -> bool:
    return any(keyword.arg in ("back_populates", "backref") for keyword in call.keywords)
