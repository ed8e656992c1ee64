"""What somebody asks to be written down about a delegate, from a form or from a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from congress_app.congresses.rulebook import Category
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Sentence

SEX_LABELS: dict[str, str] = {"M": N_("Nam"), "F": N_("Nữ")}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Who the person is.

    `unit_id` is None for a guest from outside the sector; `organisation` then says in
    words where the person comes from. None means "not known", never "no".
    """

    full_name: str
    birth: PartialDate | None = None
    sex: str | None = None
    ethnicity: str | None = None
    position: str | None = None
    unit_id: int | None = None
    organisation: str | None = None
    education: str | None = None
    political_theory: str | None = None
    party_member: bool | None = None
    honours: str | None = None
    phone: str | None = None
    email: str | None = None


class GroundFacts(NamedTuple):
    """One right to come: a line of the rulebook's composition (`code`), or words."""

    text: str
    code: str | None = None
    year: int | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """A person's place as asked for: one counted category, any number of grounds."""

    person: PersonFacts
    category: Category
    grounds: tuple[GroundFacts, ...] = ()
    field: str | None = None
    priorities: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CapException:
    """Leave to exceed a cap or quota: who decided, why, by which paper. All three."""

    by: str
    reason: str
    document: str

    def __post_init__(self) -> None:
        missing = [
            label
            for value, label in (
                (self.by, N_("người quyết định")),
                (self.reason, N_("lý do")),
                (self.document, N_("số văn bản")),
            )
            if not value.strip()
        ]
        if missing:
            raise RuleViolation(
                "incomplete_exception",
                Sentence(
                    N_(
                        "Ngoại lệ cần đủ người quyết định, lý do và số văn bản. "
                        "Còn thiếu: {missing}."
                    ),
                    missing=_listed(missing),
                ),
            )


def _listed(labels: list[str]) -> Sentence:
    listed = Sentence(labels[0])
    for label in labels[1:]:
        listed = Sentence("{first}, {second}", first=listed, second=Sentence(label))
    return listed
