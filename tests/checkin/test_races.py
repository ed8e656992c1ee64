"""Doors that report the same people at the same moment, each in its own order."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread

from flask import Flask
from sqlalchemy import Connection, func, select

from congress_app.badges import token
from congress_app.checkin import log_queries, services
from congress_app.checkin.answer import Answer
from congress_app.checkin.decision import Reason
from congress_app.checkin.intake import Asked, Door
from congress_app.checkin.models import Presence, Scan
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from tests.builders import a_badge
from tests.builders.moves import moved
from tests.checkin.door import a_scene, confirmed
from tests.checkin.test_services import together
from tests.interrupting import at_the_first

PEOPLE, UPLOADS, LIVE = 20, 4, 4


def test_batches_in_opposite_orders_and_live_scans_all_get_their_answers(app: Flask) -> None:
    """Each holds whom the other wants next; PostgreSQL then ends one of the two."""
    scene = a_scene()
    codes = [a_badge(confirmed(scene.congress), token.new_code()).code for _ in range(PEOPLE)]
    congress_id = scene.congress.id
    asked = {
        place: [
            Asked(
                scene.request(code, was_offline=place < UPLOADS),
                Door(congress_id, place + 1, f"Máy {place}", is_clock_measured=True),
            )
            for code in (codes if place % 2 else reversed(codes))
        ]
        for place in range(UPLOADS + LIVE)
    }

    def act(place: int) -> int:
        if place < UPLOADS:
            answers = services.scan_all(asked[place])
        else:
            answers = [services.scan(one.request, one.door) for one in asked[place]]
        return sum(isinstance(answer, Answer) for answer in answers)

    assert together(app, UPLOADS + LIVE, act) == [PEOPLE] * (UPLOADS + LIVE)
    db.session.rollback()
    verdicts = dict(
        db.session.execute(select(Scan.verdict, func.count(Scan.id)).group_by(Scan.verdict)).all()
    )
    assert sum(verdicts.values()) == PEOPLE * (UPLOADS + LIVE)
    assert verdicts["accepted"] == PEOPLE
    assert db.session.scalar(select(func.count(Presence.id))) == PEOPLE
    assert log_queries.verify(congress_id).mismatches == ()


def test_a_late_scan_that_meets_the_closing_comes_after_it(app: Flask) -> None:
    """It asks whether the congress is over while that is being written down, and waits."""
    scene = a_scene()
    with transaction():
        scene.congress.state = "open"
    door = replace(scene.door, since=clock.now(), is_clock_measured=True)
    asked = [Asked(scene.request(was_offline=True), door)]
    answers: list[Answer] = []

    def upload() -> None:
        with app.app_context():
            answers.extend(one for one in services.scan_all(asked) if isinstance(one, Answer))
            db.session.remove()

    gate = Thread(target=upload)

    def come_back(_connection: Connection) -> None:
        gate.start()
        gate.join(0.5)

    with at_the_first("UPDATE congress", come_back):
        moved(scene.congress, "closed", actor=system_actor())
    gate.join()
    assert [one.reason for one in answers] == [Reason.CONGRESS_CLOSED]
