"""What a sheet may hold: one Field for each column that is understood.

A list of Fields drives both directions: matching the header words of an uploaded sheet
and building the template that is offered for download.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from congress_app.kernel.vietnamese import fold, nfc

FieldRole = Literal["name", "birth", "sex"]
FieldKind = Literal["text", "date", "number"]

# From within: one that is never closed is not looked for from every letter on.
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NESTED = 3


@dataclass(frozen=True)
class Field:
    """A column by its canonical header, with the other words people use for it.

    `role` tells what the field is to layouts that spread it over columns: a full name
    split into Họ đệm and Tên; a sex or birth date told by columns Nam and Nữ.
    `help`, `choices`, `example` and `kind` serve the template; `header` and `help` are
    marked with `N_` where they are written.
    """

    key: str
    header: str
    variants: tuple[str, ...] = ()
    required: bool = False
    role: FieldRole | None = None
    help: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    kind: FieldKind = "text"


def exact_key(header: str) -> str:
    """Letters and digits of a header in lower case, accents kept: "ĐT" is not "DT"."""
    return "".join(c for c in nfc(header).casefold() if c.isalnum())


def folded_key(header: str) -> str:
    """As `exact_key`, without accents: "HO VA TEN" is "Họ và tên"."""
    return "".join(c for c in fold(header) if c.isalnum())


def header_keys(header: str) -> tuple[tuple[str, str], ...]:
    """The (exact, folded) keys to try for a header: as it stands, then without brackets."""
    whole = (exact_key(header), folded_key(header))
    outside = outside_brackets(header)
    bare = (exact_key(outside), folded_key(outside))
    return (whole,) if bare == whole or not bare[0] else (whole, bare)


def outside_brackets(header: str) -> str:
    """The header without what it explains in brackets, and in brackets within them."""
    for _ in range(_NESTED):
        header = _BRACKETS.sub(" ", header)
    return header
