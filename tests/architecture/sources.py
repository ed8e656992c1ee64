"""The tree as the checks see it: files with their chapter and floor."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "congress_app"

# In the order of a congress: a chapter may quote earlier ones, never later ones.
CHAPTERS = (
    "kernel",
    "formats",
    "postgres_database",
    "postgres_forgetting",
    "database",
    "web",
    "audit",
    "jobs",
    "units",
    "exemplars",
    "accounts",
    "congresses",
    "quota",
    "delegates",
    "programme",
    "seating",
    "badges",
    "checkin",
    "scanners",
    "elections",
    "documents",
    "agenda",
    "dashboard",
    "dossiers",
    "operations",
    "demo",
    "cli",
    "factory",
)

RULES, TABLES, READING, DOING, FACES = 1, 2, 3, 4, 5
ROLES = {
    "models": TABLES,
    "database": TABLES,
    "queries": READING,
    "services": DOING,
    "forms": FACES,
    "scope": FACES,
    "login": FACES,
    "routes": FACES,
    "api": FACES,
    "cli": FACES,
    "factory": FACES,
}


@dataclass(frozen=True)
class Source:
    """One Python file of the package: its path below `congress_app` and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """`quota/services.py` as ("quota", "services"); a package's own file drops out."""
        parts = PurePosixPath(self.path).with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def module(self) -> str:
        """The dotted name."""
        return ".".join((PACKAGE, *self.parts))

    @property
    def is_door(self) -> bool:
        """True for `congress_app/__init__.py`."""
        return self.parts == ()

    @property
    def chapter(self) -> str:
        """The chapter: the package, or the file at the top."""
        return self.parts[0] if self.parts else "door"

    @property
    def floor(self) -> int:
        """1 rules, 2 tables, 3 reading, 4 doing, 5 faces; told by the name alone."""
        if self.is_door or self.chapter == "web":
            return FACES
        roles = [role for part in self.parts if (role := role_of(part))]
        return ROLES[roles[0]] if roles else RULES

    @property
    def role(self) -> str | None:
        """The role in the file's name, if any: `rulebook_routes` has the role `routes`."""
        return next((role for part in self.parts if (role := role_of(part))), None)


def role_of(name: str) -> str | None:
    """`routes` of "routes" and of "import_routes"; None of a pure name."""
    last = name.rpartition("_")[2]
    return last if last in ROLES else None


def order_of(chapter: str) -> int:
    """The chapter's place; an unknown chapter is an error, it must be put in order first."""
    return CHAPTERS.index(chapter)


def package_sources() -> list[Source]:
    """All files of the package; migrations keep the shape of their own tool."""
    base = ROOT / PACKAGE
    return [
        Source(path.relative_to(base).as_posix(), path.read_text("utf-8"))
        for path in sorted(base.rglob("*.py"))
        if "migrations" not in path.relative_to(base).parts
    ]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called_name(node: ast.expr) -> str:
    """The dotted words of what is called or used as decorator: "bp.get", "transaction"."""
    if isinstance(node, ast.Call):
        return called_name(node.func)
    if isinstance(node, ast.Attribute):
        return f"{called_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def one(path: str, text: str) -> list[Source]:
    """A tree of a single made-up file, for showing that a check finds what it should."""
    return [Source(path, text)]


def lines(found: Iterable[str]) -> str:
    """The faults as lines, so that a failing assertion can be read; "" of none."""
    return "\n".join(sorted(found))
