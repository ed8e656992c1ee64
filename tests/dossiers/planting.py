"""A person with a row in every table, and a word of its own planted in whatever can tell of him."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import LargeBinary, String, select, update

from congress_app.audit import services as audit
from congress_app.badges.models import BadgePhoto, BadgePrint, BadgePrintItem
from congress_app.checkin.models import Excuse
from congress_app.congresses.models import Congress
from congress_app.database import Model, db, transaction
from congress_app.delegates.models import Delegate, DelegationHead, Person
from congress_app.dossiers import person_queries, row_queries
from congress_app.elections.models import BallotIssue
from congress_app.elections.upward_models import ReserveCall
from congress_app.exemplars.models import Exemplar, ExemplarStep
from congress_app.kernel import clock
from congress_app.programme.release_models import ProgrammeNotice, ProgrammeRelease
from congress_app.scanners import sealing
from congress_app.scanners.feed_models import BadgeKey
from tests import builders
from tests.builders.ground import store
from tests.dossiers.closed import LAN

NAME = "Người Muốn Được Quên"
# Codes of the program, fingerprints and places: no words about anybody.
CODES = frozenset(
    {
        "body", "body_hash", "category", "device_name", "direction", "door_verdict", "field",
        "first_gate", "from_stage", "gate", "how", "key", "kind", "locator", "post",
        "printed_digest", "region", "resolution", "role", "row", "ruling", "sex", "sha256", "slot",
        "source", "stage", "standing", "state", "to_stage", "uuid", "verdict",
    }
)  # fmt: skip
# Names of the staff and of members who are no delegates, words of a list.
ASIDE = frozenset(
    {
        ("committee_seat", "about"), ("committee_seat", "full_name"), ("data_request", "ground"),
        ("scan", "operator"), ("scan", "reason"), ("speech_review", "reviewer_name"),
    }
)  # fmt: skip
Keys = dict[str, set[int]]
Place = tuple[str, str]
LOG = "audit_entry"
# What the log calls a row by.
CALLED = "audit_entry.subject_name"


def tables_about(keys: Keys) -> list[str]:
    """The person's own tables, and every one that points at them."""
    pointing = {
        table.name
        for table in Model.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in keys
    }
    return sorted(pointing | set(keys))


def worded(table: str) -> list[Any]:
    """The columns of a table that can tell something of a person in words."""
    return [
        column
        for column in row_queries.table(table).columns
        if isinstance(column.type, String | LargeBinary)
        and column.name not in CODES
        and (table, column.name) not in ASIDE
        and column.name != "by"
        and (column.name == "nominated_by" or not column.name.endswith("_by"))
    ]


def planted(keys: Keys) -> dict[str, Place]:
    """Plant a word of its own in each such column of the person's rows, and two in the log
    about the rows of each table; by word, where it is.

    Rows of others that point at him are planted as well, under the name of the column. The
    name he then bears was typed to take out the log.
    """
    words: dict[str, Place] = {}
    numbers = count(10000)
    with transaction() as session:
        for name in tables_about(keys):
            mine = person_queries.is_of(name, keys)
            for label, rows in {name: mine, **of_others(name, keys)}.items():
                words |= _planted(name, label, rows, numbers)
        session.expire_all()
        for person_id in keys["person"]:
            named = session.get_one(Person, person_id).full_name
        for exemplar_id in () if keys["person"] else keys["exemplar"]:
            named = session.get_one(Exemplar, exemplar_id).name
        audit.note_export(3, {"subject": named, "kind": "delegate"}, actor=LAN)
    return words


def of_others(name: str, keys: Keys) -> dict[str, Any]:
    """The rows of a table that point at the person and are not his, by table and column."""
    table, key = row_queries.table(name), row_queries.key_of(name)
    his = select(key).where(person_queries.is_of(name, keys))
    return {
        f"{name}.{column.name}": column.in_(keys[target]) & key.not_in(his)
        for column in table.columns
        for target in (key.column.table.name for key in column.foreign_keys)
        if target in keys
    }


def _planted(name: str, label: str, rows: Any, numbers: Iterator[int]) -> dict[str, Place]:
    words: dict[str, Place] = {}
    table = row_queries.table(name)
    for column in worded(name):
        word = f"qz{next(numbers)}"
        value: Any = word.encode() if isinstance(column.type, LargeBinary) else word
        done = db.session.execute(update(table).where(rows).values({column.name: value}))
        if done.rowcount:  # type: ignore[attr-defined]
            words[word] = (label, column.name)
    return words | logged(name, label, rows, f"qz{next(numbers)}", f"qz{next(numbers)}")


def logged(table: str, label: str, rows: Any, word: str, called: str) -> dict[str, Place]:
    """The log says the word about the rows, and calls them by another; {} when it cannot name
    one."""
    if len(row_queries.table(table).primary_key) > 1:
        return {}
    ids = list(db.session.scalars(select(row_queries.key_of(table)).where(rows)))
    happenings = [audit.RowHappening(one, called, {"note": [None, word]}) for one in ids]
    audit.record_rows("delegate.edit", table, happenings, actor=LAN)
    return {word: (LOG, label), called: (CALLED, label)} if ids else {}


def a_person_everywhere(congress: Congress, state: str) -> Delegate:
    """With a row in every table that a person in no record can stand in."""
    person = builders.a_person(NAME, congress.unit)
    delegate = builders.a_delegate(congress, person, state=state, number=9)
    now = clock.now()
    session = builders.a_session(congress)
    badge = builders.a_badge(delegate)
    scan = builders.a_scan(session, badge)
    speech = builders.a_speech(congress, delegate_id=delegate.id)
    builders.a_ground(delegate)
    builders.a_presence(session, delegate, last_scan_id=scan.id)
    builders.a_conflict(builders.a_scan(session, badge), scan)
    builders.a_speech_file(speech)
    builders.a_speech_review(speech, 1, 5)
    builders.a_speaking_turn(session, delegate)
    builders.a_data_request(person)
    builders.a_paper_sheet(session, [delegate])
    builders.seated(builders.a_hall(congress), "A1", delegate)
    release = store(
        ProgrammeRelease(
            congress_id=congress.id, number=1, released_at=now, released_by="Lan", body={},
            changes=[],
        )
    )  # fmt: skip
    run = a_badge_print(congress)
    store(ProgrammeNotice(release_id=release.id, delegate_id=delegate.id, name="x", text="x"))
    store(Excuse(session_id=session.id, delegate_id=delegate.id, reason="ốm",
                 accepted_by="Lan", at=now))  # fmt: skip
    store(BadgePhoto(delegate_id=delegate.id, data=b"x", updated_at=now, updated_by="Lan"))
    store(BadgePrintItem(print_id=run.id, badge_id=badge.id))
    store(BadgeKey(badge_id=badge.id, locator="l" * 22, key=sealing.new_key()))
    store(
        DelegationHead(congress_id=congress.id, unit_id=congress.unit_id, delegate_id=delegate.id)
    )
    return delegate


def a_badge_print(congress: Congress, filters: dict[str, str] | None = None) -> BadgePrint:
    """A printing of badges, chosen by the filters."""
    return store(
        BadgePrint(
            congress_id=congress.id, printed_at=clock.now(), printed_by="Lan",
            imposition="single", size="a6", filters=filters or {}, count=1,
        )
    )  # fmt: skip


def in_every_record(delegate: Delegate) -> None:
    """He stood, was elected as a reserve and called, sat in a body, was ruled on and spoke;
    he came in one's stead, and another was called in his."""
    congress = delegate.congress
    election = builders.a_certified_election(congress=congress)
    candidate = builders.a_candidate(election, delegate.person)
    place = builders.an_elected_place(election, candidate, position=9)
    builders.a_transmission(election, {place: delegate})
    builders.a_ruling(delegate, "invalid")
    builders.a_seat(congress, delegate)
    call = {"place_id": place.id, "state": "declined", "reason": "ốm", "at": clock.now()}
    store(ReserveCall(by="Lan", **call))
    after = builders.an_elected_place(election, builders.a_candidate(election), position=8)
    store(ReserveCall(by="Lan", **(call | {"place_id": after.id}), replaced_id=delegate.id))
    builders.a_delegate(congress, state="replaced", replaced_by_id=delegate.id)
    store(BallotIssue(round_id=place.round_id, delegate_id=delegate.id))
    spoken = builders.a_speech(congress, delegate_id=delegate.id)
    builders.an_item(builders.a_session(congress), speech_id=spoken.id)


def an_exemplar_of(delegate: Delegate) -> None:
    """He is praised as an exemplar, with everything such a one has."""
    exemplar = builders.an_exemplar(NAME, delegate.congress.unit)
    builders.a_link(exemplar, delegate.person)
    builders.an_award(exemplar, "Bằng khen", None, 2023)
    builders.a_nomination(exemplar)
    builders.an_exemplar_file(exemplar)
    step = {"from_stage": "detect", "to_stage": "foster", "at": clock.now(), "by": "Lan"}
    store(ExemplarStep(exemplar_id=exemplar.id, **step))
