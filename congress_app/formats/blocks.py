"""A paper before ink: what stands on it, in order, without font, page or file format.

One description gives both files: `docx.write` and `paper_pdf.write`. It is plain data and
goes through JSON unchanged (`from_json(to_json(paper)) == paper`), so an issued paper can
be kept and printed again years later. Sizes of type are points, all else is millimetres.
Text may come decomposed; the writers compose it (NFC) at their border with `ink`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

Align = Literal["left", "centre", "right", "justify"]
PageSize = Literal["A4", "A5"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Letterhead:
    """The head of a paper: who issues it, number and symbol, place and date.

    `parents` stand above the issuer; `number` is the whole line ("Số: 05/KH-BHXH") and may
    be empty, as may `place_date` (minutes have none); `subject` is a letter's "V/v …".
    """

    parents: tuple[str, ...]
    issuer: str
    number: str = ""
    place_date: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Title:
    """The name of the kind (capitals) and what the paper is about, with the line below."""

    name: str
    subject: str = ""


@dataclass(frozen=True)
class Addressees:
    """ "Kính gửi": one in a row with it, several as a list below it."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """Text; `indent` moves its first line in, `keep_next` holds it to what follows."""

    runs: Runs
    align: Align = "justify"
    indent: bool = True
    size: float = 14
    before: float = 6  # points above it
    keep_next: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its width and how its cells stand."""

    header: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """Rows below a heading that is repeated on every page.

    `strong` are the places (from 0) of bold rows; a `row_height` is the least height of a
    row. Without headings in any column no heading row is printed.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: tuple[int, ...] = ()
    size: float = 12
    row_height: float = 0
    grid: bool = True

    @property
    def has_header(self) -> bool:
        """True when some column is headed."""
        return any(column.header for column in self.columns)


@dataclass(frozen=True)
class Signature:
    """Who signs: the lines of his authority (capitals), a note to the hand, the name."""

    authority: tuple[str, ...]
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Closing:
    """Recipients on the left, the signature on the right; never torn apart."""

    recipients: tuple[str, ...]
    signature: Signature


@dataclass(frozen=True)
class Signatures:
    """Several signatures side by side, as below minutes; never torn apart."""

    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class AnnexHead:
    """ "Phụ lục II", its title, and which paper it goes with."""

    label: str
    title: str
    reference: str = ""


@dataclass(frozen=True)
class StampBox:
    """An empty box for a seal at the left, lines of a heading (bold) at the right."""

    label: str
    lines: tuple[str, ...]
    width: float = 40
    height: float = 25


@dataclass(frozen=True)
class Plate:
    """One name plate: big lines in the middle of a framed field."""

    lines: tuple[str, ...]
    size: float
    note: str = ""
    height: float = 80


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page of the same section."""


Block = (
    Letterhead
    | Title
    | Addressees
    | Paragraph
    | Table
    | Closing
    | Signatures
    | AnnexHead
    | StampBox
    | Plate
    | PageBreak
)


@dataclass(frozen=True)
class Section:
    """Pages of one size whose numbers begin anew; the first of them shows none."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    size: PageSize = "A4"
    numbered: bool = True


@dataclass(frozen=True)
class Paper:
    """A whole file: one paper with its annexes, or the same paper for many recipients."""

    title: str
    sections: tuple[Section, ...]


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Run, Letterhead, Title, Addressees, Paragraph, Column, Table, Signature, Closing,
        Signatures, AnnexHead, StampBox, Plate, PageBreak, Section, Paper,
    )
}  # fmt: skip


def to_json(value: Any) -> Any:
    """A paper, or any part of it, as plain JSON values; text is composed on the way."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {item.name: to_json(getattr(value, item.name)) for item in fields(value)}
        return {"is": type(value).__name__, **told}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    return ink(value) if isinstance(value, str) else value


def from_json(value: Any) -> Any:
    """Read what `to_json` wrote; KeyError for a part that is not known."""
    if isinstance(value, Mapping):
        given = {key: from_json(item) for key, item in value.items() if key != "is"}
        return _KINDS[value["is"]](**given)
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    return value


def ink(text: str) -> str:
    """The text as it may be printed: composed, no control or invisible signs, one line.

    Spaces are kept as they are, since a run may end in one.
    """
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in composed
        if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return unicodedata.normalize("NFC", kept)


def plain(text: str, *, bold: bool = False, italic: bool = False) -> Runs:
    """One run."""
    return (Run(text, bold, italic),)


def text_of(paper: Paper) -> str:
    """All words of a paper, a block's parts on lines of their own: for searching and tests."""
    return "\n".join(_words(paper))


def words_of(block: Block) -> tuple[str, ...]:
    """The words of one block, a line each: for showing it without its form."""
    return tuple(_words(block))


def _words(value: Any) -> Iterable[str]:
    if isinstance(value, Paragraph):
        yield "".join(ink(run.text) for run in value.runs)
    elif isinstance(value, str):
        if value:
            yield ink(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif is_dataclass(value):
        hidden = {"size", "align"} if not isinstance(value, Paper) else {"title"}
        for item in fields(value):
            if item.name not in hidden:
                yield from _words(getattr(value, item.name))
