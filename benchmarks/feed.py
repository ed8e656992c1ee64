"""The feed of devices, for a province's congress and for a whole country's worth of badges.

Prints JSON lines: what locking one badge costs, the first whole feed with all locks derived,
a quiet call, a call after one scan, and the size of what a device loads.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert, select

from benchmarks._timing import median, once, tell
from congress_app import create_app
from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from congress_app.kernel.vietnamese import fold
from congress_app.scanners import feed_services, sealing, services
from congress_app.scanners.feed_models import BadgeKey
from tests import builders

SIZES = (500, 20_000)
# Locks of more badges take minutes of calls; there they are made up, and one lock times the
# number of badges says what they would take.
DERIVED_BY_CALLS = 500
ACTOR = system_actor("benchmark")


def roster(size: int) -> Congress:
    """A congress with an open door and this many confirmed delegates with badges."""
    congress = builders.a_congress(builders.a_unit(f"9{size}"))
    builders.a_session(congress)
    now = clock.now()
    with transaction() as session:
        start = (session.query(Person.id).order_by(Person.id.desc()).limit(1).scalar() or 0) + 1
        ids = range(start, start + size)
        names = {i: f"Nguyễn Thị Ánh {i}" for i in ids}
        people = [
            {"id": i, "full_name": n, "sort_key": n, "search_key": fold(n), "organisation": "BHXH"}
            for i, n in names.items()
        ]
        delegates = [
            {
                "id": i,
                "congress_id": congress.id,
                "person_id": i,
                "category": "official",
                "state": "confirmed",
                "number": i,
                "priorities": [],
                "created_at": now,
                "created_by": "benchmark",
            }
            for i in ids
        ]
        badges = [
            {"delegate_id": i, "code": token.new_code(), "issued_at": now, "issued_by": "b"}
            for i in ids
        ]
        session.execute(insert(Person), people)
        session.execute(insert(Delegate), delegates)
        session.execute(insert(Badge), badges)
    return congress


def make_up_locks() -> None:
    """Random locks for every badge that has none."""
    with transaction() as session:
        missing = session.scalars(
            select(Badge.id).where(Badge.id.not_in(select(BadgeKey.badge_id)))
        ).all()
        rows = [
            {
                "badge_id": badge_id,
                "locator": sealing.written(secrets.token_bytes(sealing.LOCATOR_BYTES)),
                "key": sealing.new_key(),
            }
            for badge_id in missing
        ]
        session.execute(insert(BadgeKey), rows)


def load(client: FlaskClient, headers: dict[str, str]) -> tuple[int, int, int]:
    """Follow the feed until it is whole: calls, entries, bytes."""
    after = calls = entries = size = 0
    while True:
        answer = client.get(f"/api/v1/feed?after={after}", headers=headers)
        told = answer.get_json()
        calls, entries, size = calls + 1, entries + len(told["entries"]), size + len(answer.data)
        after = told["next"]
        if told["complete"]:
            return calls, entries, size


def measure(client: FlaskClient, size: int) -> None:
    """One size."""
    congress = roster(size)
    paired = services.pair(
        services.invite(congress, "Máy", None, "steward", actor=ACTOR).code, None, address="b"
    )
    headers = {"Authorization": f"Bearer {paired.token}"}
    if size > DERIVED_BY_CALLS:
        make_up_locks()
    started = time.perf_counter()
    while not feed_services.bring_up_to_date(congress.id).is_whole:
        pass
    derived = size <= DERIVED_BY_CALLS
    tell(f"first feed of {size}", (time.perf_counter() - started) * 1000, locks_derived=derived)
    counts: list[tuple[int, int, int]] = []
    took = once(lambda: counts.append(load(client, headers)))
    calls, entries, length = counts[0]
    tell(f"whole feed of {size}", took, calls=calls, entries=entries, kilobytes=length // 1024)
    last = client.get(f"/api/v1/feed?after={entries}", headers=headers).get_json()["next"]
    quiet = f"/api/v1/feed?after={last}"
    tell(f"quiet call, {size}", median(lambda: client.get(quiet, headers=headers)))
    feed_services.REST_FACTOR = 0

    def after_a_scan() -> None:
        pulse(congress.id)
        client.get(quiet, headers=headers)

    tell(f"call after a change, {size}", median(after_a_scan))
    feed_services.REST_FACTOR = 20


def main() -> None:
    """Both sizes on a fresh database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        app = create_app("config.Testing", DATABASE_URL=url)
        with app.app_context():
            upgrade()
            salt = sealing.new_salt()
            tell("lock of one badge", median(lambda: sealing.lock_of(token.new_code(), salt)))
            for size in SIZES:
                measure(app.test_client(), size)
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()
