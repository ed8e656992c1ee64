"""From an exemplar's model to a speech through the pages."""

from __future__ import annotations

from congress_app.database import db
from congress_app.programme.models import Speech
from tests import builders
from tests.programme.test_exemplar_services import a_model


def test_the_form_is_prefilled_and_the_link_shown_on_both_sides(as_role) -> None:
    congress = builders.a_congress()
    row = a_model(congress)
    organiser = as_role("organiser", congress.unit)
    listed = organiser.get(f"/congresses/{congress.id}/speeches/exemplars").text
    assert f"/speeches/new?exemplar={row.id}" in listed
    assert f"/speeches/new?exemplar={row.id}" in organiser.get(f"/exemplars/{row.id}").text
    form = organiser.get(f"/congresses/{congress.id}/speeches/new?exemplar={row.id}").text
    assert 'value="Thu tận nhà"' in form
    assert f'<option selected value="{row.id}">' in form
    data = {
        "title": "Thu tận nhà",
        "kind": "individual",
        "unit": row.unit.code,
        "delegate": 0,
        "field": "",
        "minutes": 10,
        "exemplar": row.id,
    }
    assert organiser.post(f"/congresses/{congress.id}/speeches/new", data=data).status_code == 302
    again = organiser.post(f"/congresses/{congress.id}/speeches/new", data=data)
    assert again.status_code == 422
    speech = db.session.scalars(db.select(Speech)).one()
    assert f"/exemplars/{row.id}" in organiser.get(f"/congresses/{congress.id}/speeches").text
    assert "Thu tận nhà" in organiser.get(f"/exemplars/{row.id}").text
    assert (
        f"/speeches/{speech.id}"
        in organiser.get(f"/congresses/{congress.id}/speeches/exemplars").text
    )


def test_the_list_is_searched_and_narrowed_to_the_selected(as_role) -> None:
    congress = builders.a_congress()
    a_model(congress)
    builders.a_nomination(a_model(congress, "Trần Bình"), standing="selected")
    organiser = as_role("organiser", congress.unit)
    address = f"/congresses/{congress.id}/speeches/exemplars"
    assert "Lê An" not in organiser.get(f"{address}?selected=1").text
    assert "Trần Bình" not in organiser.get(f"{address}?text=le an").text
    assert "Chưa có mô hình nào" in organiser.get(f"{address}?text=khong").text


def test_an_exemplar_out_of_reach_prefills_nothing(as_role) -> None:
    congress = builders.a_congress()
    district = builders.a_unit(parent=congress.unit, kind="huyen")
    row = a_model(congress)
    registrar = as_role("registrar", district)
    form = registrar.get(f"/congresses/{congress.id}/speeches/new?exemplar={row.id}").text
    assert "Thu tận nhà" not in form
