"""The register, the reviews and the selection through HTTP."""

from __future__ import annotations

from datetime import time
from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Role
from congress_app.programme.models import Speech
from congress_app.programme.speech_models import SpeechRun
from congress_app.units.models import Unit
from tests.builders import (
    a_congress,
    a_session,
    a_speech,
    a_speech_file,
    a_speech_review,
    a_speech_run,
    an_item,
)
from tests.conftest import AsRole
from tests.open_forms import held


def base(congress: Congress) -> str:
    return f"/congresses/{congress.id}/speeches"


def offered(unit: Unit, **changes: str) -> dict[str, str]:
    return {
        "title": "Một cửa điện tử",
        "kind": "individual",
        "unit": unit.code,
        "delegate": "0",
        "exemplar": "0",
        "field": "",
        "region": "north",
        "topic": "Cải cách",
        "minutes": "10",
        "available_from": "",
        "available_until": "",
    } | changes


def state_of(speech: Speech) -> str:
    db.session.expire_all()
    return db.session.get_one(Speech, speech.id).state


def test_a_registrar_offers_with_a_file_sees_his_own_and_withdraws(
    as_role: AsRole, congress: Congress, district: Unit
) -> None:
    registrar = as_role(Role.REGISTRAR, district)
    foreign = a_speech(congress, "Của đơn vị khác", unit_id=congress.unit_id)
    sent = registrar.post(f"{base(congress)}/new", data=offered(district))
    speech = db.session.scalars(select(Speech).where(Speech.unit_id == district.id)).one()
    assert sent.location == f"{base(congress)}/{speech.id}"
    file = {"slot": "text", "file": (BytesIO(b"%PDF-1.7 toan van"), "Toàn văn.pdf")}
    assert registrar.post(f"{base(congress)}/{speech.id}/files", data=file).status_code == 302
    page = registrar.get(base(congress)).get_data(as_text=True)
    assert "Một cửa điện tử" in page
    assert "Của đơn vị khác" not in page
    assert registrar.get(f"{base(congress)}/{foreign.id}").status_code == 404
    got = registrar.get(f"{base(congress)}/{speech.id}/files/text")
    assert (got.data, got.headers["X-Content-Type-Options"]) == (b"%PDF-1.7 toan van", "nosniff")
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert registrar.post(f"{base(congress)}/{speech.id}/withdraw").status_code == 302
    assert state_of(speech) == "withdrawn"


def test_when_the_speaker_is_there_is_kept_and_shown(
    as_role: AsRole, congress: Congress, district: Unit
) -> None:
    registrar = as_role(Role.REGISTRAR, district)
    hours = {"available_from": "8:00", "available_until": "10:30"}
    assert registrar.post(f"{base(congress)}/new", data=offered(district, **hours)).location
    speech = db.session.scalars(select(Speech)).one()
    assert (speech.available_from, speech.available_until) == (time(8), time(10, 30))
    assert "Có mặt 08:00 – 10:30" in registrar.get(base(congress)).get_data(as_text=True)
    wrong = offered(district, available_from="10:30", available_until="08:00", version="1")
    refused = registrar.post(f"{base(congress)}/{speech.id}", data=wrong)
    assert refused.status_code == 422
    assert "Giờ về phải sau giờ đến (10:30)" in refused.get_data(as_text=True)


def test_a_page_for_a_document_is_refused(secretary: FlaskClient, congress: Congress) -> None:
    speech = a_speech(congress)
    file = {"slot": "slides", "file": (BytesIO(b"<script>alert(1)</script>"), "a.pptx")}
    refused = secretary.post(f"{base(congress)}/{speech.id}/files", data=file)
    assert refused.status_code == 422
    assert "Tệp không phải là PDF, PPTX" in refused.get_data(as_text=True)
    assert secretary.get(f"{base(congress)}/{speech.id}/files/slides").status_code == 404


def test_a_registrar_may_not_offer_for_others(
    as_role: AsRole, congress: Congress, district: Unit
) -> None:
    registrar = as_role(Role.REGISTRAR, district)
    answer = registrar.post(f"{base(congress)}/new", data=offered(congress.unit))
    assert answer.status_code == 422
    assert db.session.scalars(select(Speech)).all() == []


def test_after_the_deadline_units_are_told_so(
    as_role: AsRole, secretary: FlaskClient, congress: Congress, district: Unit
) -> None:
    call = {"day": "14/06/2020", "at": "17:00", "spread": "20", "version": "0"}
    assert secretary.post(f"{base(congress)}/call", data=call).status_code == 302
    late = as_role(Role.REGISTRAR, district).post(f"{base(congress)}/new", data=offered(district))
    assert late.status_code == 422
    assert "Đã hết hạn gửi tham luận (17:00 14/06/2020)" in late.get_data(as_text=True)


def criteria_typed(*rows: tuple[str, str], **changes: str) -> dict[str, str]:
    typed = {"highest": "10", "reason": "", "version": "0"}
    for number, (title, weight) in enumerate(rows):
        typed |= {f"title_{number}": title, f"weight_{number}": weight}
    return typed | changes


def test_the_organiser_sets_the_criteria_until_the_first_mark(
    secretary: FlaskClient, congress: Congress, district: Unit
) -> None:
    address = f"{base(congress)}/reviews/criteria"
    assert "Khả năng nhân rộng" in secretary.get(address).text
    half = secretary.post(address, data=criteria_typed(("Nét mới", "")))
    assert "Hãy ghi hệ số của tiêu chí này." in half.text
    assert "Cần ít nhất một tiêu chí." in secretary.post(address, data=criteria_typed()).text
    twice = criteria_typed(("Nét mới", "1"), ("nét mới", "2"))
    assert "Có hai tiêu chí trùng tên" in secretary.post(address, data=twice).text
    typed = criteria_typed(("Nét mới", "3"), ("", ""), ("", ""), ("", ""), ("Rõ ràng", "1"))
    assert secretary.post(address, data=typed | {"highest": "100"}).location == address
    speech = a_speech(congress, "Một cửa", unit_id=district.id)
    marking = f"{base(congress)}/reviews/{speech.id}"
    assert "Rõ ràng (hệ số 1)" in secretary.get(marking).text
    beyond = {"mark_typical": "101", "mark_own_1": "0", "version": "0"}
    assert secretary.post(marking, data=beyond).status_code == 422
    assert secretary.post(marking, data=beyond | {"mark_typical": "80"}).status_code == 302
    assert "60,0" in secretary.get(f"{base(congress)}/reviews").text
    again = criteria_typed(("Nét mới", "1"), ("Rõ ràng", "1"), highest="100", version="1")
    for refused, why in (
        (again, "Hãy ghi lý do thay đổi"),
        (again | {"highest": "10", "reason": "Gọn"}, "Đã có điểm chấm nên không thêm, bớt"),
        (again | {"title_1": "", "reason": "Gọn"}, "Đã có điểm chấm nên không thêm, bớt"),
        (again | {"version": "0", "reason": "Gọn"}, "đã được người khác"),
    ):
        assert why in secretary.post(address, data=refused).text
    told = again | {"reason": "Ban Nội dung thống nhất lại"}
    assert secretary.post(address, data=told).location == address
    page = secretary.get(f"{base(congress)}/reviews").text
    assert "Ban Nội dung thống nhất lại" in page
    assert "40,0" in page


def rules(**changes: str) -> dict[str, str]:
    return {
        "budget": "20",
        "changeover": "0",
        "per_unit": "",
        "women": "0",
        "individual": "0",
        "topic_penalty": "0",
    } | changes


def select_speeches(secretary: FlaskClient, congress: Congress, **changes: str) -> SpeechRun:
    sent = secretary.post(f"{base(congress)}/selection", data=rules(**changes))
    assert sent.status_code == 302, sent.text
    assert "/jobs/" in sent.location
    db.session.expire_all()
    return db.session.scalars(select(SpeechRun).order_by(SpeechRun.id.desc()).limit(1)).one()


def marked(congress: Congress, mark: int) -> Speech:
    speech = a_speech(congress, f"Bài {mark}", state="in_review")
    for reviewer in (1, 2):
        a_speech_review(speech, reviewer, mark)
    return speech


def test_from_rules_to_a_programme(secretary: FlaskClient, congress: Congress) -> None:
    speeches = [marked(congress, mark) for mark in (9, 8, 7)]
    session = a_session(congress)
    for _ in range(2):
        an_item(session, kind="speech", minutes=10)
    run = select_speeches(secretary, congress)
    address = f"{base(congress)}/selection/{run.id}"
    text = secretary.get(address).get_data(as_text=True)
    assert "Đã chứng minh là cao nhất" in text
    assert "Vì sao bài này không được chọn" in text
    assert secretary.post(f"{address}/adopt", data=held(text, "/adopt")).status_code == 302
    assert [state_of(speech) for speech in speeches] == ["selected", "selected", "reserve"]
    sent = {"state": "withdrawn", "version": str(speeches[0].version)}
    secretary.post(f"{base(congress)}/{speeches[0].id}/decide", data=sent)
    text = secretary.get(address).get_data(as_text=True)
    assert "Thay đổi ít nhất" in text
    chosen = f"{speeches[1].id},{speeches[2].id}"
    stale = secretary.post(f"{address}/replace", data={"chosen": "1"}, follow_redirects=True)
    assert "Danh mục đã thay đổi" in stale.get_data(as_text=True)
    assert held(text, "/replace")["chosen"] == chosen
    secretary.post(f"{address}/replace", data=held(text, "/replace"))
    assert [state_of(speech) for speech in speeches] == ["withdrawn", "selected", "selected"]
    secretary.post(f"{base(congress)}/order")
    assert [state_of(speech) for speech in speeches] == ["withdrawn", "scheduled", "scheduled"]


def test_the_impossible_is_explained(secretary: FlaskClient, congress: Congress) -> None:
    speech = marked(congress, 9)
    run = select_speeches(secretary, congress, budget="5", locked_in=str(speech.id))
    text = secretary.get(f"{base(congress)}/selection/{run.id}").get_data(as_text=True)
    assert "Các quy tắc trái nhau" in text
    assert "Bắt buộc chọn tham luận Bài 9" in text
    assert "Nới thành: Nhiều nhất 10 phút" in text
    assert "Không có phương án" in secretary.get(f"{base(congress)}/selection").get_data(
        as_text=True
    )


def test_rules_that_cannot_be_read_come_back(secretary: FlaskClient, congress: Congress) -> None:
    refused = secretary.post(f"{base(congress)}/selection", data=rules(budget="nhiều"))
    assert refused.status_code == 422
    assert db.session.scalars(select(SpeechRun)).all() == []


def test_a_registrar_neither_reviews_nor_chooses(
    as_role: AsRole, congress: Congress, district: Unit
) -> None:
    registrar = as_role(Role.REGISTRAR, district)
    a_speech_file(a_speech(congress, unit_id=district.id))
    answers = [
        registrar.get(f"{base(congress)}/{address}").status_code
        for address in ("reviews", "reviews/overview", "selection", "call")
    ]
    assert answers == [403, 403, 403, 403]


def test_a_foreign_run_is_404(secretary: FlaskClient, congress: Congress) -> None:
    other = a_speech_run(a_congress())
    for number in (other.id, 999):
        assert secretary.get(f"{base(congress)}/selection/{number}").status_code == 404


def test_a_speech_changed_meanwhile_is_not_decided_upon(
    congress: Congress, as_role: AsRole
) -> None:
    speech = a_speech(congress, state="submitted")
    secretary = as_role("secretary", congress.unit)
    seen = str(speech.version)
    assert f'name="version" value="{seen}"' in secretary.get(base(congress)).text
    with transaction():
        speech.title = "Tên khác"
    here = f"{base(congress)}/{speech.id}/decide"
    for sent in ({"version": seen}, {}):
        refused = secretary.post(here, data={"state": "in_review", **sent})
        assert refused.status_code == 409
        assert "Tham luận đã được người khác sửa từ lúc bạn mở trang" in refused.text
    db.session.rollback()
    assert speech.state == "submitted"
    again = {"state": "in_review", "version": str(speech.version)}
    assert secretary.post(here, data=again).status_code == 302
