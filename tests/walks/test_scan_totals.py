"""A thousand random scans of live and silent doors: every total equals a fold of the log.

The fold here is written anew and plainly, from what `scans export` prints, so that it does
not share a mistake with the one it checks.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from congress_app.badges import token
from congress_app.checkin import (
    board_queries,
    desk_services,
    log_queries,
    queries,
    scan_queries,
    services,
)
from congress_app.checkin.decision import Outcome, Reason
from congress_app.checkin.intake import Door, ScanRequest
from congress_app.checkin.models import Presence, Scan
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from congress_app.programme.models import Session
from congress_app.scanners import services as scanners
from tests.builders import a_badge, a_delegate, a_person, a_unit
from tests.checkin.door import a_scene
from tests.conftest import MORNING, Runner

GATES = ("Cửa A", "Cửa B", "Cửa C")
EXAMPLES, STEPS = 20, 50
gates = st.sampled_from(range(len(GATES)))
people = st.sampled_from(range(4))
ways = st.sampled_from(["in", "in", "out"])


class Doors(RuleBasedStateMachine):
    """Three doors, four badges of two units; time only goes on."""

    app: Flask

    @initialize()
    def open_doors(self) -> None:
        """A congress of its own, and a device that asks for the attendance."""
        self.now = MORNING
        with clock.frozen(self.now):
            self.scene = a_scene()
            units = [a_unit(parent=self.scene.congress.unit) for _ in range(2)]
            self.unit_of: dict[int, str] = {}
            self.codes = []
            for place in range(4):
                unit = units[place % 2]
                delegate = a_delegate(self.scene.congress, a_person(unit=unit))
                self.unit_of[delegate.id] = unit.name
                self.codes.append(a_badge(delegate, token.new_code()).code)
            invited = scanners.invite(
                self.scene.congress, "Máy", None, "steward", actor=system_actor()
            )
            self.token = scanners.pair(invited.code, None, address="test").token
        self.sent: list[tuple[ScanRequest, Door]] = []

    def door(self, gate: int) -> Door:
        """A door whose clock is measured and right."""
        door = Door(self.scene.congress.id, gate + 1, f"Máy {gate}", gate=GATES[gate])
        return replace(door, is_clock_measured=True)

    def send(self, request: ScanRequest, door: Door) -> Outcome:
        self.sent.append((request, door))
        with clock.frozen(self.now):
            return services.scan(request, door).verdict

    @rule(minutes=st.integers(0, 7))
    def time_goes_on(self, minutes: int) -> None:
        """People come in waves."""
        self.now += timedelta(minutes=minutes, seconds=1)

    @rule(person=people, gate=gates, way=ways)
    def live(self, person: int, gate: int, way: str) -> None:
        """A door with network never reports a conflict."""
        request = self.scene.request(self.codes[person], at=self.now, direction=way)
        assert self.send(request, self.door(gate)) is not Outcome.CONFLICT

    @rule(person=people, gate=gates, way=ways, ago=st.integers(0, 30))
    def late(self, person: int, gate: int, way: str, ago: int) -> None:
        """A door without network let somebody through and tells it now."""
        then = self.now - timedelta(minutes=ago)
        request = self.scene.request(self.codes[person], at=then, direction=way, was_offline=True)
        assert self.send(request, self.door(gate)) is not Outcome.REFUSED

    @rule(gate=gates)
    def rubbish(self, gate: int) -> None:
        """Something that is no badge."""
        request = self.scene.request("x" * 17, at=self.now, was_offline=True)
        assert self.send(request, self.door(gate)) is Outcome.CONFLICT

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        """Something sent before is sent once more; nothing is written."""
        request, door = data.draw(st.sampled_from(self.sent))
        before = self.rows()
        with clock.frozen(self.now):
            assert services.scan(request, door).replayed
        assert self.rows() == before

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def taken_back(self, data: st.DataObject) -> None:
        """The desk takes back a scan that counts, if there is one."""
        scans = db.session.scalars(select(Scan).where(Scan.congress_id == self.congress_id)).all()
        standing = [scan for scan in scans if scan_queries.is_standing(scan)]
        if standing:
            wrong = data.draw(st.sampled_from(standing), label="wrong")
            with clock.frozen(self.now):
                desk_services.take_back(self.scene.congress, wrong, "nhầm", actor=system_actor())

    @property
    def congress_id(self) -> int:
        """The congress of this run."""
        return self.scene.congress.id

    def rows(self) -> int:
        """How many rows the log has."""
        wanted = select(func.count(Scan.id)).where(Scan.congress_id == self.congress_id)
        return db.session.scalar(wanted) or 0

    @invariant()
    def the_projection_is_the_fold(self) -> None:
        """After every step, whatever it was."""
        if hasattr(self, "scene"):
            assert log_queries.verify(self.congress_id).mismatches == ()

    def teardown(self) -> None:
        """All totals in the end."""
        if hasattr(self, "scene"):
            with clock.frozen(self.now):
                self.compare()

    def compare(self) -> None:
        """By delegate, gate and unit; in all; on the board; over the API."""
        entries = folded(self.exported())
        present = {delegate for delegate, (inside, _gate) in entries.items() if inside}
        rows = db.session.scalars(
            select(Presence).join(Session).where(Session.congress_id == self.congress_id)
        ).all()
        assert {row.delegate_id for row in rows if row.is_present} == present
        by_gate = Counter(gate for inside, gate in entries.values() if inside)
        assert Counter(row.first_gate for row in rows if row.is_present) == by_gate
        counted = queries.attendance(self.congress_id, self.scene.session)
        by_unit = Counter(self.unit_of[delegate] for delegate in present)
        assert {one.label: one.present for one in counted.by_unit if one.present} == by_unit
        board = board_queries.board(self.congress_id, self.scene.session.id).attendance
        told = self.asked()
        assert (counted.present, board.present, told["present"]) == (len(present),) * 3
        # A device is told of small delegations together.
        assert sum(one["present"] for one in told["by_unit"]) == len(present)

    def exported(self) -> list[dict[str, Any]]:
        """The log as the command prints it."""
        ran = Runner(self.app).invoke(args=["scans", "export", str(self.congress_id)])
        assert ran.exit_code == 0, ran.stderr
        return [json.loads(line) for line in ran.stdout.splitlines() if line]

    def asked(self) -> dict[str, Any]:
        """The attendance as a device gets it."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.app.test_client().get("/api/v1/attendance", headers=headers)
        return dict(answer.get_json())


def folded(log: list[dict[str, Any]]) -> dict[int, tuple[bool, str | None]]:
    """From the exported log: is the delegate inside, and by which gate did he first come in."""
    undone = {row["corrects_id"] for row in log if row["corrects_id"]}
    passed = [
        row
        for row in log
        if row["id"] not in undone
        and not row["corrects_id"]
        and (
            row["verdict"] == "accepted"
            or (row["verdict"], row["reason"])
            in (("conflict", Reason.ALREADY_IN), ("conflict", Reason.NOT_IN))
        )
    ]
    passed.sort(key=lambda row: (datetime.fromisoformat(row["corrected_at"]), row["id"]))
    found: dict[int, tuple[bool, str | None]] = {}
    for row in passed:
        inside, gate = found.get(row["delegate_id"], (False, None))
        comes = row["direction"] == "in"
        if comes != inside:
            found[row["delegate_id"]] = (comes, gate or (row["gate"] if comes else None))
    return found


def test_every_total_equals_a_fold_of_the_log(app: Flask) -> None:
    class Here(Doors):
        pass

    Here.app = app
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
