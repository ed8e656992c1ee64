"""`audit head` and `audit verify`."""

from __future__ import annotations

import json

from sqlalchemy import update

from congress_app.audit import services
from congress_app.audit.models import Entry
from congress_app.database import transaction
from congress_app.kernel.permissions import Actor

ACTOR = Actor("user", 7, "lan", "Nguyễn Thị Lan", (), "10.0.0.5")


def test_the_head_is_an_anchor_for_verify(app, runner):
    for _ in range(3):
        services.record("unit.edit", "unit", {"seats": [1, 2]}, actor=ACTOR)
    paper = runner.invoke(args=["audit", "head"]).stdout.strip()
    assert paper.startswith("3:")
    done = runner.invoke(args=["audit", "verify", "--anchor", paper])
    assert (done.exit_code, "Nhật ký nguyên vẹn: 3 mục" in done.stdout) == (0, True)


def test_the_first_broken_entry_is_named_with_code_3(app, runner):
    for _ in range(3):
        services.record("unit.edit", "unit", {"seats": [1, 2]}, actor=ACTOR)
    with transaction() as session:
        session.execute(update(Entry).where(Entry.number == 2).values(actor_name="mai"))
    told = runner.invoke(args=["audit", "verify"])
    assert (told.exit_code, "Mục số 2 không còn như lúc được ghi" in told.stderr) == (3, True)
    data = json.loads(runner.invoke(args=["audit", "verify", "--format", "json"]).stdout)
    assert (data["fault"], data["number"], data["entries"]) == ("altered", 2, 1)


def test_a_mistyped_anchor_is_told(app, runner):
    told = runner.invoke(args=["audit", "verify", "--anchor", "3:abc"])
    assert (told.exit_code, "không đúng dạng SỐ:MÃ" in told.stderr) == (2, True)
