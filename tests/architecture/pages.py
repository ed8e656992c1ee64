"""What templates, scripts, styles and rendered pages may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tests.architecture.sources import CHAPTERS, order_of

INLINE = (
    (re.compile(r"\sstyle\s*=", re.I), "inline style"),
    (re.compile(r"<style\b", re.I), "inline style sheet"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I), "inline handler"),
    (re.compile(r"javascript:", re.I), "script in an address"),
    (re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.I), "inline script"),
)
# Data in a script element is read, never run.
DATA_SCRIPT = re.compile(r"<script\b[^>]*type=\"application/(?:json|ld\+json)\"[^>]*>", re.I)
FOREIGN = re.compile(r"(?:https?:)?//[a-z0-9][a-z0-9.-]*\.[a-z]{2,}[^\s\"')]*", re.I)
# Names of XML vocabularies look like addresses and are never fetched.
NAMESPACES = ("http://www.w3.org/",)
HTML_COMMENT = re.compile(r"<!--.*?-->|\{#.*?#\}", re.S)
CODE_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.S)
REFERENCE = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")
SHARED = ("_macros", "errors")


def html_faults(text: str) -> list[str]:
    """What a template or a rendered page may not hold."""
    visible = DATA_SCRIPT.sub("", HTML_COMMENT.sub("", text))
    faults = [
        f"{name}: {found.group().strip()}"
        for rule, name in INLINE
        if (found := rule.search(visible))
    ]
    return faults + foreign(visible)


def code_faults(text: str) -> list[str]:
    """What a script or style sheet of ours may not hold: a foreign address."""
    return foreign(CODE_COMMENT.sub("", text))


def foreign(text: str) -> list[str]:
    """Addresses of other hosts."""
    found = [match.group() for match in FOREIGN.finditer(text)]
    return [f"foreign address: {a}" for a in found if not a.startswith(NAMESPACES)]


def references(text: str) -> list[str]:
    """The templates a template extends, includes or imports."""
    return REFERENCE.findall(text)


def template_chapter(name: str) -> str | None:
    """The chapter a template belongs to; None of what all share."""
    folder = name.partition("/")[0] if "/" in name else ""
    return None if folder in ("", *SHARED) else folder


def template_faults(templates: Mapping[str, str]) -> list[str]:
    """Templates outside any chapter, or that quote a later chapter's or a missing one."""
    faults = []
    for name, text in templates.items():
        chapter = template_chapter(name)
        if chapter is not None and chapter not in CHAPTERS:
            faults.append(f"{name} is in no chapter")
            continue
        for target in references(text):
            quoted = template_chapter(target)
            if target not in templates:
                faults.append(f"{name} quotes {target}, which is missing")
            elif quoted is not None and (chapter is None or order_of(quoted) > order_of(chapter)):
                faults.append(f"{name} quotes {target} of the later {quoted}")
    return faults


def orphans(templates: Mapping[str, str], rendered: Iterable[str]) -> list[str]:
    """Templates that nothing renders or quotes."""
    used = {*rendered, *(target for text in templates.values() for target in references(text))}
    return sorted(set(templates) - used)
