"""Which facts are sensitive, who may read them, and what is written down about it.

Ethnic origin is sensitive by Nghị định 356/2025/NĐ-CP, Điều 4; party membership is
treated alike, and so is every priority the rulebook does not call open. They are kept
only for delegates, shown and exported only to roles that hold `DELEGATE_READ_SENSITIVE`,
and every such reading is recorded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from congress_app.delegates.census import TOLD_BY_FACTS
from congress_app.delegates.registration import PersonFacts, Registration
from congress_app.kernel.permissions import Actor, Permission

SENSITIVE = ("ethnicity", "party_member")


def may_read_sensitive(actor: Actor, unit_path: str) -> bool:
    """May the actor read sensitive facts of delegates of the unit at the path?"""
    return actor.can(Permission.DELEGATE_READ_SENSITIVE, unit_path)


def may_read_all(actor: Actor, reach: Iterable[str]) -> bool:
    """May the actor read sensitive facts everywhere within the reach?"""
    return all(may_read_sensitive(actor, path) for path in reach)


def public_facts(facts: PersonFacts) -> PersonFacts:
    """The person without the sensitive facts."""
    return replace(facts, ethnicity=None, party_member=None)


def tells_sensitive(asked: Registration, open_codes: Collection[str]) -> bool:
    """Does what is asked hold a sensitive fact, so that comparing it with the stored tells one?"""
    person = asked.person
    facts = any(getattr(person, name) is not None for name in SENSITIVE)
    return facts or any(code not in open_codes for code in asked.priorities)


def visible_priorities(
    priorities: Iterable[str], open_codes: Collection[str], *, sensitive: bool
) -> list[str]:
    """The priorities a reader may see beside a name; `open_codes` tell nothing sensitive."""
    return [code for code in priorities if sensitive or code in open_codes]


def hidden_marks(marks: Iterable[str], open_codes: Collection[str]) -> list[str]:
    """The marks not everybody may read, but for those that sex or ethnic origin tells."""
    return [code for code in marks if code not in open_codes and code not in TOLD_BY_FACTS]
