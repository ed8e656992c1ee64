"""Workers on one or several hosts share nothing but the database: the chain stays one."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from congress_app.audit import chain_queries
from congress_app.audit.models import Entry
from congress_app.database import db

PROCESSES, EACH = 3, 30
WRITER = """
import sys
from congress_app import create_app
from congress_app.audit.services import record
from congress_app.kernel.permissions import system_actor

with create_app(DATABASE_URL=sys.argv[1]).app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        record("unit.edit", "unit", {"n": [number, 1]}, actor=system_actor(), name=sys.argv[2])
"""


def test_processes_at_once_leave_one_whole_chain(app, database_url: str, tmp_path: Path) -> None:
    environment = os.environ | {"INSTANCE_PATH": str(tmp_path / "writers"), "SECRET_KEY": "x" * 40}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, database_url, f"process {place}", str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        for place in range(PROCESSES)
    ]
    try:
        # All of them begin at the same moment, else one may be done before the next is up.
        assert [writer.stdout.readline() for writer in writers] == ["ready\n"] * PROCESSES
        for writer in writers:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        assert [writer.wait(timeout=120) for writer in writers] == [0] * PROCESSES
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    found = chain_queries.verify()
    assert (found.fault, found.entries) == (None, PROCESSES * EACH)
    counted = select(Entry.subject_name, func.count()).group_by(Entry.subject_name)
    told = dict(db.session.execute(counted).all())
    assert told == {f"process {place}": EACH for place in range(PROCESSES)}
    # They truly wrote between each other: the entries do not stand in blocks.
    order = db.session.scalars(select(Entry.subject_name).order_by(Entry.number)).all()
    changes = sum(one != other for one, other in itertools.pairwise(order))
    assert changes > PROCESSES - 1
