"""Scans on a real database: decided once, written down, told again word for word."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.badges import queries as badge_queries
from congress_app.badges import services as badge_services
from congress_app.badges import token
from congress_app.checkin import presence, scan_queries, services
from congress_app.checkin.answer import FirstSeen
from congress_app.checkin.decision import Outcome, Reason
from congress_app.checkin.intake import Door
from congress_app.checkin.models import Presence, Scan
from congress_app.checkin.queries import pulse
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import system_actor
from tests.builders import a_badge
from tests.checkin.door import Scene, a_scene, confirmed
from tests.conftest import FrozenClock


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock) -> Scene:
    return a_scene()


def scans() -> int:
    return db.session.scalar(select(func.count(Scan.id))) or 0


def test_the_first_scan_lets_in_and_tells_who(scene: Scene) -> None:
    answer = scene.ask()
    person = scene.delegate.person
    assert (answer.verdict, answer.reason, answer.replayed) == (Outcome.ACCEPTED, None, False)
    assert answer.delegate is not None
    assert (answer.delegate.name, answer.delegate.unit) == (person.full_name, person.organisation)
    assert answer.first_seen is None


def test_the_second_scan_tells_when_and_where_the_first_was(scene: Scene) -> None:
    first = clock.now()
    scene.ask()
    answer = scene.ask()
    assert (answer.verdict, answer.reason) == (Outcome.REFUSED, Reason.ALREADY_IN)
    assert answer.first_seen == FirstSeen(first, "Cửa A")
    assert str(answer.sentence) == "Thẻ này đã vào lúc 08:00:00 15/06 tại Cửa A."


def test_the_same_uuid_gets_the_stored_answer_and_writes_nothing(scene: Scene) -> None:
    request = scene.request()
    first = services.scan(request, scene.door)
    again = services.scan(request, scene.door)
    assert again.replayed
    assert (again.verdict, again.delegate, scans()) == (first.verdict, first.delegate, 1)


def test_a_replayed_refusal_says_the_same_sentence(scene: Scene) -> None:
    scene.ask()
    request = scene.request()
    first = services.scan(request, scene.door)
    again = services.scan(request, scene.door)
    assert str(again.sentence) == str(first.sentence)
    assert again.first_seen == first.first_seen


def test_a_replay_comes_before_every_rule(scene: Scene) -> None:
    request = scene.request()
    services.scan(request, scene.door)
    badge_services.revoke(
        scene.congress,
        scene.delegate,
        "mất thẻ",
        seen=badge_queries.standing_of(scene.delegate.id),
        actor=system_actor(),
    )
    assert services.scan(request, scene.door).verdict == Outcome.ACCEPTED


def test_the_same_uuid_with_another_body_is_a_conflict_and_writes_nothing(scene: Scene) -> None:
    request = scene.request()
    services.scan(request, scene.door)
    other = scene.request(uuid=request.uuid, direction="out")
    with pytest.raises(Conflict) as raised:
        services.scan(other, scene.door)
    assert (raised.value.code, scans()) == ("uuid_reused", 1)


def test_another_device_may_use_the_same_uuid(scene: Scene) -> None:
    request = scene.request()
    services.scan(request, scene.door)
    other = Door(scene.congress.id, 2, "Điện thoại 2", gate="Cửa B")
    assert services.scan(request, other).reason == Reason.ALREADY_IN


def test_a_reissued_badge_makes_the_old_one_superseded(scene: Scene) -> None:
    old = scene.badge.code
    fresh = badge_services.reissue(
        scene.congress,
        scene.delegate,
        "mất",
        seen=badge_queries.standing_of(scene.delegate.id),
        actor=system_actor(),
    )
    assert scene.ask(old).reason == Reason.SUPERSEDED
    assert scene.ask(fresh.code).verdict == Outcome.ACCEPTED


def test_a_badge_of_another_congress_tells_nothing_about_its_owner(scene: Scene) -> None:
    other = a_scene()
    answer = scene.ask(other.badge.code)
    assert (answer.reason, answer.delegate) == (Reason.WRONG_CONGRESS, None)


def test_one_changed_digit_is_a_misreading(scene: Scene) -> None:
    code = scene.badge.code
    changed = code[:5] + str((int(code[5]) + 1) % 10) + code[6:]
    answer = scene.ask(changed)
    assert answer.reason == Reason.UNKNOWN
    assert str(answer.sentence).startswith("Mã đọc sai một chữ số.")


def test_rubbish_is_unknown_and_kept_short(scene: Scene) -> None:
    assert scene.ask("https://example.vn/" + "a" * 3000).reason == Reason.UNKNOWN
    stored = db.session.scalars(select(Scan)).one()
    assert len(stored.raw_code) == 64


def test_before_and_after_the_door(scene: Scene, frozen_clock: FrozenClock) -> None:
    number = scene.session.id
    frozen_clock.move_to(scene.session.doors_open_at - timedelta(seconds=1))
    assert scene.ask(session_id=number).reason == Reason.TOO_EARLY
    assert scene.ask().reason == Reason.SESSION_CLOSED
    frozen_clock.move_to(scene.session.doors_close_at)
    assert scene.ask(session_id=number).reason == Reason.TOO_LATE


def test_the_clock_of_a_live_device_does_not_matter(scene: Scene) -> None:
    answer = scene.ask(at=clock.now() + timedelta(hours=3))
    stored = db.session.scalars(select(Scan)).one()
    assert (answer.verdict, stored.corrected_at) == (Outcome.ACCEPTED, clock.now())


def test_leaving_and_coming_back(scene: Scene) -> None:
    assert scene.ask(direction="out").reason == Reason.NOT_IN
    verdicts = [scene.ask(direction=way).verdict for way in ("in", "out", "in", "out")]
    assert verdicts == [Outcome.ACCEPTED] * 4


def test_without_reentry_who_left_stays_out(app: Flask, frozen_clock: FrozenClock) -> None:
    scene = a_scene(allows_reentry=False)
    scene.ask()
    scene.ask(direction="out")
    assert scene.ask().reason == Reason.ALREADY_IN


def test_what_an_offline_door_admitted_twice_is_a_conflict(scene: Scene) -> None:
    first = scene.ask(was_offline=True)
    second = scene.ask(was_offline=True)
    assert (first.verdict, second.verdict) == (Outcome.ACCEPTED, Outcome.CONFLICT)
    assert second.reason == Reason.ALREADY_IN


def test_the_projection_equals_the_fold(scene: Scene) -> None:
    for way in ("in", "in", "out", "in"):
        scene.ask(direction=way)
    folded = presence.fold(scan_queries.scan_lines(scene.congress.id))
    row = db.session.scalars(select(Presence)).one()
    stored = presence.Standing(
        row.is_present, row.first_in_at, row.first_gate, row.last_at, row.last_scan_id
    )
    assert folded == {(scene.session.id, scene.delegate.id): stored}


def test_every_scan_moves_the_pulse(scene: Scene) -> None:
    before = pulse(scene.congress.id)
    scene.ask()
    scene.ask("123")
    assert pulse(scene.congress.id) == before + 2


def together(app: Flask, count: int, act: object) -> list[object]:
    """Run `act(place)` in `count` threads at the same moment; what each gave."""
    gate = threading.Barrier(count)
    results: list[object] = [None] * count

    def run(place: int) -> None:
        with app.app_context():
            gate.wait()
            results[place] = act(place)  # type: ignore[operator]
            db.session.remove()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_twenty_doors_scan_one_badge_and_one_admits(app: Flask) -> None:
    scene = a_scene()
    code, congress_id = scene.badge.code, scene.congress.id
    requests = [scene.request(code) for _ in range(20)]

    def act(place: int) -> Outcome:
        return services.scan(requests[place], Door(congress_id, place + 1, f"Máy {place}")).verdict

    verdicts = together(app, 20, act)
    assert sorted(str(v) for v in verdicts) == ["accepted"] + ["refused"] * 19
    db.session.rollback()
    assert db.session.scalar(select(func.count(Presence.id))) == 1


def test_the_same_scan_sent_twice_at_once_is_written_once(app: Flask) -> None:
    scene = a_scene()
    request, door = scene.request(), scene.door
    answers = together(app, 4, lambda _place: services.scan(request, door).replayed)
    assert sorted(str(answer) for answer in answers) == ["False", "True", "True", "True"]
    db.session.rollback()
    assert scans() == 1


def test_without_the_lock_both_doors_would_admit(app: Flask) -> None:
    """The control: reading and writing in two transactions shows the race the lock closes."""
    scene = a_scene()
    session_id, delegate_id = scene.session.id, scene.delegate.id
    both_read = threading.Barrier(2)
    admitted = []

    def act(_place: int) -> None:
        here = scan_queries.presence_row(session_id, delegate_id) is not None
        db.session.rollback()
        both_read.wait()
        if not here:
            with transaction():
                admitted.append(1)

    together(app, 2, act)
    assert len(admitted) == 2


def test_a_code_with_a_wallet_s_prefix_is_read(scene: Scene) -> None:
    other = confirmed(scene.congress)
    code = a_badge(other, token.new_code()).code
    assert scene.ask("]Q1\\000026" + code).verdict == Outcome.ACCEPTED
