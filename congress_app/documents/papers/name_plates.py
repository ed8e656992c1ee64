"""Biển tên: two to a landscape page, long names on two lines."""

from __future__ import annotations

from congress_app.documents.facts import Facts, PersonRow
from congress_app.documents.head import Head
from congress_app.documents.papers.base import FormPages, Kind, Lack
from congress_app.formats.blocks import Plate, Section
from congress_app.formats.pdf import MM, Face, fit_text
from congress_app.kernel.sentences import N_, Sentence

_WIDTH = 235.0  # mm inside the frame
_LARGEST, _SMALLEST = 64, 30


def plate(row: PersonRow) -> Plate:
    """The plate of one person: the largest type in which the name keeps to two lines."""
    fitted = fit_text(
        row.name.upper(),
        Face.SERIF_BOLD,
        width=_WIDTH * MM,
        largest=_LARGEST,
        smallest=_SMALLEST,
        lines=2,
        height=58 * MM,
    )
    return Plate(fitted.lines, fitted.size, row.position or row.unit)


def pages(facts: Facts, _head: Head) -> tuple[Section, ...]:
    """All plates; the frames are the lines to cut along."""
    plates = tuple(plate(row) for row in facts.people)
    return (Section(plates, landscape=True, numbered=False),)


def lacks(facts: Facts, _head: Head) -> tuple[Lack, ...]:
    """There must be somebody."""
    if facts.people:
        return ()
    return (Lack(Sentence(N_("Chưa có đại biểu nào được triệu tập.")), "delegates"),)


NAME_PLATES = Kind(
    "name_plates",
    N_("Biển tên"),
    "",
    "committee",
    "form",
    "",
    form=FormPages(pages, lacks),
)
