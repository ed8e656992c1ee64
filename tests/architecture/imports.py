"""The import law: floors, chapters, no import inside a function, no circles."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.architecture.sources import (
    CHAPTERS,
    DOING,
    PACKAGE,
    READING,
    RULES,
    Source,
    functions,
    order_of,
)

# What a pure file may use beside the standard library: file formats, and hashing,
# ciphers and optimising, which are arithmetic and know neither tables nor pages.
PURE_LIBRARIES = frozenset(
    {
        "PIL",
        "argon2",
        "cryptography",
        "docx",
        "icalendar",
        "fontTools",
        "highspy",
        "zxcvbn",
        "openpyxl",
        "python_calamine",
        "qrcode",
        "reportlab",
    }
)
# The words of Flask that belong to a request; tables, reading and doing never see them.
REQUEST_WORDS = frozenset(
    {"flash", "g", "redirect", "render_template", "request", "session", "url_for"}
)
FACE_LIBRARIES = frozenset({"flask_babel", "flask_wtf", "wtforms", "whitenoise", "werkzeug"})


@dataclass(frozen=True)
class Import:
    """One imported module, the names taken from it, and the line."""

    module: str
    names: tuple[str, ...]
    line: int

    @property
    def library(self) -> str:
        """The first word: the installed package, or ours."""
        return self.module.split(".")[0]


def imports_of(tree: ast.AST) -> Iterator[Import]:
    """Every import, wherever it stands; one under TYPE_CHECKING counts like any other."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, (), node.lineno)
        elif isinstance(node, ast.ImportFrom):
            yield Import(node.module or "", tuple(a.name for a in node.names), node.lineno)


def targets(imported: Import, known: dict[str, Source]) -> list[Source]:
    """Which of our files an import reaches: `from congress_app.quota import queries` is one."""
    reached = [known.get(f"{imported.module}.{name}") for name in imported.names]
    below = [source for source in reached if source is not None]
    # A package's own file is reached too, but it holds a docstring only.
    whole = known.get(imported.module)
    if whole is not None and len(below) < max(1, len(imported.names)):
        below.append(whole)
    return below


def floor_faults(sources: Sequence[Source]) -> list[str]:
    """Imports that climb: a higher floor, or a library the floor may not know."""
    known = {source.module: source for source in sources}
    return [
        f"{source.path}:{imported.line} {fault}"
        for source in sources
        for imported in imports_of(source.tree)
        for fault in (*_own(source, targets(imported, known)), *_foreign(source, imported))
    ]


def _own(source: Source, reached: Iterable[Source]) -> Iterator[str]:
    for target in reached:
        if source.role == "forms":
            words = target.module == f"{PACKAGE}.web.texts"
            if target.floor > RULES and target.role != "forms" and not words:
                yield f"a form may not import {target.module}"
        elif target.floor > source.floor:
            yield f"floor {source.floor} imports {target.module} of floor {target.floor}"


def _foreign(source: Source, imported: Import) -> Iterator[str]:
    library = imported.library
    if library == PACKAGE or library in sys.stdlib_module_names:
        return
    if source.floor == RULES:
        if library not in PURE_LIBRARIES:
            yield f"a pure file imports {library}"
    elif source.floor <= DOING:
        words = sorted(REQUEST_WORDS & set(imported.names))
        if library in FACE_LIBRARIES or (library == "flask" and not imported.names):
            yield f"floor {source.floor} imports {library}"
        elif library == "flask" and words:
            yield f"floor {source.floor} imports flask's {', '.join(words)}"


def reading_faults(sources: Sequence[Source]) -> list[str]:
    """Files that read but take hold of `transaction`."""
    return [
        f"{source.path}:{imported.line} imports transaction"
        for source in sources
        if source.floor == READING
        for imported in imports_of(source.tree)
        if "transaction" in imported.names
    ]


def chapter_faults(sources: Sequence[Source]) -> list[str]:
    """Imports of a later chapter."""
    known = {source.module: source for source in sources}
    faults = [
        f"{source.path} is in no chapter"
        for source in sources
        if not source.is_door and source.chapter not in CHAPTERS
    ]
    return faults + [
        f"{source.path}:{imported.line} {source.chapter} imports the later {target.chapter}"
        for source in sources
        if source.chapter in CHAPTERS
        for imported in imports_of(source.tree)
        for target in targets(imported, known)
        if target.chapter in CHAPTERS and order_of(target.chapter) > order_of(source.chapter)
    ]


def inner_import_faults(sources: Sequence[Source]) -> list[str]:
    """Imports inside functions, and imports by name; the door alone may."""
    faults = [
        f"{source.path}:{imported.line} imports inside {function.name}()"
        for source in sources
        if not source.is_door
        for function in functions(source.tree)
        for imported in imports_of(function)
    ]
    return faults + [
        f"{source.path}:{node.lineno} imports by name"
        for source in sources
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Attribute) and node.attr == "import_module")
        or (isinstance(node, ast.Name) and node.id == "__import__")
    ]


def circles(sources: Sequence[Source]) -> list[str]:
    """Circles between the files of one chapter on one floor; all others cannot be."""
    known = {source.module: source for source in sources}
    graph = {
        source.module: {
            target.module
            for imported in imports_of(source.tree)
            for target in targets(imported, known)
            if (target.chapter, target.floor) == (source.chapter, source.floor)
            and target.module != source.module
        }
        for source in sources
    }
    return sorted({circle for start in graph if (circle := _circle(start, graph))})


def _circle(start: str, graph: dict[str, set[str]]) -> str:
    """The circle through `start`, named from its smallest member; empty when there is none."""
    stack: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
    seen: set[str] = set()
    while stack:
        here, path = stack.pop()
        for target in sorted(graph[here]):
            if target == start:
                first = path.index(min(path))
                return " → ".join(path[first:] + path[:first])
            if target not in seen:
                seen.add(target)
                stack.append((target, (*path, target)))
    return ""
