"""What an Office document is tied to: relations that act, or that lead out of it.

Names of parts can be chosen freely; what a part is for is told by its relation and by the
list of contents, so these are read. Not looked into: documents carried inside the document
(the table behind a chart), fields in the text, and what a hyperlink leads to.
"""

from __future__ import annotations

import re
import zlib
from enum import StrEnum
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

CONTENTS = "[content_types].xml"
# All relations of a document of hundreds of pages are below this.
MOST_BYTES = 16 * 1024 * 1024
_MACRO = ("vbaproject", "vbadata", "macroenabled")
_OBJECT = ("oleobject", "activex", "/control")
# An address or another machine's folder, written as if it were a part of the package.
_LEADS_OUT = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]{2}", re.IGNORECASE)


class Tie(StrEnum):
    """Why a document is not taken."""

    MACRO = "macro"
    OBJECT = "object"
    OUTSIDE = "outside"
    UNREADABLE = "unreadable"


def tie_of(package: ZipFile) -> Tie | None:
    """The first relation or content that is not taken; None when there is none."""
    left = MOST_BYTES
    try:
        for part in package.infolist():
            name = part.filename.replace("\\", "/").casefold()
            if name == CONTENTS or name.endswith(".rels"):
                left -= part.file_size
                if left < 0:
                    return Tie.UNREADABLE
                for line in _lines(package.read(part)):
                    if found := _tie(line):
                        return found
    except (
        BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error,
        expat.ExpatError,
    ):  # fmt: skip
        return Tie.UNREADABLE
    return None


def _lines(text: bytes) -> list[dict[str, str]]:
    """The attributes of every element; ValueError for a part that declares entities."""
    found: list[dict[str, str]] = []

    def begun(_name: str, attributes: dict[str, str]) -> None:
        found.append({name.casefold(): value for name, value in attributes.items()})

    def declared(*_told: object) -> None:
        raise ValueError("a relation part declares no entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = declared
    parser.Parse(text, True)
    return found


def _tie(line: dict[str, str]) -> Tie | None:
    kind = (line.get("type", "") + " " + line.get("contenttype", "")).casefold()
    if any(word in kind for word in _MACRO):
        return Tie.MACRO
    if any(word in kind for word in _OBJECT):
        return Tie.OBJECT
    if line.get("type", "").casefold().rstrip("/").endswith("/hyperlink"):
        return None
    outside = line.get("targetmode", "").strip().casefold() == "external"
    leads_out = _LEADS_OUT.match(line.get("target", "").strip()) is not None
    return Tie.OUTSIDE if outside or leads_out else None
