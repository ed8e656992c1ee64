"""Real files spoilt: bytes flipped, cut, doubled; parts of a package swapped, dropped, swollen."""

from __future__ import annotations

import io
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from types import FrameType
from xml.sax.saxutils import escape

from tests.fuzz.values import NASTY, mutated

# Unfolds to gigabytes where a reader follows entities.
_BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in range(ord("b"), 108)
    )
    + b"]>"
)
_SWOLLEN = 8 * 1024 * 1024


def spoilt(chance: Random, data: bytes) -> bytes:
    """The file as an accident or an attacker leaves it; now and then as it was."""
    mark = chance.random()
    if mark < 0.4 or not zipfile.is_zipfile(io.BytesIO(data)):
        return mutated(chance, data)
    parts = _parts(data)
    for _ in range(chance.choice([1, 1, 2, 5])):
        chance.choice([_swap, _drop, _spoil, _spoil, _reword, _reword, _bomb, _swell])(
            chance, parts
        )
    return _package(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def _swap(chance: Random, parts: dict[str, bytes]) -> None:
    one, other = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    parts[one], parts[other] = parts[other], parts[one]


def _drop(chance: Random, parts: dict[str, bytes]) -> None:
    if len(parts) > 1:
        del parts[chance.choice(sorted(parts))]


def _spoil(chance: Random, parts: dict[str, bytes]) -> None:
    name = chance.choice(sorted(parts))
    parts[name] = mutated(chance, parts[name])


def _reword(chance: Random, parts: dict[str, bytes]) -> None:
    """Another value between two marks or quotation marks: the file stays well formed."""
    name = chance.choice(sorted(parts))
    ends = b'"' if chance.random() < 0.5 else b"<"
    pieces = parts[name].split(ends)
    if len(pieces) > 2:
        at = chance.randrange(1, len(pieces) - 1)
        word = "".join(c for c in chance.choice(NASTY) if c >= " ")
        told = escape(word, {'"': "&quot;"}).encode(errors="replace")
        pieces[at] = told if ends == b'"' else pieces[at].partition(b">")[0] + b">" + told
        parts[name] = ends.join(pieces)


def _bomb(chance: Random, parts: dict[str, bytes]) -> None:
    name = chance.choice(sorted(parts))
    head, mark, rest = parts[name].partition(b"?>")
    parts[name] = head + mark + _BOMB + rest.replace(b"</", b"&k;</", 1)


def _swell(chance: Random, parts: dict[str, bytes]) -> None:
    name = chance.choice(sorted(parts))
    head, mark, rest = parts[name].partition(b">")
    parts[name] = head + mark + b" " * chance.choice([1_000, _SWOLLEN]) + rest


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Ends what hangs: raises TimeoutError in the middle of it."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
