"""A small real tree for the tests of services and pages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.kernel.permissions import Actor, Grant, Role, system_actor
from congress_app.units.models import Unit
from tests.builders import a_unit, the_root

SYSTEM = system_actor()


@dataclass
class Tree:
    """VN with Khối cơ quan and two provinces; Hà Nội has two districts and a department."""

    vn: Unit
    kcq: Unit
    hanoi: Unit
    dong_da: Unit
    ba_vi: Unit
    office: Unit
    saigon: Unit


def a_tree() -> Tree:
    """The tree, stored."""
    vn = the_root()
    kcq = a_unit("KCQ", vn, "khoi_co_quan", name="Khối cơ quan", precedence=1, headcount=None)
    hanoi = a_unit("01", vn, name="BHXH TP. Hà Nội", precedence=2, headcount=None)
    saigon = a_unit("79", vn, name="BHXH TP. Hồ Chí Minh", precedence=3, headcount=900)
    return Tree(
        vn,
        kcq,
        hanoi,
        a_unit("01.DD", hanoi, "huyen", name="BHXH quận Đống Đa", precedence=1, headcount=40),
        a_unit("01.BV", hanoi, "huyen", name="BHXH huyện Ba Vì", precedence=2, headcount=30),
        a_unit("01.VP", hanoi, "phong", name="Văn phòng", precedence=3, headcount=None),
        saigon,
    )


def an_organiser(unit: Unit) -> Actor:
    """Somebody who may change the unit and what is below it."""
    return Actor("user", 5, "lan", "Lan", (Grant(Role.ORGANISER, unit.path),))


def paths() -> dict[str, str]:
    """The path of every unit in codes, by its code: {"01.DD": "VN/01/01.DD"}."""
    units = db.session.execute(select(Unit.id, Unit.code, Unit.path)).all()
    codes = {unit.id: unit.code for unit in units}
    return {
        unit.code: "/".join(codes[int(part)] for part in unit.path.strip("/").split("/"))
        for unit in units
    }


def parents() -> dict[str, str | None]:
    """The code of every unit's parent, by its code."""
    units = db.session.execute(select(Unit.id, Unit.code, Unit.parent_id)).all()
    codes = {unit.id: unit.code for unit in units}
    return {unit.code: codes.get(unit.parent_id) for unit in units}


def log() -> list[tuple[str, str, dict[str, object]]]:
    """Action, subject and changes of every entry about units, in order."""
    about = Entry.subject_kind.in_(("unit", "cluster"))
    entries = db.session.scalars(select(Entry).where(about).order_by(Entry.id))
    return [(entry.action, entry.subject_name, entry.changes) for entry in entries]


def text(page: Any) -> str:
    """The words of an answer, without its tags."""
    return _words(page.text)


def main(page: Any) -> str:
    """The words of the page's own part, without menu and frame."""
    return _words(page.text.partition("<main")[2])


def _words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())
