"""The page of the devices."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.scanners.models import Device
from tests.builders import a_congress, a_device, a_session

PIN = re.compile(r"Mã PIN của giám sát.*?<strong[^>]*>(\d{6})</strong>", re.S)


def test_a_steward_s_device_is_the_default(app: Flask, as_role: Any) -> None:
    congress = a_congress()
    page = as_role("organiser").post(
        f"/congresses/{congress.id}/devices", data={"name": "Máy 1", "profile": "steward"}
    )
    device = db.session.scalars(select(Device)).one()
    assert PIN.search(page.text) is None
    assert (device.profile, device.session_ids, device.pin_hash) == ("steward", None, None)


def test_a_supervisor_s_device_is_told_its_pin_once(app: Flask, as_role: Any) -> None:
    congress = a_congress()
    session = a_session(congress)
    client = as_role("organiser")
    page = client.post(
        f"/congresses/{congress.id}/devices",
        data={
            "name": "Máy 2",
            "gate": "Cửa A",
            "profile": "supervisor",
            "session_ids": [str(session.id)],
        },
    )
    shown = PIN.search(page.text)
    assert shown is not None
    assert shown.group(1) not in client.get(f"/congresses/{congress.id}/devices").text
    assert db.session.scalars(select(Device)).one().session_ids == [session.id]


def test_a_session_of_another_congress_is_refused(app: Flask, as_role: Any) -> None:
    congress = a_congress()
    answer = as_role("organiser").post(
        f"/congresses/{congress.id}/devices",
        data={"name": "Máy", "profile": "steward", "session_ids": ["77"]},
    )
    assert answer.status_code == 422
    assert db.session.scalars(select(Device)).all() == []


def test_the_list_tells_queue_clock_and_version(app: Flask, as_role: Any) -> None:
    congress = a_congress()
    a_device(congress, queue_length=3, clock_offset_ms=-90_400, app_version="abc123")
    text = as_role("organiser").get(f"/congresses/{congress.id}/devices").text
    assert [word for word in ("3 lượt", "nhanh 90 giây", "Bản abc123") if word not in text] == []


def test_in_an_office_network_of_its_own_both_pages_lead_to_the_certificate(
    app: Flask, as_role: Any
) -> None:
    client = as_role("organiser")
    addresses = (f"/congresses/{a_congress().id}/devices", "/scanner")
    told = ("/certificate", "data-install")
    assert [word for each in addresses for word in told if word in client.get(each).text] == []
    app.config["LAN_DOOR"] = "http://192.168.1.20:8080/certificate"
    devices, scanner = (client.get(each).text for each in addresses)
    assert 'href="/certificate"' in devices
    assert 'href="http://192.168.1.20:8080/certificate"' in scanner
