"""The documents say what the code does: codes, commands, chapters, links."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from congress_app.formats.faults import FAULT_CODES
from tests.architecture.sources import CHAPTERS, ROOT, Source, called_name, lines, package_sources

CODE_BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
}


def enumerated(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """Every StrEnum of the package: where it stands, and each of its values."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef) and "StrEnum" in map(called_name, node.bases):
                for statement in node.body:
                    value = getattr(statement, "value", None)
                    if isinstance(statement, ast.Assign) and isinstance(value, ast.Constant):
                        yield f"{source.path} {node.name}", str(value.value)


def undocumented(codes: Iterable[tuple[str, str]], glossary: str) -> list[str]:
    """Codes that stand nowhere in the glossary as `code`."""
    return [f"{place}: {code}" for place, code in codes if f"`{code}`" not in glossary]


def first_block(text: str) -> str:
    """The first block of commands of a document."""
    found = CODE_BLOCK.search(text)
    return found.group(1) if found else ""


def dead_links(name: str, text: str) -> list[str]:
    """Links of a document to files that are not there."""
    folder = (ROOT / name).parent
    targets = [target for target in LINK.findall(text) if "://" not in target]
    return [f"{name} → {target}" for target in targets if not (folder / target).exists()]


def test_every_code_stands_in_the_glossary() -> None:
    codes = [*enumerated(package_sources()), *(("sheet fault", code) for code in FAULT_CODES)]
    assert ("kernel/permissions.py Permission", "audit:read") in codes
    assert ("checkin/decision.py Reason", "clock_skew") in codes
    assert lines(undocumented(codes, DOCUMENTS["docs/glossary.md"])) == ""


def test_the_readme_begins_with_the_two_commands() -> None:
    assert first_block(DOCUMENTS["README.md"]) == "make run\nmake test\n"


def test_links_between_documents_lead_somewhere() -> None:
    assert lines(link for name, text in DOCUMENTS.items() for link in dead_links(name, text)) == ""


def test_the_chapter_order_is_written_down_as_it_is_enforced() -> None:
    assert " · ".join(CHAPTERS) in DOCUMENTS["docs/architecture.md"]


def test_each_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.M))
    development = DOCUMENTS["docs/development.md"]
    assert {target for target in targets if f"`make {target}`" not in development} == set()


# What follows shows that each check finds a planted fault.


def test_a_missing_code_is_found() -> None:
    source = Source("x.py", "class Kind(StrEnum):\n    A = 'a'\n    B = 'b'\n")
    assert undocumented(enumerated([source]), "only `a` is told") == ["x.py Kind: b"]


def test_a_dead_link_is_found() -> None:
    text = "[here](glossary.md), [there](missing.md#x), [far](https://example.com/)"
    assert dead_links("docs/architecture.md", text) == ["docs/architecture.md → missing.md"]


def test_the_first_block_is_read() -> None:
    assert first_block("a\n```sh\nmake run\n```\n```\nother\n```\n") == "make run\n"
    assert first_block("no block") == ""
