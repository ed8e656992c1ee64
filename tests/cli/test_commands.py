"""The commands as other programs meet them: one JSON document, the right exit code."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from congress_app.accounts.models import User
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.units.models import Unit
from tests import builders


class Ended:
    """How a command ended."""

    def __init__(self, result: Any) -> None:
        self.code, self.stdout, self.stderr = result.exit_code, result.stdout, result.stderr

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        assert self.stdout, (self.code, self.stderr)
        return json.loads(self.stdout)


@pytest.fixture
def flask(runner: FlaskCliRunner):  # type: ignore[no-untyped-def]
    def run(*words: object) -> Ended:
        return Ended(runner.invoke(args=[str(word) for word in words]))

    return run


def error(ended: Ended) -> tuple[int, str]:
    """Exit code and error code; the shape is asserted."""
    body = ended.json["error"]
    assert set(body) == {"code", "message", "details"}
    return ended.code, body["code"]


UNITS = ["Mã đơn vị", "Tên đơn vị", "Loại", "Mã đơn vị cấp trên", "Số CCVC, NLĐ"]
DELEGATES = [
    "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chức vụ", "Mã đơn vị", "Thành phần",
]  # fmt: skip


def sheet(path: Path, header: list[str], *rows: tuple[object, ...]) -> Path:
    path.write_bytes(write_sheet([Column(name) for name in header], rows))
    return path


def test_demo_load_tells_accounts_and_congresses(flask: Any) -> None:
    loaded = flask("demo", "load", "--size", "small", "--format", "json")
    assert loaded.code == 0
    assert set(loaded.json) == {"accounts", "congresses"}
    assert {tuple(one) for one in loaded.json["accounts"]} == {("role", "username", "password")}
    listed = flask("congresses", "list", "--format", "json").json["congresses"]
    assert {tuple(one) for one in listed} == {
        ("id", "level", "unit_code", "name", "date", "state", "cap", "convened", "present")
    }
    upper = {one["unit_code"]: (one["level"], one["cap"]) for one in listed if one["cap"]}
    assert upper == {
        "VN": ("national", 500),
        "KCQ": ("upper_base", 350),
        "22": ("upper_base", 300),
    }
    assert [one["id"] for one in listed] == [one["id"] for one in loaded.json["congresses"]]


def test_demo_load_refuses_real_data(flask: Any) -> None:
    builders.a_unit("VN", kind="nganh")
    assert error(flask("demo", "load", "--format", "json")) == (3, "real_data")


def test_a_forbidden_demonstration_stays_out(flask: Any, app: Any) -> None:
    app.config["ALLOW_DEMO"] = False
    assert error(flask("demo", "load", "--format", "json")) == (3, "demo_not_allowed")
    assert db.session.scalar(select(Unit)) is None


def test_units_import_writes_and_tells_faults_by_cell(flask: Any, tmp_path: Path) -> None:
    good = sheet(
        tmp_path / "units.xlsx",
        UNITS,
        ("VN", "BHXH Việt Nam", "nganh", None, None),
        ("22", "BHXH tỉnh Quảng Ninh", "tinh", "VN", None),
    )
    assert flask("units", "import", good, "--dry-run", "--format", "json").json["created"] == 2
    assert db.session.scalar(select(Unit)) is None
    done = flask("units", "import", good, "--format", "json")
    assert (done.code, done.json) == (
        0,
        {"created": 2, "updated": 0, "unchanged": 0, "faults": []},
    )
    bad = sheet(tmp_path / "bad.xlsx", UNITS, ("23", "Phòng", "phong", "99", -1))
    refused = flask("units", "import", bad, "--format", "json")
    assert refused.code == 3
    assert refused.json["created"] == 0
    assert {tuple(fault) for fault in refused.json["faults"]} == {
        ("row", "column", "value", "code", "message")
    }
    assert "bad.xlsx" in flask("units", "import", bad).stderr


def test_an_unreadable_file_ends_with_two(flask: Any, tmp_path: Path) -> None:
    missing = tmp_path / "none.xlsx"
    assert error(flask("units", "import", missing, "--format", "json")) == (2, "unreadable_file")
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert flask("units", "import", tmp_path / "x.xlsx", "--format", "json").code == 2


def test_delegates_import_registers(flask: Any, tmp_path: Path) -> None:
    congress = builders.a_congress()
    code = congress.unit.code
    file = sheet(
        tmp_path / "ds.xlsx",
        DELEGATES,
        ("Trần Thị Hoa", "02/09/1980", "Nữ", "Kinh", "Kế toán", code, "Chính thức"),
    )
    done = flask("delegates", "import", congress.id, file, "--format", "json")
    assert (done.code, done.json["created"], done.json["faults"]) == (0, 1, [])
    again = flask("delegates", "import", congress.id, file, "--format", "json")
    assert (again.json["created"], again.json["unchanged"]) == (0, 1)


def test_a_row_like_a_stored_person_waits_for_a_decision(flask: Any, tmp_path: Path) -> None:
    congress = builders.a_congress()
    stored = builders.a_person("Trần Thị Hoa", congress.unit, birth_year=1980)
    builders.a_delegate(congress, stored)
    row = ("Tran Thi Hoa", "07/05/1980", "Nam", "", "", congress.unit.code, "Chính thức")
    file = sheet(tmp_path / "ds.xlsx", DELEGATES, row)
    words = ("delegates", "import", congress.id, file, "--format", "json")
    refused = flask(*words)
    assert refused.code == 3
    assert [fault["code"] for fault in refused.json["faults"]] == ["duplicate_in_database"]
    number = refused.json["faults"][0]["row"]
    same = flask(*words, "--accept", f"{number}={stored.id}", "--dry-run")
    assert (same.code, same.json["created"]) == (0, 0)
    assert "stale_answer" in flask(*words, "--accept", f"{number}={stored.id + 1}").stdout
    new = flask(*words, "--accept", number)
    assert (new.code, new.json["created"]) == (0, 1)


def test_an_unknown_congress_is_named(flask: Any) -> None:
    assert error(flask("badges", "codes", 99, "--format", "json")) == (2, "unknown_congress")


def test_quota_allocate_divides_and_refuses(flask: Any, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("code,weight\nA,53\nB,24\nC,23\n", encoding="utf-8")
    words = ("quota", "allocate", file, "--format", "json")
    done = flask(*words, "--seats", 10)
    assert done.code == 0
    assert set(done.json) == {"method", "seats", "allocations", "ties", "diagnostics"}
    assert [(one["code"], one["seats"]) for one in done.json["allocations"]] == [
        ("A", 6),
        ("B", 2),
        ("C", 2),
    ]
    assert error(flask(*words, "--seats", 2, "--floor", 1)) == (3, "floors_over_total")
    assert error(flask(*words)) == (2, "usage")
    assert error(flask(*words, "--seats", "x")) == (2, "usage")
    steps = flask(*words, "--method", "base_step", "--step", 20, "--threshold", 11)
    assert [one["seats"] for one in steps.json["allocations"]] == [3, 1, 1]


def test_quota_compose_fills_both_margins(flask: Any, tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    file.write_text(
        "row,col,weight,row_seats,col_seats\nN,X,3,2,2\nN,Y,1,2,1\nS,X,1,1,2\nS,Y,3,1,1\n",
        encoding="utf-8",
    )
    done = flask("quota", "compose", file, "--method", "webster", "--format", "json")
    assert done.code == 0
    assert set(done.json) == {"cells", "equivalent"}
    sums: dict[str, int] = {}
    for cell in done.json["cells"]:
        sums[cell["row"]] = sums.get(cell["row"], 0) + cell["seats"]
        sums[cell["col"]] = sums.get(cell["col"], 0) + cell["seats"]
    assert sums == {"N": 2, "S": 1, "X": 2, "Y": 1}


def test_badges_are_listed_printed_and_reissued(flask: Any, tmp_path: Path) -> None:
    congress = builders.a_congress()
    delegate = builders.a_delegate(congress)
    listed = flask("badges", "codes", congress.id, "--format", "json").json["badges"]
    assert [tuple(one) for one in listed] == [("delegate_id", "number", "version", "code")]
    assert len(listed[0]["code"]) == 17
    pdf = tmp_path / "badges.pdf"
    assert flask("badges", "print", congress.id, "-o", pdf).code == 0
    assert pdf.read_bytes()[:5] == b"%PDF-"
    anew = flask(
        "badges", "reissue", congress.id, delegate.id, "--reason", "Mất thẻ", "--format", "json"
    ).json["badge"]
    assert (anew["delegate_id"], anew["version"]) == (delegate.id, 2)
    assert anew["code"] != listed[0]["code"]


def test_devices_are_paired_listed_and_revoked(flask: Any) -> None:
    congress = builders.a_congress()
    made = flask("devices", "pair", congress.id, "--name", "Máy 1", "--format", "json")
    assert set(made.json) == {"pairing_code", "expires_at"}
    watching = ("--name", "Máy 2", "--supervisor", "--format", "json")
    assert len(flask("devices", "pair", congress.id, *watching).json["pin"]) == 6
    device = builders.a_device(congress)
    listed = flask("devices", "list", congress.id, "--format", "json").json["devices"]
    assert {tuple(one) for one in listed} == {
        ("device_id", "name", "gate", "state", "last_seen", "clock_offset_s")
    }
    rolled = flask("devices", "roll", device.id, "--format", "json").json
    assert (rolled["device_id"], len(rolled["token"]) > 40) == (device.id, True)
    gone = flask("devices", "revoke", device.id, "--format", "json").json
    assert gone == {"device_id": device.id, "state": "revoked"}
    assert error(flask("devices", "roll", device.id, "--format", "json"))[0] == 3


def test_the_scan_log_is_exported_and_verified(flask: Any) -> None:
    congress = builders.a_congress()
    session = builders.a_session(congress)
    badge = builders.a_badge(builders.a_delegate(congress))
    scan = builders.a_scan(session, badge)
    lines = flask("scans", "export", congress.id).stdout.splitlines()
    assert [json.loads(line)["uuid"] for line in lines] == [scan.uuid]
    assert flask("scans", "export", congress.id, "--format", "json").stdout.splitlines() == lines
    wrong = flask("scans", "verify", congress.id, "--format", "json")
    assert (wrong.code, wrong.json) == (3, {"scans": 1, "presence": 1, "mismatches": 1})
    builders.a_presence(
        session,
        badge.delegate,
        first_in_at=scan.corrected_at,
        last_at=scan.corrected_at,
        last_scan_id=scan.id,
    )
    right = flask("scans", "verify", congress.id, "--format", "json")
    assert (right.code, right.json) == (0, {"scans": 1, "presence": 1, "mismatches": 0})


def test_an_account_gets_a_password_once(flask: Any) -> None:
    builders.the_root()
    words = ("accounts", "create", "an.nv", "--role", "registrar", "--unit")
    made = flask(*words, "VN", "--format", "json")
    assert set(made.json) == {"username", "password"}
    user = db.session.scalar(select(User).where(User.username == "an.nv"))
    assert user is not None
    assert user.must_change_password
    assert error(flask(*words, "VN", "--format", "json")) == (3, "username_taken")
    assert error(flask(*words, "NO", "--format", "json")) == (2, "unknown_unit")


def test_a_backup_brings_everything_back(flask: Any, app: Any, tmp_path: Path) -> None:
    builders.a_congress(name="Trước khi sao lưu")
    file = tmp_path / "backup"
    assert flask("backup", file).code == 0
    assert file.stat().st_mode & 0o077 == 0
    congress = db.session.scalar(select(Congress))
    assert congress is not None
    builders.a_unit("SAU", parent=congress.unit)
    assert error(flask("restore", file, "--format", "json")) == (3, "not_empty")
    assert flask("restore", file, "--replace").code == 0
    assert db.session.scalar(select(Unit).where(Unit.code == "SAU")) is None
    assert db.session.scalar(select(Congress.name)) == "Trước khi sao lưu"


def test_a_copy_without_its_sum_is_brought_back_with_a_word(flask: Any, tmp_path: Path) -> None:
    builders.a_unit("VN", kind="nganh")
    file = tmp_path / "copy"
    made = flask("backup", file, "--format", "json").json
    done = flask("restore", file, "--replace", "--format", "json").json
    assert (made["checksum"], done["proven"]) == (f"{file}.sha256", True)
    Path(made["checksum"]).unlink()
    assert flask("restore", file, "--replace").stdout == (
        f"Đã khôi phục từ {file}.\n"
        "Không đối chiếu được từng byte của bản sao vì thiếu tệp copy.sha256; chương trình chỉ "
        "kiểm tra được cấu trúc của nó. Hãy xem lại dữ liệu trước khi dùng.\n"
    )


def test_a_broken_backup_is_refused_before_anything_is_lost(flask: Any, tmp_path: Path) -> None:
    builders.a_unit("VN", kind="nganh")
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE note (text TEXT)")
    connection.close()
    refused = flask("restore", other, "--replace", "--format", "json")
    assert error(refused) == (2, "unreadable_file")
    assert db.session.scalar(select(Unit.code)) == "VN"


def test_a_folder_that_is_not_there_is_told_and_nothing_is_lost(flask: Any, tmp_path: Path) -> None:
    builders.a_unit("VN", kind="nganh")
    assert error(flask("backup", tmp_path / "no" / "file", "--format", "json")) == (2, "file_error")
