"""What every kind of paper is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from congress_app.documents.facts import Facts
from congress_app.documents.head import Head
from congress_app.formats.blocks import Section
from congress_app.kernel.sentences import N_, Sentence

# Who issues a paper by default, and so in which series it is numbered.
Body = Literal["unit", "committee", "congress"]
# letter: no name of a kind, V/v; named: its name in capitals; minutes: no place and date,
# signed by two; form: no head at all, its pages are its own.
Layout = Literal["letter", "named", "minutes", "form"]

BODY_LABELS: dict[str, str] = {
    "unit": N_("Thủ trưởng đơn vị"),
    "committee": N_("Ban Tổ chức"),
    "congress": N_("Đoàn Chủ tịch"),
}
FORMATS = ("docx", "pdf")


@dataclass(frozen=True)
class Annex:
    """A list that goes with a paper on pages of its own; `table` is one of `tables.TABLES`."""

    title: str
    table: str
    landscape: bool = False


@dataclass(frozen=True)
class Lack:
    """A fact that is not there: what is missing and in which part it is written down."""

    sentence: Sentence
    where: str


@dataclass(frozen=True)
class FormPages:
    """The pages of a form, and what must be known before they can be made."""

    pages: Callable[[Facts, Head], tuple[Section, ...]]
    lacks: Callable[[Facts, Head], tuple[Lack, ...]]


@dataclass(frozen=True)
class Post:
    """One of two who sign minutes: the words above, and whose name stands below.

    `body` is a committee; its first member signs, or the one whose role says `role`.
    """

    words: str
    body: str
    role: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    `letters` are those of Nghị định 30/2020, Phụ lục III ("" for a letter or a form);
    `heading` is the name it prints where that is shorter than its title; `text` is what an
    organiser may edit; `message` what goes by Zalo or e-mail; `posts` are the two who sign
    minutes. `is_sensitive`: its table may show ethnic origin and party membership, so its
    reading is recorded.
    """

    code: str
    title: str
    letters: str
    body: Body
    layout: Layout
    subject: str
    text: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    posts: tuple[Post, Post] | None = None
    annexes: tuple[Annex, ...] = ()
    landscape: bool = False
    per_recipient: bool = False
    is_sensitive: bool = False
    listed: str = ""
    message: str = ""
    form: FormPages | None = None
    heading: str = ""

    @property
    def name(self) -> str:
        """The name of the kind as printed."""
        return self.heading or self.title

    @property
    def is_numbered(self) -> bool:
        """True for what gets a number: letters, and kinds with type letters."""
        return self.layout == "letter" or bool(self.letters)

    @property
    def formats(self) -> tuple[str, ...]:
        """The files it can be had as."""
        return FORMATS
