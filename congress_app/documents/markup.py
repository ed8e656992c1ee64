"""The text of a paper as an organiser writes it, and its checking.

One line is one paragraph. A line may begin with a mark:

    # heading          bold
    > centred          bold, in the middle ("QUYẾT ĐỊNH:")
    ~ ground           italic, as the căn cứ of a decision
    ? optional         left out when one of its placeholders has no value

Within a line **words** are bold and {ten_hoi_nghi} is filled from the facts. A placeholder
of a table stands alone on its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from congress_app.documents.letterhead import ended
from congress_app.formats.blocks import Block, Paragraph, Run, Runs
from congress_app.kernel.sentences import N_, Sentence

PLACE = re.compile(r"\{([^{}]*)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MARKS = "#>~"
Expand = Callable[[str], tuple[Block, ...]]


@dataclass(frozen=True)
class TextFault:
    """What is wrong in a text, at which line and column (both from 1)."""

    line: int
    column: int
    sentence: Sentence


@dataclass(frozen=True)
class Line:
    """One line of a text, its marks taken off."""

    number: int
    mark: str
    text: str
    optional: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """The placeholders on the line."""
        return tuple(PLACE.findall(self.text))


def lines(text: str) -> Iterator[Line]:
    """The lines that say something."""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        optional = line.startswith("? ")
        line = line[2:].lstrip() if optional else line
        mark = line[0] if line[:1] in _MARKS and line[1:2] == " " else ""
        line = line[2:].lstrip() if mark else line
        if line:
            yield Line(number, mark, line, optional)


def faults(text: str, known: Collection[str], tables: Collection[str]) -> list[TextFault]:
    """Unknown placeholders, stray braces, tables that do not stand alone: all at once."""
    return [
        fault
        for number, raw in enumerate(text.splitlines(), start=1)
        for fault in _line_faults(number, raw, known, tables)
    ]


def _line_faults(
    number: int, raw: str, known: Collection[str], tables: Collection[str]
) -> Iterator[TextFault]:
    for match in PLACE.finditer(raw):
        name = match.group(1)
        if name in tables and raw.strip(" ?") != match.group():
            alone = Sentence(
                N_("Dòng {line}: “{{{name}}}” là một bảng nên phải đứng riêng một dòng."),
                line=number,
                name=name,
            )
            yield TextFault(number, match.start() + 1, alone)
        elif name not in tables and name not in known:
            yield TextFault(number, match.start() + 1, _unknown(number, match, known, tables))
    for stray in re.finditer(r"[{}]", PLACE.sub(lambda found: " " * len(found.group()), raw)):
        sentence = Sentence(
            N_("Dòng {line}, cột {column}: dấu ngoặc nhọn bị lẻ. Chỗ điền viết như {example}."),
            line=number,
            column=stray.start() + 1,
            example="{ten_hoi_nghi}",
        )
        yield TextFault(number, stray.start() + 1, sentence)


def _unknown(
    number: int, match: re.Match[str], known: Collection[str], tables: Collection[str]
) -> Sentence:
    near = get_close_matches(match.group(1), [*known, *tables], n=1)
    if near:
        return Sentence(
            N_("Dòng {line}, cột {column}: không có chỗ điền “{name}”. Có phải “{near}” không?"),
            line=number, column=match.start() + 1, name=match.group(1), near=near[0],
        )  # fmt: skip
    return Sentence(
        N_("Dòng {line}, cột {column}: không có chỗ điền “{name}”. Hãy xem bảng các chỗ điền."),
        line=number, column=match.start() + 1, name=match.group(1),
    )  # fmt: skip


def wanted(text: str) -> tuple[str, ...]:
    """The placeholders a text cannot do without, each once, in order."""
    found = (name for line in lines(text) if not line.optional for name in line.places)
    return tuple(dict.fromkeys(found))


def fill(text: str, values: Mapping[str, str | None]) -> str:
    """A one-line text with its placeholders filled; KeyError where a value is missing."""
    return PLACE.sub(lambda match: _value(values, match.group(1)), text)


def _value(values: Mapping[str, str | None], name: str) -> str:
    value = values.get(name)
    if not value:
        raise KeyError(name)
    return value


def blocks(
    text: str,
    values: Mapping[str, str | None],
    tables: Mapping[str, tuple[Block, ...]],
    *,
    end_mark: bool = True,
) -> tuple[Block, ...]:
    """The text as blocks; the last paragraph gets "./." unless `end_mark` is false.

    Values and tables must be there for everything `wanted` names (KeyError otherwise).
    """
    told: list[Block] = []
    for line in lines(text):
        if line.optional and any(not _known(name, values, tables) for name in line.places):
            continue
        name = line.places[0] if line.places and line.text == f"{{{line.places[0]}}}" else ""
        if name in tables:
            told += tables[name]
        else:
            told.append(_paragraph(line, fill(line.text, values)))
    return tuple(_with_end(told)) if end_mark else tuple(told)


def _known(
    name: str, values: Mapping[str, str | None], tables: Mapping[str, tuple[Block, ...]]
) -> bool:
    return bool(values.get(name) or tables.get(name))


def _paragraph(line: Line, text: str) -> Paragraph:
    if line.mark == ">":
        return Paragraph(_runs(text, bold=True), "centre", indent=False, keep_next=True)
    if line.mark == "#":
        return Paragraph(_runs(text, bold=True), keep_next=True)
    return Paragraph(_runs(text, italic=line.mark == "~"))


def _runs(text: str, *, bold: bool = False, italic: bool = False) -> Runs:
    parts = _BOLD.split(text)
    return tuple(
        Run(part, bold or place % 2 == 1, italic) for place, part in enumerate(parts) if part
    )


def _with_end(told: list[Block]) -> list[Block]:
    last = told[-1] if told else None
    if isinstance(last, Paragraph) and last.runs:
        final = last.runs[-1]
        runs = (*last.runs[:-1], Run(ended(final.text), final.bold, final.italic))
        # The signature never stands alone on a page.
        told[-1] = Paragraph(runs, last.align, last.indent, last.size, last.before, keep_next=True)
    return told
