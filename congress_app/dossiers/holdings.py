"""Where the data of a congress and of a person lie, and what becomes of each. Pure.

One line a table. A table of the congress belongs to exactly one parent row (`OWNERS`), so
the rows of two congresses never mix: the list a lower congress sent up stays its own,
though it names delegates of the congress above. A test walks all tables of the program
and fails when one that can hold a person is not named here.
"""

from __future__ import annotations

from typing import Any

# Table to (column, parent table): the way from a row up to its congress.
OWNERS: dict[str, tuple[str, str]] = {
    "allocation": ("congress_id", "congress"),
    "allocation_line": ("allocation_id", "allocation"),
    "badge": ("delegate_id", "delegate"),
    "badge_design": ("congress_id", "congress"),
    "badge_key": ("badge_id", "badge"),
    "badge_photo": ("delegate_id", "delegate"),
    "badge_print": ("congress_id", "congress"),
    "badge_print_item": ("print_id", "badge_print"),
    "ballot_issue": ("round_id", "election_round"),
    "candidate": ("election_id", "election"),
    "committee_adoption": ("congress_id", "congress"),
    "committee_seat": ("congress_id", "congress"),
    "congress_step": ("congress_id", "congress"),
    "count_sheet": ("round_id", "election_round"),
    "credential_report": ("congress_id", "congress"),
    "credential_ruling": ("delegate_id", "delegate"),
    "day_act": ("congress_id", "congress"),
    "delegate": ("congress_id", "congress"),
    "delegation_head": ("congress_id", "congress"),
    "device": ("congress_id", "congress"),
    "document": ("congress_id", "congress"),
    "document_file": ("congress_id", "congress"),
    "elected_place": ("election_id", "election"),
    "election": ("congress_id", "congress"),
    "election_round": ("election_id", "election"),
    "excuse": ("session_id", "session"),
    "feed_entry": ("congress_id", "congress"),
    "feed_state": ("congress_id", "congress"),
    "ground": ("delegate_id", "delegate"),
    "hall": ("congress_id", "congress"),
    "hall_link": ("congress_id", "congress"),
    "hall_seat": ("hall_id", "hall"),
    "line_adjustment": ("line_id", "allocation_line"),
    "paper_line": ("sheet_id", "paper_sheet"),
    "paper_sheet": ("congress_id", "congress"),
    "pool_adjustment": ("allocation_id", "allocation"),
    "presence": ("session_id", "session"),
    "programme_act": ("congress_id", "congress"),
    "programme_item": ("session_id", "session"),
    "programme_notice": ("release_id", "programme_release"),
    "programme_release": ("congress_id", "congress"),
    "pulse": ("congress_id", "congress"),
    "recognition_vote": ("report_id", "credential_report"),
    "reserve_call": ("place_id", "elected_place"),
    "review_sheet": ("congress_id", "congress"),
    "scan": ("congress_id", "congress"),
    "scan_conflict": ("congress_id", "congress"),
    "session": ("congress_id", "congress"),
    "speaking_turn": ("session_id", "session"),
    "speech": ("congress_id", "congress"),
    "speech_call": ("congress_id", "congress"),
    "speech_file": ("speech_id", "speech"),
    "speech_review": ("speech_id", "speech"),
    "speech_run": ("congress_id", "congress"),
    "tie_decision": ("round_id", "election_round"),
    "transmission": ("election_id", "election"),
    "transmission_line": ("transmission_id", "transmission"),
}
# Tables that point at a congress's rows and are no part of it: why.
OUTSIDE: dict[str, str] = {
    "congress": "the congress above is another one",
    "dossier": "tells of the archive itself",
    "dossier_file": "is the archive itself",
}

# Secrets and derived keys: they open something or prove nothing once printed.
SECRET: dict[str, tuple[str, ...]] = {
    "badge": ("code", "printed_digest"),
    "badge_key": ("locator", "key"),
    "delegate": ("link_token",),
    "device": ("pairing_hash", "token_hash", "pin_hash", "supervisor_hash"),
    "document_file": ("key",),
    "feed_entry": ("body", "digest", "key"),
    "feed_state": ("salt", "index_key"),
    "hall_link": ("token",),
    "scan": ("raw_code", "body_hash"),
}
# Needed while people must be reached; no part of a permanent file.
CONTACT: dict[str, tuple[str, ...]] = {"person": ("phone", "email")}

# Working data: the rows go when the congress is purged.
REMOVED: frozenset[str] = frozenset(
    {
        "badge",
        "badge_design",
        "badge_key",
        "badge_photo",
        "badge_print",
        "badge_print_item",
        "ballot_issue",
        "device",
        "document_file",
        "feed_entry",
        "feed_state",
        "hall_link",
        "paper_line",
        "paper_sheet",
        "programme_act",
        "programme_notice",
        "scan",
        "scan_conflict",
        "speaking_turn",
        "speech_file",
        "speech_review",
        "speech_run",
    }
)
# The row stays for the record, these columns are emptied.
EMPTIED: dict[str, dict[str, Any]] = {
    "candidate": {"reason": None},
    "delegate": {"link_token": None, "note": None, "state_reason": None, "priorities": []},
    "excuse": {"reason": ""},
    "hall_seat": {"is_fixed": False, "delegate_id": None},
    "presence": {
        "last_scan_id": None,
        "first_gate": None,
        "first_in_at": None,
        "last_at": None,
    },
    "speech": {"summary": None},
}
# Of a person nobody needs any more; name, sex, year of birth, post and unit stay.
PERSON_EMPTIED: dict[str, Any] = {
    "birth_month": None,
    "birth_day": None,
    "ethnicity": None,
    "education": None,
    "political_theory": None,
    "party_member": None,
    "honours": None,
    "phone": None,
    "email": None,
}
# Of a person who is in no permanent record and asked to be forgotten, all the rest as well.
PERSON_FORGOTTEN: dict[str, Any] = PERSON_EMPTIED | {
    "birth_year": None,
    "sex": None,
    "position": None,
    "organisation": None,
    "restricted_at": None,
    "restriction": None,
}

# A person who asks to be deleted: what goes though a permanent record names him.
ERASED_ROWS: tuple[str, ...] = ("badge_photo", "ground")
ERASED_COLUMNS: dict[str, dict[str, Any]] = {
    "badge": {"reason": None},
    "candidate": EMPTIED["candidate"],
    "delegate": EMPTIED["delegate"],
    "excuse": EMPTIED["excuse"],
    "reserve_call": {"reason": ""},
    "scan": {"note": None},
    "scan_conflict": {"note": None},
    "speech": EMPTIED["speech"],
}
# Of who is in no permanent record all the rest as well; what points at other rows first.
FORGOTTEN_ROWS: tuple[str, ...] = (
    "badge_key",
    "badge_print_item",
    "delegation_head",
    "programme_notice",
    "speaking_turn",
    "speech_file",
    "speech_review",
)
# The door's log stays a count: nobody is told by it any more. Badges go after it.
FORGOTTEN_COLUMNS: dict[str, dict[str, Any]] = {
    "delegate": {"exception_by": None, "exception_reason": None, "exception_document": None},
    "hall_seat": EMPTIED["hall_seat"],
    "presence": EMPTIED["presence"],
    "scan": {"badge_id": None, "delegate_id": None, "raw_code": ""},
    "speech": {
        "delegate_id": None,
        "topic": None,
        "available_from": None,
        "available_until": None,
    },
}
# Of an exemplar who asked: awards, nominations with their votes and minutes stay, by the law on
# archives; not what is sensitive, what nobody needs any more, and what was typed freely.
ERASED_OF_EXEMPLARS: dict[str, dict[str, Any]] = {
    "exemplar": {
        "birth_year": None,
        "birth_month": None,
        "birth_day": None,
        "is_minority": None,
        "discipline": None,
        "solution": None,
        "story": None,
        "is_public": False,
        "story_consent": None,
        "story_consent_at": None,
        "story_consent_by": None,
        "photo_consent": None,
        "photo_consent_at": None,
        "photo_consent_by": None,
    },
    "exemplar_step": {"note": None},
    "nomination": {"reason": None, "appraisal": None, "finding": None},
}
EXEMPLAR_FORGOTTEN: dict[str, Any] = {
    "position": None,
    "sex": None,
    # Who leads a collective is a man one can name; the rest was said of nobody but him.
    "leads_id": None,
    "is_direct": None,
    "is_leader": None,
    "conduct": None,
    "initiatives": None,
    "takes_part": None,
    "ratings": {},
}
# What the log says about every row of the person goes in either case, but for these.
LOG_STAYS: dict[str, str] = {
    "programme_item": "tells when an item of the programme began, moved and ended: a record",
}
# The act that deletes a row of a person: its entry names the person by number.
STRIKING = "election.strike"
# Whoever took a place: the entry says in whose stead, and why that one left.
CALLING = "election.call_reserve"
# After these a row is no more, and until revision 0030 SQLite gave its number to another.
LAST_ACTS: tuple[str, ...] = (STRIKING, "exemplar.delete", "programme.item_remove")

# Tables whose rows are about one person; what points at them is part of his data.
ABOUT_A_PERSON: tuple[str, ...] = (
    "person",
    "exemplar",
    "delegate",
    "candidate",
    "badge",
    "elected_place",
    "speech",
)
# Columns that point at another person than the one the row is about.
OF_ANOTHER: dict[tuple[str, str], str] = {
    ("delegate", "replaced_by_id"): "tells of the one who came in his stead",
    ("exemplar", "leads_id"): "tells of the collective that is led",
}
# Tables with rows of the person that are deleted with the rest but not handed over.
NOT_HANDED_OVER: dict[str, str] = {
    "badge_key": "is a key derived from the badge",
    "speech_review": "is the reviewers' opinion, given in confidence",
}
# Columns without a foreign key that may point at a person or name one, and why the rows they
# stand in are not handed over for that: records of many people, or of the staff's work.
_RECORD = "a record of the congress that names several people"
_STAFF = "is an account's or a device's number"
NAMING: dict[tuple[str, str], str] = {
    ("audit_entry", "actor_id"): "an account's or a device's; who answers for himself is told of",
    ("audit_entry", "changes"): "those about a hall, a body, a list tell of several people",
    ("audit_entry", "subject_id"): "is followed: the entries about the person are handed over",
    ("badge_print", "filters"): "what the staff searched for",
    ("committee_adoption", "members"): _RECORD,
    ("credential_report", "body"): _RECORD,
    ("document", "body"): _RECORD,
    ("document", "facts"): _RECORD,
    ("document", "head"): _RECORD,
    ("document", "selection"): "whom a paper is for, by category and delegation",
    ("document_file", "owner_id"): _STAFF,
    ("election_round", "candidates"): "numbers of candidates, who are handed over themselves",
    ("election_round", "figures"): _RECORD,
    ("election_round", "result"): _RECORD,
    ("feed_entry", "body"): "cards and lines for finding names, under locks whose keys may be here",
    ("job", "actor"): _STAFF,
    ("job", "arguments"): "names tables and files, for a week",
    ("job", "owner_id"): _STAFF,
    ("job", "result"): "what the staff was told of a sheet, for a week",
    ("kept_upload", "owner_id"): _STAFF,
    ("programme_act", "after"): "what editors of the programme did, until the purge",
    ("programme_act", "before"): "what editors of the programme did, until the purge",
    ("programme_item", "honours"): _RECORD,
    ("programme_release", "body"): _RECORD,
    ("programme_release", "changes"): _RECORD,
    ("scan", "device_id"): _STAFF,
    ("speech_review", "reviewer_id"): _STAFF,
    ("speech_run", "answer"): "a computation over speeches by their numbers",
    ("speech_run", "problem"): "a computation over speeches by their numbers",
    ("tie_decision", "chosen"): "numbers of candidates, who are handed over themselves",
    ("wrong_code", "device_id"): _STAFF,
}


def hidden_columns(table: str, *, contacts: bool) -> frozenset[str]:
    """The columns of a table that are not written out; contacts only where asked for."""
    hidden = SECRET.get(table, ())
    return frozenset(hidden if contacts else (*hidden, *CONTACT.get(table, ())))
