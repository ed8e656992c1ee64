"""Marking speeches blind, and who is shown which marks."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Role
from congress_app.programme.review import SHEET
from congress_app.programme.speech_models import SpeechReview
from congress_app.units.models import Unit
from tests.builders import a_speech, a_speech_file, a_speech_review
from tests.conftest import AsRole


def base(congress: Congress) -> str:
    return f"/congresses/{congress.id}/speeches"


def marks(mark: int, version: int = 0) -> dict[str, str]:
    """The form with one mark for every criterion."""
    typed = {f"mark_{each.code}": str(mark) for each in SHEET.criteria}
    return typed | {"version": str(version)}


def test_marking_is_blind(secretary: FlaskClient, congress: Congress, district: Unit) -> None:
    speech = a_speech(congress, "Một cửa", unit_id=district.id)
    a_speech_review(speech, 99, 3, reviewer_name="Người khác")
    address = f"{base(congress)}/reviews"
    for page in (address, f"{address}/{speech.id}", f"{address}/overview"):
        text = secretary.get(page).get_data(as_text=True)
        assert "Một cửa" in text
        assert district.name not in text
        assert "Người khác" not in text
    half = {"mark_typical": "0", "mark_effect": "8", "version": "0"}
    assert secretary.post(f"{address}/{speech.id}", data=half).status_code == 302
    [mine] = db.session.scalars(select(SpeechReview).where(SpeechReview.reviewer_id != 99)).all()
    assert mine.marks == {"typical": 0, "effect": 8}
    assert "Người khác" not in secretary.get(f"{address}/overview").get_data(as_text=True)
    assert secretary.post(f"{address}/{speech.id}", data=marks(8, 1)).status_code == 302
    assert "Người khác" in secretary.get(f"{address}/overview").get_data(as_text=True)


def test_nobody_reviews_his_own_unit(secretary: FlaskClient, congress: Congress) -> None:
    speech = a_speech(congress, "Bài nhà", unit_id=congress.unit_id)
    assert "Bài nhà" not in secretary.get(f"{base(congress)}/reviews").get_data(as_text=True)
    assert secretary.get(f"{base(congress)}/reviews/{speech.id}").status_code == 403


def test_conflicts_of_judgement_are_shown(
    secretary: FlaskClient, congress: Congress, district: Unit
) -> None:
    disputed = a_speech(congress, unit_id=district.id, state="selected")
    agreed = a_speech(congress, unit_id=district.id, state="selected")
    for speech, reviewer, mark in (
        (disputed, 1, 10),
        (disputed, 2, 1),
        (agreed, 3, 7),
        (agreed, 4, 8),
    ):
        a_speech_review(speech, reviewer, mark)
    text = secretary.get(f"{base(congress)}/reviews/overview").get_data(as_text=True)
    assert text.count("Lệch 45,0 điểm") == 1
    assert text.count("Thống nhất") == 1
    assert "Chưa đủ hai người chấm" not in text


def overview(client: FlaskClient, congress: Congress) -> str:
    return client.get(f"{base(congress)}/reviews/overview").text


def test_white_space_is_no_mark(secretary: FlaskClient, congress: Congress) -> None:
    speech = a_speech(congress)
    typed = marks(8) | {"mark_form": "\t\n"}
    refused = secretary.post(f"{base(congress)}/reviews/{speech.id}", data=typed)
    assert (refused.status_code, "không có trong danh sách" in refused.text) == (422, True)


def test_a_sheet_without_a_mark_opens_nothing(
    secretary: FlaskClient, congress: Congress, district: Unit
) -> None:
    speech = a_speech(congress, "Một cửa", unit_id=district.id)
    a_speech_review(speech, 99, 3, reviewer_name="Người khác")
    refused = secretary.post(f"{base(congress)}/reviews/{speech.id}", data={"version": "0"})
    assert refused.status_code == 422
    assert "Bạn chưa chấm tiêu chí nào." in refused.text
    assert "Người khác" not in overview(secretary, congress)
    assert len(db.session.scalars(select(SpeechReview)).all()) == 1


def test_marks_changed_after_seeing_others_are_told(
    secretary: FlaskClient, congress: Congress, district: Unit
) -> None:
    speech = a_speech(congress, "Một cửa", unit_id=district.id)
    a_speech_review(speech, 99, 3, reviewer_name="Người khác")
    address = f"{base(congress)}/reviews/{speech.id}"
    assert secretary.post(address, data=marks(9)).status_code == 302
    assert "sửa sau khi xem" not in overview(secretary, congress)
    assert secretary.post(address, data=marks(9, 1)).status_code == 302
    assert "sửa sau khi xem" not in overview(secretary, congress)
    assert secretary.post(address, data=marks(4, 1)).status_code == 302
    assert overview(secretary, congress).count("sửa sau khi xem") == 1


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("in_review", False),
        ("reserve", False),
        ("withdrawn", False),
        ("selected", True),
        ("declined", True),
        ("delivered", True),
    ],
)
def test_who_has_an_interest_sees_no_marks_before_the_decision(
    secretary: FlaskClient, congress: Congress, state: str, shown: bool
) -> None:
    own = a_speech(congress, "Bài nhà", unit_id=congress.unit_id, state=state)
    a_speech_review(own, 99, 3, reviewer_name="Người khác")
    page = overview(secretary, congress)
    assert ("Người khác" in page, "hiện khi có quyết định" in page) == (shown, not shown)


def test_while_speeches_are_left_the_page_leads_to_no_names(
    secretary: FlaskClient, congress: Congress, district: Unit
) -> None:
    speech = a_speech(congress, unit_id=district.id)
    address = f"{base(congress)}/reviews"
    register = f'href="{base(congress)}"'

    def main() -> str:
        return secretary.get(address).text.partition("<main")[2].partition("<h2")[2]

    half = {"mark_typical": "9", "version": "0"}
    assert register not in main()
    assert secretary.post(f"{address}/{speech.id}", data=half).status_code == 302
    assert register not in main()
    assert "90,0, còn thiếu tiêu chí" in main()
    assert secretary.post(f"{address}/{speech.id}", data=marks(9, 1)).status_code == 302
    assert register in main()


def test_texts_not_chosen_are_for_their_unit_the_reviewers_and_the_secretary(
    as_role: AsRole, congress: Congress, district: Unit
) -> None:
    speech = a_speech(congress, unit_id=district.id, state="in_review")
    a_speech_file(speech)
    address = f"{base(congress)}/{speech.id}/files/text"
    answers = {}
    clients = {
        "viewer": as_role(Role.VIEWER, congress.unit),
        "checkin": as_role(Role.CHECKIN, congress.unit),
        "registrar": as_role(Role.REGISTRAR, district),
        "secretary": as_role(Role.SECRETARY, congress.unit),
    }
    for state in ("in_review", "declined", "selected", "delivered"):
        with transaction():
            speech.state = state
        answers[state] = [
            (client.get(address).status_code, address in client.get(base(congress)).text)
            for client in clients.values()
        ]
    closed, opened = (403, False), (200, True)
    assert answers == {
        "in_review": [closed, closed, opened, opened],
        "declined": [closed, closed, opened, opened],
        "selected": [opened] * 4,
        "delivered": [opened] * 4,
    }
