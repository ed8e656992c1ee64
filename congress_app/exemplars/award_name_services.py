"""Edit the list of awards: add a name, rename it, its other names, its place, whether offered.

The list is one for the whole sector. What is on record keeps the words it was written
with; its kind is told anew when a name is added, so that old records find their place.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from congress_app.audit import wording
from congress_app.audit.services import changed, record
from congress_app.database import transaction
from congress_app.exemplars.awards import (
    STANDARD_KINDS,
    AwardKind,
    recognise,
    same_names,
    spelling,
)
from congress_app.exemplars.models import Award, AwardName
from congress_app.kernel.errors import Forbidden, NotFound, RuleViolation, Stale
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence


@dataclass(frozen=True)
class NameEntry:
    """One line of the list as entered."""

    name: str
    aliases: tuple[str, ...] = ()
    is_offered: bool = True


def add(entry: NameEntry, *, actor: Actor) -> AwardName:
    """Put a name at the end of the list. Raises RuleViolation `same_award_name`."""
    with transaction() as session:
        _must_edit(actor)
        rows = _list(session)
        code = _free_code(entry.name, {row.code for row in rows})
        row = AwardName(code=code, position=len(rows) + 1)
        _fill(row, entry)
        _must_be_clear([*rows, row], row)
        session.add(row)
        _recognise_again(session)
        told = {"name": entry.name, "aliases": list(entry.aliases)}
        record("award_name.create", row, told, actor=actor)
    return row


def edit(code: str, entry: NameEntry, *, version: int, actor: Actor) -> AwardName:
    """Change a line of the list. Raises Stale, NotFound, RuleViolation `same_award_name`."""
    with transaction() as session:
        _must_edit(actor)
        rows = _list(session)
        row = _row(rows, code)
        if row.version != version:
            raise Stale(wording.stored(_shown(row)), version=row.version)
        _fill(row, entry)
        _must_be_clear(rows, row)
        changes = {k: v for k, v in changed(row).items() if k != "version"}
        if changes:
            _recognise_again(session)
            record("award_name.edit", row, changes, actor=actor)
    return row


def move(code: str, *, up: bool, actor: Actor) -> None:
    """One place up or down; at the end of the list nothing happens. Raises NotFound."""
    with transaction() as session:
        _must_edit(actor)
        rows = _list(session)
        row = _row(rows, code)
        place = rows.index(row)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        for position, one in enumerate(rows, start=1):
            one.position = position
        record("award_name.move", row, {"precedence": [place + 1, other + 1]}, actor=actor)


def _list(session: Session) -> list[AwardName]:
    """The rows in their order, locked; the standard list becomes rows with the first edit."""
    query = select(AwardName).order_by(AwardName.position, AwardName.id).with_for_update()
    rows = list(session.scalars(query.execution_options(populate_existing=True)))
    if rows:
        return rows
    rows = [
        AwardName(
            code=kind.code,
            name=kind.name,
            aliases=list(kind.aliases),
            position=place,
            is_offered=True,
        )
        for place, kind in enumerate(STANDARD_KINDS, start=1)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _row(rows: list[AwardName], code: str) -> AwardName:
    found = next((row for row in rows if row.code == code), None)
    if found is None:
        raise NotFound()
    return found


def _fill(row: AwardName, entry: NameEntry) -> None:
    row.name, row.is_offered = entry.name, entry.is_offered
    row.aliases = list(dict.fromkeys(name for name in entry.aliases if name != entry.name))


def _must_be_clear(rows: list[AwardName], entered: AwardName) -> None:
    twice = same_names(AwardKind(row.code, row.name, tuple(row.aliases)) for row in rows)
    if twice is None:
        return
    wanted = spelling(twice)
    owner = next(
        row
        for row in rows
        if row is not entered and wanted in {spelling(name) for name in (row.name, *row.aliases)}
    )
    raise RuleViolation(
        "same_award_name",
        Sentence(
            N_(
                "“{name}” đã là tên của “{owner}” (“sĩ” và “sỹ” là một). Hãy viết khác đi, "
                "hoặc thêm làm tên gọi khác của mục đó."
            ),
            name=twice,
            owner=owner.name,
        ),
    )


def _recognise_again(session: Session) -> None:
    """Awards of which nobody knew the kind may be on the list by now."""
    session.flush()
    kinds = [
        AwardKind(row.code, row.name, tuple(row.aliases))
        for row in session.scalars(select(AwardName).order_by(AwardName.position))
    ]
    for award in session.scalars(select(Award).where(Award.kind.is_(None))):
        found = recognise(award.name, kinds)
        award.kind = found.code if found else None


def _free_code(name: str, taken: set[str]) -> str:
    base = spelling(name).replace(" ", "_")[:34] or "award"
    numbered = (base, *(f"{base}_{number}" for number in range(2, len(taken) + 3)))
    return next(code for code in numbered if code not in taken)


def _must_edit(actor: Actor) -> None:
    if not actor.holds_at_root(Permission.EXEMPLAR_DECIDE):
        raise Forbidden(
            "forbidden",
            Sentence(N_("Danh mục khen thưởng dùng chung toàn ngành: chỉ cấp ngành được sửa.")),
        )


def _shown(row: AwardName) -> dict[str, object]:
    return {"name": row.name, "aliases": row.aliases, "is_offered": row.is_offered}
