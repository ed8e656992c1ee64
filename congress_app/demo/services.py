"""Load the demonstration into an empty database, or in place of an earlier one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from congress_app.accounts import demonstration
from congress_app.accounts import services as accounts
from congress_app.audit.models import Entry, Head
from congress_app.audit.services import record
from congress_app.congresses import rulebook_services
from congress_app.congresses.models import Season
from congress_app.database import Model, transaction
from congress_app.demo import queries
from congress_app.demo.bodies_services import report_credentials
from congress_app.demo.bridge_services import bridge_exemplars
from congress_app.demo.hall_services import furnish
from congress_app.demo.paper_services import issue_papers
from congress_app.demo.programme_services import release_programmes
from congress_app.demo.season_services import SeasonWriter
from congress_app.demo.sizes import EXTENTS, SHOWN, Extent, Size
from congress_app.demo.structure import ROOT_CODE
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import ROLE_LABELS, Actor, Role
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units import queries as unit_queries
from congress_app.units import sum_services

SEASON_KEY, RULEBOOK_KEY = "2020", "2020"
SEASON_NAME = N_("Đại hội Thi đua yêu nước ngành BHXH lần thứ V")
# Where each role works; all others at the root. The registrar belongs to one province.
_PLACES = {Role.REGISTRAR: SHOWN}


@dataclass(frozen=True)
class Account:
    """An account of the demonstration with its public password."""

    role: str
    username: str
    password: str


def load(size: Size, seed: int, *, actor: Actor) -> list[Account]:
    """Write the whole demonstration, all or nothing; gives its accounts.

    The same size and seed make the same rows, but for what follows the clock: the
    rehearsal's door. Raises Conflict `real_data`.
    """
    with transaction() as session:
        if queries.holds_real_data():
            raise Conflict(
                "real_data",
                Sentence(
                    N_(
                        "Cơ sở dữ liệu đã có dữ liệu thật nên không nạp dữ liệu minh họa. "
                        "Hãy dùng một cơ sở dữ liệu khác (đặt DATABASE_URL)."
                    )
                ),
            )
        _clear(session)
        book = rulebook_services.stored(RULEBOOK_KEY)
        season = Season(key=SEASON_KEY, name=SEASON_NAME, rulebook_id=book.id)
        session.add(season)
        session.flush()
        SeasonWriter(session, EXTENTS[size], seed, season.id, book).write()
        sum_services.rebuild()
        bridge_exemplars()
        release_programmes(actor=actor)
        begun = _begun(EXTENTS[size])
        report_credentials(begun, actor=actor)
        furnish(begun, actor=actor)
        issue_papers(begun, actor=actor)
        made = _accounts(actor)
        record("demo.load", season, {"size": size.value, "seed": seed}, actor=actor)
        return made


def _begun(extent: Extent) -> list[str]:
    """Whose congress is under way with its door open: its credentials are examined."""
    return [code for code in extent.doors if extent.states.get(code) == "open"]


def _clear(session: Session) -> None:
    # Nothing but an earlier demonstration is left here; only the log stays for ever.
    for table in reversed(Model.metadata.sorted_tables):
        if table.name not in (Entry.__tablename__, Head.__tablename__):
            session.execute(delete(table))


def _accounts(actor: Actor) -> list[Account]:
    made = []
    for role, label in ROLE_LABELS.items():
        unit = unit_queries.unit_by_code(_PLACES.get(role, ROOT_CODE))
        if unit is None:
            raise AssertionError("the tree was just written")
        # Ballots are counted by two people apart, so there are two of them to sign in as.
        for number in ("", "2") if role is Role.TELLER else ("",):
            username = f"{role.value}{number}"
            name = f"{label} {number}".strip() + " (minh họa)"
            accounts.create_user(username, name, role, unit, actor=actor, is_demo=True)
            made.append(Account(role.value, username, demonstration.PASSWORD))
    return made
