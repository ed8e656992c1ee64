"""Devices, scans and conflicts as sheets: what the pages show, in their order."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from congress_app.checkin.models import Scan
from congress_app.congresses.models import Congress
from congress_app.kernel import clock
from tests import builders
from tests.sheets import rows_of, shown_rows


@pytest.fixture
def congress(app: Flask) -> Congress:
    return builders.a_congress()


@pytest.fixture
def scan(congress: Congress) -> Scan:
    session = builders.a_session(congress)
    delegate = builders.a_delegate(congress, builders.a_person("Lê An", congress.unit))
    return builders.a_scan(session, builders.a_badge(delegate), gate="Cửa B")


def test_devices_are_those_of_the_page(congress: Congress, as_role: Any) -> None:
    builders.a_device(congress, name="Máy cũ", queue_length=3, clock_offset_ms=7200)
    builders.a_device(congress, name="Máy mới", state="revoked")
    client = as_role("admin")
    shown = shown_rows(client.get(f"/congresses/{congress.id}/devices").text)
    rows = rows_of(client.get(f"/congresses/{congress.id}/devices.xlsx").data)
    assert [list(row[:3]) for row in rows] == [row[:3] for row in shown]
    assert rows[1] == ("Máy cũ", "Cửa A", "Đang dùng", None, 3, 7)


def test_scans_are_those_of_the_page_and_all_of_them(
    congress: Congress, scan: Scan, as_role: Any
) -> None:
    client = as_role("admin")
    page = client.get(f"/congresses/{congress.id}/checkin").text
    (row,) = rows_of(client.get(f"/congresses/{congress.id}/checkin/scans.xlsx").data)
    assert shown_rows(page)[-1][:2] == [f"{clock.at_venue(scan.corrected_at):%H:%M} vào", row[3]]
    assert (row[3], row[4], row[6], row[7]) == ("Lê An", "Đã nhận", "Máy 1", "Cửa B")
    assert abs(row[0] - clock.at_venue(scan.corrected_at).replace(tzinfo=None)).seconds == 0


def test_conflicts_are_those_of_the_tab(congress: Congress, scan: Scan, as_role: Any) -> None:
    builders.a_conflict(scan)
    client = as_role("admin")
    shown = shown_rows(client.get(f"/congresses/{congress.id}/conflicts").text)
    rows = rows_of(client.get(f"/congresses/{congress.id}/conflicts.xlsx").data)
    assert [[f"{row[0]} {row[1]}", row[2]] for row in rows] == [row[:2] for row in shown]
    assert rows[0][5] == "Cửa B"
    assert rows_of(client.get(f"/congresses/{congress.id}/conflicts.xlsx?state=closed").data) == []
