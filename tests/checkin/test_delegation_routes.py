"""The delegations at the door."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.checkin import delegation_queries, desk_services
from congress_app.checkin.delegation_queries import DoorDelegation
from congress_app.checkin.queries import OUTSIDERS
from congress_app.database import transaction
from congress_app.delegates.models import DelegationHead
from congress_app.kernel.permissions import Role, system_actor
from tests.checkin.hall import Hall, a_hall
from tests.conftest import AsRole, CountQueries, FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    """An is here, Chi is excused, An leads the first district's delegation."""
    hall = a_hall()
    hall.scan("An")
    desk_services.excuse(hall.congress, hall.session.id, hall.people["Chi"].id, "ốm", actor=ACTOR)
    an = hall.people["An"]
    with transaction() as session:
        head = DelegationHead(
            congress_id=hall.congress.id, unit_id=an.delegation_unit_id, delegate_id=an.id
        )
        session.add(head)
    return hall


def shown(rows: list[DoorDelegation]) -> list[tuple[str, int, int, list[str], list[str]]]:
    return [
        (
            row.count.label,
            row.count.present,
            row.count.expected,
            [one.name for one in row.missing],
            [one.name for one in row.excused],
        )
        for row in rows
    ]


def test_who_of_each_delegation_is_missing(hall: Hall) -> None:
    rows = delegation_queries.delegations(hall.congress.id, hall.session, with_phones=False)
    assert shown(rows) == [
        ("BHXH huyện Một", 1, 3, ["Trần Thị Bình"], ["Lê Chi"]),
        ("BHXH huyện Hai", 0, 1, ["Phạm Dũng"], []),
        (OUTSIDERS, 0, 1, ["Hoàng Giang"], []),
    ]
    assert rows[0].head is not None
    assert (rows[0].head.name, rows[0].head.phone) == ("Nguyễn Văn An", None)
    assert {one.phone for row in rows for one in row.missing} == {None}


def test_who_left_is_missing_with_the_time_of_coming(hall: Hall) -> None:
    hall.scan("An", "out")
    rows = delegation_queries.delegations(hall.congress.id, hall.session, with_phones=True)
    an = rows[0].missing[0]
    assert (an.name, an.first_in_at, an.phone) == (
        "Nguyễn Văn An",
        hall.session.starts_at,
        "0912000001",
    )


def test_only_who_may_read_delegates_sees_a_number_to_call(as_role: AsRole, hall: Hall) -> None:
    path = f"/congresses/{hall.congress.id}/checkin/delegations"
    supervisor = as_role(Role.SUPERVISOR, hall.congress.unit).get(path).text
    steward = as_role(Role.CHECKIN, hall.congress.unit).get(path).text
    assert ('href="tel:0912000002"' in supervisor, 'href="tel:0912000001"' in supervisor) == (
        True,
        True,
    )
    assert ("tel:" in steward, "0912" in steward) == (False, False)
    for page in (supervisor, steward):
        assert "1 trên 3 có mặt" in page
        assert "Trần Thị Bình" in page
    assert ("/excuse?" in supervisor, "/excuse?" in steward) == (True, False)


def test_the_filter_finds_by_name_and_by_gaps(as_role: AsRole, hall: Hall) -> None:
    client = as_role(Role.CHECKIN, hall.congress.unit)
    path = f"/congresses/{hall.congress.id}/checkin/delegations"
    hall.scan("Dũng")
    for query, found in (
        ("?q=huyen+mot", (True, False)),
        ("?only=missing", (True, False)),
        ("?q=khong+co", (False, False)),
        ("", (True, True)),
    ):
        page = client.get(path + query).text
        assert ("BHXH huyện Một</h3>" in page, "BHXH huyện Hai</h3>" in page) == found


def test_an_excuse_leads_back_to_the_delegations(as_role: AsRole, hall: Hall) -> None:
    client = as_role(Role.SUPERVISOR, hall.congress.unit)
    base = f"/congresses/{hall.congress.id}/checkin"
    binh = hall.people["Bình"].id
    back = f"{base}/delegations?q=một"
    sent = client.post(
        f"{base}/delegates/{binh}/excuse", query_string={"next": back}, data={"reason": "ốm"}
    )
    away = client.post(
        f"{base}/delegates/{binh}/excuse",
        query_string={"next": "//elsewhere"},
        data={"reason": "ốm"},
    )
    assert (sent.location.startswith(f"{base}/delegations"), away.location) == (True, base)


def test_the_page_asks_a_constant_number_of_questions(
    as_role: AsRole, hall: Hall, count_queries: CountQueries
) -> None:
    client = as_role(Role.SUPERVISOR, hall.congress.unit)
    counts = []
    for name in ("Bình", "Dũng"):
        with count_queries() as seen:
            client.get(f"/congresses/{hall.congress.id}/checkin/delegations")
        counts.append(len(seen))
        hall.scan(name)
    assert counts[0] == counts[1]
