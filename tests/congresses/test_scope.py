"""Everything below /congresses/<id>/ knows its congress, its rules and its reach."""

from flask import g, url_for

from congress_app.congresses.presets import GUIDANCE_2020
from tests.congresses.seasons import a_country, a_plan


def test_the_congress_of_the_address_is_loaded_before_the_gate_asks(app, as_role):
    country = a_country()
    congress = a_plan(country, country.province)
    client = as_role("registrar", country.district)
    seen = {}

    def look(response):
        if "congress" in g:
            seen.update(
                congress=g.congress.id,
                rules=g.rules,
                scope=g.scope_path,
                reach=g.reach,
                address=url_for("congress.plan"),
            )
        return response

    # The application has answered its sign-in already and takes no new functions politely.
    app.after_request_funcs.setdefault(None, []).append(look)
    client.get(f"/congresses/{congress.id}/plan")
    assert seen == {
        "congress": congress.id,
        "rules": GUIDANCE_2020.level("upper_base"),
        "scope": country.province.path,
        "reach": (country.district.path,),
        "address": f"/congresses/{congress.id}/plan",
    }


def test_an_unknown_congress_is_not_found(as_role):
    client = as_role("admin")
    assert client.get("/congresses/77/plan").status_code == 404
    assert client.get("/congresses/x/plan").status_code == 404
