"""`audit head` and `audit verify`."""

from __future__ import annotations

import json

from sqlalchemy import delete, select, update

from congress_app.audit import chain, services
from congress_app.audit.models import Entry, Head
from congress_app.audit.sealing import Sensitive
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Actor
from congress_app.operations import queries

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


def test_a_sealed_value_that_does_not_open_is_named_with_code_3(app, runner):
    for _ in range(3):
        both = {"ethnicity": Sensitive("Kinh", "Tày")}
        services.record("unit.edit", "unit", both, actor=ACTOR)
    done = runner.invoke(args=["audit", "verify"])
    assert (done.exit_code, "Mở được cả 3 mục có giá trị niêm phong." in done.stdout) == (0, True)
    changes = dict(db.session.scalar(select(Entry.changes).where(Entry.number == 2)))
    changes[chain.SEALED] |= {"text": "gcm1::"}
    with transaction() as session:
        session.execute(update(Entry).where(Entry.number == 2).values(changes=changes))
    told = runner.invoke(args=["audit", "verify"])
    assert (told.exit_code, "niêm phong trong mục số 2 không mở được" in told.stderr) == (3, True)
    assert "1 mục có giá trị niêm phong không mở được: số 2." in told.stderr
    data = json.loads(runner.invoke(args=["audit", "verify", "--format", "json"]).stdout)
    kept = ("fault", "number", "sealed", "sealed_shut")
    assert [data[key] for key in kept] == ["sealed", 2, 2, 1]
    assert "niêm phong trong mục số 2 không mở được" in str(queries.log_check().fault)


def test_a_log_made_anew_does_not_meet_the_anchor_beside_a_copy(app, runner, tmp_path):
    for _ in range(3):
        services.record("unit.edit", "unit", {"seats": [1, 2]}, actor=ACTOR)
    made = runner.invoke(args=["backup", str(tmp_path), "--keep", "5"])
    assert "Mốc nhật ký lúc sao lưu: 3:" in made.stdout
    verify = ["audit", "verify", "--anchors-in", str(tmp_path)]
    done = runner.invoke(args=verify)
    assert (done.exit_code, "Khớp 1 mốc đã ghi." in done.stdout) == (0, True)
    # Whoever may write to the database makes a whole new chain of fewer entries.
    with transaction() as session:
        session.execute(delete(Entry))
        session.execute(update(Head).values(number=0, hash=chain.START))
    for _ in range(4):
        services.record("unit.edit", "unit", {"seats": [1, 3]}, actor=ACTOR)
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    told = runner.invoke(args=verify)
    assert (told.exit_code, "Mục số 3 khác với mốc đã ghi" in told.stderr) == (3, True)
    assert "Mục cuối: 5:" in told.stderr
    # A look without the anchors compares less: it does not end the alarm, one with them does.
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    assert str(queries.log_check().fault).startswith("Mục số 3 khác với mốc đã ghi")
    for anchor in tmp_path.glob("*.anchor"):
        anchor.unlink()
    runner.invoke(args=["backup", str(tmp_path)])
    assert runner.invoke(args=verify).exit_code == 0
    assert queries.log_check().fault is None


def test_what_was_found_is_kept_in_the_log(app, runner):
    services.record("unit.edit", "unit", {"seats": [1, 2]}, actor=ACTOR)
    runner.invoke(args=["audit", "verify"])
    with transaction() as session:
        session.execute(update(Entry).where(Entry.number == 1).values(actor_name="mai"))
    runner.invoke(args=["audit", "verify"])
    kept = select(Entry.changes).where(Entry.action == "audit.verify").order_by(Entry.number)
    assert db.session.scalars(kept).all() == [
        {"entries": 1, "anchors": 0},
        {"entries": 0, "anchors": 0, "fault": "altered", "number": 1},
    ]


def test_a_mistyped_anchor_is_told(app, runner):
    told = runner.invoke(args=["audit", "verify", "--anchor", "3:abc"])
    assert (told.exit_code, "không đúng dạng SỐ:MÃ" in told.stderr) == (2, True)
