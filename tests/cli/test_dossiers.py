"""`dossiers make`, `verify`, `purge`."""

from __future__ import annotations

import hashlib
import json

from congress_app.database import db
from congress_app.delegates.models import Delegate
from tests.builders import a_congress
from tests.dossiers.closed import a_closed_congress


def test_make_verify_purge(app, runner, tmp_path):
    closed = a_closed_congress()
    number, file = str(closed.congress.id), tmp_path / "ho-so.zip"
    delegate_id = closed.delegate.id
    made = runner.invoke(args=["dossiers", "make", number, "-o", str(file), "--format", "json"])
    facts = json.loads(made.stdout)
    assert facts["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert oct(file.stat().st_mode)[-3:] == "600"
    read = runner.invoke(args=["dossiers", "verify", str(file)])
    assert (read.exit_code, facts["sha256"] in read.stdout) == (0, True)
    wrong = runner.invoke(args=["dossiers", "purge", number, "--sha256", "0" * 64])
    assert (wrong.exit_code, "không có hồ sơ nào" in wrong.stderr) == (2, True)
    done = runner.invoke(args=["dossiers", "purge", number, "--sha256", facts["sha256"]])
    assert (done.exit_code, "Đã xóa dữ liệu làm việc" in done.stdout) == (0, True)
    assert db.session.get_one(Delegate, delegate_id).link_token is None


def test_a_spoilt_file_is_refused(app, runner, tmp_path):
    file = tmp_path / "x.zip"
    file.write_bytes(b"PK nothing")
    told = runner.invoke(args=["dossiers", "verify", str(file)])
    assert (told.exit_code, "không phải hồ sơ lưu trữ" in told.stderr) == (2, True)


def test_a_congress_under_way_is_refused(app, runner, tmp_path):
    congress = a_congress(state="open")
    args = ["dossiers", "make", str(congress.id), "-o", str(tmp_path / "x.zip")]
    told = runner.invoke(args=args)
    assert (told.exit_code, "chưa bế mạc" in told.stderr) == (3, True)
