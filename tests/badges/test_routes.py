"""Badges through HTTP."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.badges.models import Badge
from congress_app.congresses.models import Congress
from congress_app.database import db
from tests.builders import a_delegate
from tests.conftest import CountQueries
from tests.open_forms import held


def test_issue_list_and_print(organiser: FlaskClient, congress: Congress) -> None:
    a_delegate(congress)
    base = f"/congresses/{congress.id}/badges"
    organiser.post(f"{base}/issue")
    page = organiser.get(base).get_data(as_text=True)
    assert "0001" in page
    printed = organiser.post(f"{base}/print", data={"imposition": "a4"})
    assert (printed.status_code, printed.mimetype, printed.data[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    disposition = printed.headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="the-dai-bieu')


def test_an_unknown_imposition_is_404(organiser: FlaskClient, congress: Congress) -> None:
    base = f"/congresses/{congress.id}/badges"
    assert organiser.post(f"{base}/print", data={"imposition": "a0"}).status_code == 404


def test_reissue_needs_a_reason(organiser: FlaskClient, congress: Congress) -> None:
    delegate = a_delegate(congress)
    base = f"/congresses/{congress.id}/badges"
    organiser.post(f"{base}/issue")
    assert organiser.post(f"{base}/{delegate.id}/reissue", data={"reason": " "}).status_code == 422
    opened = held(organiser.get(f"{base}/{delegate.id}/reissue").text, 'name="reason"')
    organiser.post(f"{base}/{delegate.id}/reissue", data={"reason": "mất thẻ"} | opened)
    db.session.rollback()
    assert sorted(db.session.scalars(select(Badge.state)).all()) == ["active", "superseded"]


def test_a_foreign_delegate_is_404(organiser: FlaskClient, congress: Congress) -> None:
    stranger = a_delegate()
    base = f"/congresses/{congress.id}/badges"
    answers = [
        organiser.get(f"{base}/{stranger.id}/{act}").status_code for act in ("reissue", "revoke")
    ]
    assert answers == [404, 404]


def test_a_badge_taken_away_stays_on_the_page(organiser: FlaskClient, congress: Congress) -> None:
    delegate = a_delegate(congress)
    base = f"/congresses/{congress.id}/badges"
    organiser.post(f"{base}/issue")
    opened = held(organiser.get(f"{base}/{delegate.id}/revoke").text, 'name="reason"')
    organiser.post(f"{base}/{delegate.id}/revoke", data={"reason": "bị kỷ luật"} | opened)
    page = organiser.get(base).get_data(as_text=True)
    assert f'href="{base}/{delegate.id}/reissue"' in page


def test_rubbish_in_the_filter_shows_everything(organiser: FlaskClient, congress: Congress) -> None:
    a_delegate(congress)
    base = f"/congresses/{congress.id}/badges"
    organiser.post(f"{base}/issue")
    page = organiser.get(f"{base}?delegation=x&printing=%FF&page=-3").get_data(as_text=True)
    assert "0001" in page


def test_the_list_asks_a_constant_number_of_questions(
    organiser: FlaskClient, congress: Congress, count_queries: CountQueries
) -> None:
    base = f"/congresses/{congress.id}/badges"
    counts = []
    for _ in range(2):
        for _ in range(2):
            a_delegate(congress)
        organiser.post(f"{base}/issue")
        with count_queries() as seen:
            organiser.get(base)
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("where", ["badges/print", "badges.xlsx"])
def test_a_filter_that_does_not_hold_takes_nothing_away(
    organiser: FlaskClient, congress: Congress, where: str
) -> None:
    a_delegate(congress)
    answer = organiser.post(f"/congresses/{congress.id}/{where}?delegation=999999")
    assert (answer.status_code, "Bộ lọc không còn đúng" in answer.text) == (422, True)
    gone = select(Entry.action).where(Entry.action.in_(["badge.print", "badge.export"]))
    assert list(db.session.scalars(gone)) == []
