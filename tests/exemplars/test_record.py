"""What a record keeps when somebody edits it, and what the log says of it."""

from __future__ import annotations

from congress_app.audit.queries import history
from congress_app.exemplars import queries
from tests import builders

LEADER = {
    "kind": "individual",
    "name": "Lê An",
    "detected_year": "2023",
    "is_leader": "yes",
    "rating_2022": "yes",
}


def test_ratings_outside_the_period_and_a_collective_out_of_reach_stay(as_role) -> None:
    province = builders.a_unit("22", builders.the_root())
    district = builders.a_unit("2201", province, "huyen")
    led = builders.an_exemplar("Cả tỉnh", province, kind="collective")
    row = builders.an_exemplar(
        "Lê An", district, is_leader=True, leads_id=led.id, ratings={"2019": True, "2022": False}
    )
    registrar = as_role("registrar", district)
    page = registrar.get(f"/exemplars/{row.id}/edit")
    assert f'<option selected value="{led.id}">Cả tỉnh</option>' in page.text
    sent = LEADER | {"unit": district.code, "leads": led.id, "version": row.version}
    assert registrar.post(f"/exemplars/{row.id}/edit", data=sent).status_code == 302
    stored = queries.exemplar_by_id(row.id)
    assert (stored.ratings, stored.leads_id) == ({"2019": True, "2022": True}, led.id)


def test_the_log_names_the_collective_the_signatory_and_the_minutes(as_role) -> None:
    led = builders.an_exemplar("Phòng Thu", kind="collective")
    row = builders.an_exemplar("Lê An", is_leader=True)
    nomination = builders.a_nomination(row)
    organiser = as_role("organiser")
    sent = LEADER | {"unit": row.unit.code, "leads": led.id, "version": row.version}
    assert organiser.post(f"/exemplars/{row.id}/edit", data=sent).status_code == 302
    award = {"name": "Huân chương", "number": "9/QĐ", "decided": "2022", "signatory": "Trần Bình"}
    assert organiser.post(f"/exemplars/{row.id}/awards", data=award).status_code == 302
    base = f"/exemplars/nominations/{nomination.id}"
    assert "Tiêu chuẩn khi thẩm định" not in organiser.get(f"/exemplars/{row.id}").text
    opinion = {"version": nomination.version, "opinion": "Xứng đáng"}
    assert organiser.post(f"{base}/appraise", data=opinion).status_code == 302
    vote = {
        "version": nomination.version,
        "outcome": "selected",
        "votes_for": "5",
        "votes_against": "0",
        "votes_other": "0",
        "minutes_number": "7/BB",
        "minutes_on": "05/11/2023",
    }
    assert organiser.post(f"{base}/vote", data=vote).status_code == 302
    # What the council saw stays on the page, whatever is recorded later.
    assert "Tiêu chuẩn khi thẩm định" in organiser.get(f"/exemplars/{row.id}").text
    told = [entry.changes for entry in reversed(history("exemplar", row.id))]
    assert told[0]["leads"] == [None, "Phòng Thu"]
    assert told[1]["signatory"] == "Trần Bình"
    assert told[2]["appraisal"] == "Xứng đáng"
    assert (told[3]["minutes_number"], told[3]["minutes_on"]) == ("7/BB", "2023-11-05")


def test_the_council_above_is_offered_first(as_role) -> None:
    province = builders.a_unit("22", builders.the_root(), name="BHXH tỉnh A")
    district = builders.a_unit("2201", province, "huyen")
    row = builders.an_exemplar("Lê An", district)
    page = as_role("registrar", district).get(f"/exemplars/{row.id}")
    assert f'<option selected value="{province.id}">BHXH tỉnh A</option>' in page.text


def test_awards_of_led_collectives_cost_as_many_statements_for_many(as_role, count_queries) -> None:
    province = builders.a_unit("22", builders.the_root())
    district = builders.a_unit("2201", province, "huyen")
    registrar = as_role("registrar", district)
    counts = []
    for number in (1, 4):
        for _ in range(number):
            led = builders.an_exemplar(None, province, kind="collective")
            builders.an_exemplar(None, district, is_leader=True, leads_id=led.id)
        with count_queries() as seen:
            assert registrar.get("/exemplars").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
