"""Who is an official delegate by title: the rulebook's award lines against recorded awards.

Guidance of 30/09/2019: emulation fighters whose decision falls in the award years are
official delegates; those of the base level only at the conference of the province. Which
titles count at which level is data: the lines of the composition marked `award`.

    an award of the level's lines, decided within the years ──▶ proposed
    such an award, but the year of its decision is missing  ──▶ unknown
    anything else                                           ──▶ not proposed, with the reason
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from congress_app.congresses.rulebook import LEVEL_LABELS, Category, Rulebook, SubCategory
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.exemplars.awards import STANDARD_KINDS, AwardFacts, AwardKind, recognise
from congress_app.exemplars.facts import ExemplarFacts, Kind
from congress_app.kernel.sentences import N_, Sentence


class Answer(StrEnum):
    """Proposed, not to be told from what is recorded, or not proposed."""

    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    NOT_PROPOSED = "not_proposed"


@dataclass(frozen=True)
class Claim:
    """An award that is a ground, with the line of the composition it meets."""

    line: SubCategory
    award: AwardFacts

    @property
    def ground(self) -> GroundFacts:
        """As it is written beside the delegate."""
        return GroundFacts(self.line.title, self.line.code, self.award.year, self.award.number)


@dataclass(frozen=True)
class Proposal:
    """The answer with its reason; `claims` are all grounds, the rulebook's first line first."""

    answer: Answer
    reason: Sentence
    claims: tuple[Claim, ...] = ()

    @property
    def grounds(self) -> tuple[GroundFacts, ...]:
        """The grounds as they are written down."""
        return tuple(claim.ground for claim in self.claims)


class Meant(NamedTuple):
    """Places of lines in `Titles`: all of the own level, the first of the other levels."""

    own: frozenset[int]
    other: int | None


@dataclass(frozen=True)
class Titles:
    """The award lines of a rulebook as one level sees them, each with the kind it means.

    `others` are those of the other levels, with the level. Made once for many exemplars,
    whose awards bear the same few names, so each is read once.
    """

    own: tuple[tuple[SubCategory, AwardKind], ...]
    others: tuple[tuple[str, SubCategory, AwardKind], ...]
    years: tuple[int, int]
    _read: dict[tuple[str, str], Meant] = field(default_factory=dict, compare=False, repr=False)

    def meant(self, award: AwardFacts) -> Meant:
        """The lines the award is an award of."""
        found = self._read.get((award.kind, award.name))
        if found is None:
            own = [place for place, (_, means) in enumerate(self.own) if _is_of(award, means)]
            others = (n for n, (*_, means) in enumerate(self.others) if _is_of(award, means))
            found = Meant(frozenset(own), next(others, None))
            self._read[award.kind, award.name] = found
        return found


def titles_of(book: Rulebook, level: str, kinds: Iterable[AwardKind] = STANDARD_KINDS) -> Titles:
    """The lines by which one is an official delegate at the level; `kinds` is the list of
    award names."""
    known = tuple(kinds)
    lines = [
        # A line that is not on the list means its own title.
        (other, line, recognise(line.title, known) or AwardKind(line.code, line.title))
        for other in book.levels
        for line in _title_lines(book, other)
    ]
    return Titles(
        tuple((line, means) for other, line, means in lines if other == level),
        tuple(each for each in lines if each[0] != level),
        book.award_years,
    )


def propose(kind: str, awards: Sequence[AwardFacts], titles: Titles) -> Proposal:
    """Whether an exemplar with these awards is an official delegate of a congress by title.

    The year is that of the decision; both ends of the award years are included.
    """
    if kind != Kind.INDIVIDUAL:
        return _not(N_("Tập thể không là đại biểu; người của tập thể được mời hoặc bầu riêng."))
    if not titles.own:
        return _not(N_("Quy định của hội nghị này không mời đại biểu theo danh hiệu."))
    read = [(titles.meant(a), a) for a in awards]
    own = enumerate(titles.own)
    matched = [(line, a) for n, (line, _) in own for meant, a in read if n in meant.own]
    first, last = titles.years
    good = [(line, a) for line, a in matched if a.year is not None and first <= a.year <= last]
    if good:
        return _proposed(good)
    undated = next((a for _line, a in matched if a.year is None), None)
    if undated is not None:
        words = N_("“{award}”: chưa ghi năm quyết định (cần {first}–{last}).")
        reason = Sentence(words, award=undated.name, first=first, last=last)
        return Proposal(Answer.UNKNOWN, reason)
    if matched:
        award = max((a for _line, a in matched), key=lambda a: a.year or 0)
        return _not(
            N_("“{award}”: quyết định năm {year} nằm ngoài {first}–{last}."),
            award=award.name,
            year=award.year,
            first=first,
            last=last,
        )
    return _of_another_level(read, titles)


def registration_of(facts: ExemplarFacts, proposal: Proposal, book: Rulebook) -> Registration:
    """What is written down when the organiser agrees; official, with every ground.

    Ethnic origin is not taken over: the register of exemplars holds no more than a mark.
    """
    offered = {choice.code for choice in book.priorities}
    marks = (("direct_duty", facts.is_direct), ("new_model", facts.solution))
    return Registration(
        PersonFacts(
            full_name=facts.name,
            birth=facts.birth,
            sex=facts.sex,
            position=facts.position,
            unit_id=facts.unit_id,
        ),
        Category.OFFICIAL,
        grounds=proposal.grounds,
        field=facts.field if facts.field in {choice.code for choice in book.fields} else None,
        priorities=tuple(code for code, holds in marks if holds and code in offered),
    )


def _title_lines(book: Rulebook, level: str) -> list[SubCategory]:
    lines = book.level(level).lines_of(Category.OFFICIAL)
    return [line for line in lines if line.award]


def _is_of(award: AwardFacts, means: AwardKind) -> bool:
    return award.kind == means.code or recognise(award.name, [means]) is not None


def _proposed(good: Sequence[tuple[SubCategory, AwardFacts]]) -> Proposal:
    """One claim a line: the last award, one whose number is recorded before others."""
    best: dict[str, Claim] = {}
    for line, award in good:
        claim = Claim(line, award)
        if line.code not in best or _weight(claim) > _weight(best[line.code]):
            best[line.code] = claim
    claims = tuple(best.values())
    reasons = [
        Sentence(
            N_("“{award}”, quyết định {number} năm {year}"),
            award=claim.award.name,
            number=claim.award.number or Sentence(N_("chưa ghi số,")),
            year=claim.award.year,
        )
        for claim in claims
    ]
    whole = reasons[0]
    for reason in reasons[1:]:
        whole = Sentence("{first}; {second}", first=whole, second=reason)
    return Proposal(Answer.PROPOSED, Sentence("{reasons}.", reasons=whole), claims)


def _weight(claim: Claim) -> tuple[bool, int]:
    return bool(claim.award.number), claim.award.year or 0


def _of_another_level(read: Iterable[tuple[Meant, AwardFacts]], titles: Titles) -> Proposal:
    found = [(meant.other, award) for meant, award in read if meant.other is not None]
    if not found:
        return _not(N_("Không có danh hiệu nào là căn cứ mời chính thức của hội nghị này."))
    place, award = min(found, key=lambda each: each[0])
    return _not(
        N_("“{award}” chỉ là căn cứ ở hội nghị {level}."),
        award=award.name,
        level=Sentence(LEVEL_LABELS[titles.others[place][0]]),
    )


def _not(template: str, **values: object) -> Proposal:
    return Proposal(Answer.NOT_PROPOSED, Sentence(template, **values))
