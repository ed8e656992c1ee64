"""Whether a PDF holds what acts or carries another file, told without opening it.

Scripts, programs to launch and attached files all stand under names of the format. They are
looked for in the bytes as they lie there and in the object streams, where newer files keep
most of their objects compressed. Not looked into: page contents, pictures and fonts, streams
packed in rarer ways, and what an address in the document leads to.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from enum import StrEnum


def _name(word: str) -> re.Pattern[bytes]:
    """Finds the name, each letter as it is or as a number: /J#61vaScript."""
    letters = "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in word)
    ends = r"(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
    return re.compile(f"/{letters}{ends}".encode())


# Long enough never to stand in packed bytes by chance, so looked for everywhere.
_EVERYWHERE = {
    "JavaScript": "script",
    "Launch": "launch",
    "EmbeddedFile": "file",
    "EmbeddedFiles": "file",
}
_NAMES = {_name(word): found for word, found in _EVERYWHERE.items()}
# Too short for that: looked for between the streams only.
_SHORT_SCRIPT = _name("JS")
_OBJECTS, _PREDICTOR = _name("ObjStm"), _name("Predictor")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
# An object stream begins with pairs of numbers, whatever is written in front of it.
_PAIRS = re.compile(rb"\s*\d+\s+\d+\s")
_HEAD = 1024
_DICTIONARY = 4096
_AT_ONCE = 16 * 1024
# What the object streams of a file may unfold into, and how many streams there may be: papers
# of ours stay far below, and a file made to keep the server busy is not read further.
MOST_UNFOLDED = 128 * 1024 * 1024
MOST_STREAMS = 20_000


class Active(StrEnum):
    """Why a PDF is not taken."""

    SCRIPT = "script"
    LAUNCH = "launch"
    FILE = "file"
    LOCKED = "locked"


def active_part(data: bytes) -> Active | None:
    """The first thing found that acts or cannot be looked into; None when there is none."""
    if found := _named(data):
        return found
    if _SHORT_SCRIPT.search(b"\n".join(_between(data))):
        return Active.SCRIPT
    return _in_object_streams(data)


def _named(text: bytes) -> Active | None:
    return next((Active(found) for name, found in _NAMES.items() if name.search(text)), None)


def _between(data: bytes) -> Iterator[bytes]:
    """What stands outside of the streams."""
    at = 0
    for start in _STREAM.finditer(data):
        if start.start() < at:
            continue
        yield data[at : start.start()]
        end = data.find(b"endstream", start.end())
        at = len(data) if end < 0 else end
    yield data[at:]


def _in_object_streams(data: bytes) -> Active | None:
    left = MOST_UNFOLDED
    for number, start in enumerate(_STREAM.finditer(data)):
        if number == MOST_STREAMS:
            return Active.LOCKED
        before = data[max(0, start.start() - _DICTIONARY) : start.start()]
        dictionary = before[before.rfind(b"endstream") + 1 :]
        is_named = _OBJECTS.search(dictionary) is not None
        if not is_named and not _PAIRS.match(_unfolded(data, start.end(), _HEAD)[0]):
            continue
        text, is_whole = _unfolded(data, start.end(), left)
        left -= len(text)
        # Written with a predictor the names are not what they look like.
        is_readable = is_whole and not _PREDICTOR.search(dictionary)
        if left <= 0 or (is_named and not is_readable):
            return Active.LOCKED
        if found := _named(text):
            return found
        if is_named and _SHORT_SCRIPT.search(text):
            return Active.SCRIPT
    return None


def _unfolded(data: bytes, start: int, most: int) -> tuple[bytes, bool]:
    """At most so much of a packed stream, and whether that was all of it."""
    unfolding, parts, size = zlib.decompressobj(), [], 0
    try:
        while start < len(data) and size < most and not unfolding.eof:
            packed = data[start : start + _AT_ONCE]
            start += len(packed)
            parts.append(unfolding.decompress(packed, most - size))
            start -= len(unfolding.unconsumed_tail)
            size += len(parts[-1])
    except zlib.error:
        return b"".join(parts), False
    return b"".join(parts), unfolding.eof
