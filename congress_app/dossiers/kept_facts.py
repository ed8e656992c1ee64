"""Which facts the log goes on telling after a person's deletion: those that the data keep. Pure.

Were they erased, whoever deletes could hide who changed a name that stands in a permanent
record, a state or a ruling, and the false value would stay. By the table of the subject; of
a table that is not named here everything goes that the log says was changed in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PERSON = frozenset(
    {"full_name", "birth_year", "sex", "position", "organisation", "unit", "restriction"}
)
_PLACE = frozenset({"category", "delegation", "field", "number", "state", "replaced_by", "unit"})
_EXCEPTION = frozenset({"exception", "exception_by", "exception_reason", "exception_document"})
_REQUEST = frozenset(
    {"kind", "finish_by", "paper", "replied_on", "rows", "sensitive", "legal_ground", "state"}
)
_SPEECH = frozenset({"kind", "field", "minutes", "state"})

_PRAISED = frozenset(
    {"detected_year", "field", "is_public", "kind", "stage", "unit", "votes_for", "votes_against"}
)
# By the law on archives: who recorded a decision, and how a council voted.
_DECISIONS = frozenset(
    {"award", "council", "decided", "decision_number", "minutes_number", "minutes_on"}
    | {"signatory", "standing", "votes_other", "year"}
)

# Of a person whom a permanent record names.
RECORDED: dict[str, frozenset[str]] = {
    "badge": frozenset({"printed_at", "state", "version"}),
    "candidate": frozenset({"nominated_by", "nomination", "person_id", "state"}),
    "data_request": _REQUEST | {"restriction"},
    "delegate": _PERSON | _PLACE | _EXCEPTION,
    "elected_place": frozenset({"instead_of"}),
    "exemplar": _PRAISED | _DECISIONS | {"name", "position", "sex"},
    "person": _PERSON,
    "scan_conflict": frozenset({"resolution"}),
    "speech": _SPEECH
    | {"available_from", "available_until", "count", "delegate_id", "exemplar_id", "file"}
    | {"hash", "region", "title", "topic", "unit_id"},
}
# Of who is in none: what stays in the data as a count, and that he asked.
FORGOTTEN: dict[str, frozenset[str]] = {
    "data_request": _REQUEST,
    "delegate": _PLACE,
    "elected_place": frozenset({"instead_of"}),
    "exemplar": _PRAISED,
    "scan_conflict": frozenset({"resolution"}),
    "speech": _SPEECH,
}
# Acts by which something permanent was decided: why, and by whom, stays as long as it does.
# The committee's ruling stands in its report; a settled name is changed for a reason only.
_DECIDED: dict[str, frozenset[str]] = {
    "credential.decide": frozenset({"ruling", "decided_by", "reason"}),
    "delegate.identity": frozenset({"reason"}),
    "exemplar.decide": frozenset({"reason"}),
}
# Who leads a delegation is no fact of his place: of a forgotten one it goes from the data.
HEADING = "delegate.head"
# The log calls it by a code that was scanned, not by a name.
_CALLED_BY_A_CODE = frozenset({"scan_conflict"})
# Another one's place, to which somebody was called in his stead.
OF_ANOTHER = "elected_place"
_YEAR = re.compile(r"[0-9]{4}$")


def kept(
    kind: str, action: str, changes: Mapping[str, object], *, forgotten: bool
) -> dict[str, object]:
    """Of what an entry says, the facts that stay in the data."""
    stays = (FORGOTTEN if forgotten else RECORDED).get(kind, frozenset())
    if not forgotten:
        stays |= _DECIDED.get(action, frozenset())
    elif action == HEADING:
        stays = frozenset()
    born = {} if forgotten or "birth_year" not in stays else _year_of_birth(changes)
    return {key: value for key, value in changes.items() if key in stays} | born


def _year_of_birth(changes: Mapping[str, object]) -> dict[str, object]:
    """Of a changed day of birth the year, which stays; nothing when only the day changed."""
    both = changes.get("birth")
    if not isinstance(both, list):
        return {}
    found = [_YEAR.search(str(one)) if one else None for one in both]
    years = [int(one.group()) if one else None for one in found]
    return {"birth_year": years} if len(set(years)) > 1 else {}


def keeps_its_name(kind: str, *, forgotten: bool) -> bool:
    """Whether the log goes on calling the row as it did."""
    if forgotten:
        return kind == OF_ANOTHER
    return kind in RECORDED and kind not in _CALLED_BY_A_CODE
