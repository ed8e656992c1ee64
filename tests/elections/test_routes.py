"""Elections through their pages: prepare, vote, count, tie, certify, print."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from congress_app.elections import candidate_services, queries
from tests import builders
from tests.elections.pages import at, go, plain, text_of
from tests.elections.voting import CHAIR, a_list, counted, ids, opened


@pytest.fixture
def organiser(app, as_role):
    return as_role("organiser")


def test_from_nothing_to_a_certified_result(organiser, as_role):
    congress = builders.an_electing_congress(1)
    people = [builders.a_person(name, unit=congress.unit) for name in ("Lê Ý", "Trần Ân")]
    listed = f"/congresses/{congress.id}/elections"
    assert "Chưa có cuộc bầu cử nào" in text_of(organiser.get(listed))
    start = go(organiser, listed).location
    rules = {"preset": "valid", "form": "secret", "base": "valid", "tie_rule": "revote"}
    rules |= {"rounds": "2", "surplus_percent": "", "invalid_reasons": "Không bầu ai"}
    go(organiser, f"{start}/rules", **rules, reserve_seats="0", reserves_apart="1", version="1")
    for person in people:
        found = text_of(organiser.get(f"{start}/candidates/add?q=le"))
        assert ("07/05/1980" in found) == (person is people[0])
        typed = {"person_id": str(person.id), "how": "unit", "nominated_by": "Công đoàn"}
        go(organiser, f"{start}/candidates/add", **typed)
    figures = {"voting": "40", "agree": "38", "against": "1", "other": "1"}
    go(organiser, f"{start}/list", **figures, version="4")
    assert "tán thành 38, không tán thành 1, ý kiến khác 1" in text_of(organiser.get(start))
    page = text_of(organiser.get(f"{start}/rounds/open?kind=first"))
    assert "Trúng cử: được quá nửa số phiếu hợp lệ" in page
    go(organiser, f"{start}/rounds/open", kind="first", convened="40", present="38")
    go(organiser, f"{start}/rounds/1/start-count")
    sheet = {"issued": "38", "collected": "38", "valid": "37", "invalid": "1"}
    sheet |= {"invalid.nobody": "1", "votes.1": "30", "votes.2": "7", "keeps.1": "37"}
    for teller in (as_role("teller"), as_role("teller")):
        go(teller, f"{start}/rounds/1/count", **sheet, version="0")
    assert "Hai phiếu kiểm khớp nhau" in text_of(teller.get(f"{start}/rounds/1/count"))
    go(teller, f"{start}/rounds/1/close")
    page = text_of(organiser.get(f"{start}/rounds/1"))
    assert "Lê Ý: 30/37 phiếu (81,1 %), thứ 1: trúng cử." in page
    go(organiser, f"{start}/certify", presidium="Trần Thị Chủ tịch", version="7")
    page = text_of(organiser.get(start))
    assert "Đã công nhận kết quả" in page
    assert "Lê Ý 07/05/1980" in page


def test_refusals_are_told_on_the_list(organiser):
    congress = builders.a_congress()
    go(organiser, f"/congresses/{congress.id}/elections")
    page = text_of(organiser.get(f"/congresses/{congress.id}/elections"))
    assert "không có hội nghị, đại hội cấp trên" in page


def test_a_late_change_of_the_rule_is_refused_on_the_page(organiser):
    election = a_list()
    opened(election)
    page = organiser.get(at(election, "/rules"))
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text).group(1)
    rules = {"preset": "valid", "form": "secret", "base": "issued", "tie_rule": "revote"}
    rules |= {"rounds": "2", "invalid_reasons": "Không bầu ai", "reserve_seats": "0"}
    answer = organiser.post(
        at(election, "/rules"), data=rules | {"reserves_apart": "1", "version": version}
    )
    assert answer.status_code == 409
    assert "quy tắc và danh sách không sửa được nữa" in plain(answer)


def test_a_preset_fills_the_form_in_and_leaving_it_changes_the_source(organiser):
    election = a_list()
    candidate_services.reopen_list(election, "Sửa quy tắc", actor=CHAIR)
    page = organiser.get(at(election, "/rules?preset=valid"))
    assert '<option selected value="older">' in page.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text).group(1)
    rules = {"preset": "valid", "form": "secret", "base": "valid", "tie_rule": "older"}
    rules |= {"rounds": "2", "invalid_reasons": "Không bầu ai", "reserve_seats": "0"}
    rules |= {"reserves_apart": "1"}
    go(organiser, at(election, "/rules"), **rules, version=version)
    assert "Căn cứ: Luật Bầu cử năm 2015" in text_of(organiser.get(at(election)))
    changed = rules | {"base": "issued", "version": str(election.version)}
    go(organiser, at(election, "/rules"), **changed)
    page = text_of(organiser.get(at(election)))
    assert "Căn cứ: Quy chế bầu cử do hội nghị thông qua" in page


def test_a_tie_offers_a_revote_or_the_congress_and_breaks_nothing_itself(organiser):
    election = a_list(seats=2, names=4)
    counted(election, [80, 55, 55, 10])
    _first, second, third, _fourth = ids(election)
    page = text_of(organiser.get(at(election)))
    assert "Lượt 1 có 2 người bằng phiếu, còn 1 suất" in page
    typed = {"reason": "Hội nghị biểu quyết.", "paper": "05/BB"}
    typed |= {"version": str(election.version)}
    answer = organiser.post(
        at(election, "/rounds/1/tie"), data={"chosen": [str(second), str(third)], **typed}
    )
    assert answer.status_code == 422
    assert "đúng 1 người trong số 2 người bằng phiếu" in plain(answer)
    go(organiser, at(election, "/rounds/1/tie"), chosen=str(third), **typed)
    page = text_of(organiser.get(at(election, "/rounds/1")))
    assert "Hội nghị biểu quyết." in page


def test_seats_left_empty_need_a_confirmed_decision(organiser):
    election = a_list(seats=3, names=2)
    counted(election, [90, 80])
    path = at(election, "/certify")
    typed = {"presidium": "Trần Thị Chủ tịch", "version": str(election.version)}
    answer = organiser.post(path, data=typed)
    assert answer.status_code == 422
    assert "Còn suất chưa bầu được: hãy xác nhận quyết định này." in plain(answer)
    go(organiser, path, **typed, vacancies="y")
    assert election.state == "certified"


def test_the_screen_shows_nothing_before_the_release(organiser):
    election = a_list(seats=1, names=2)
    name = election.candidates[0].person.full_name
    counted(election, [90, 10])
    page = text_of(organiser.get(at(election, "/rounds/1/screen")))
    assert "kết quả sẽ được công bố" in page
    assert name not in page
    version = str(queries.rounds_of(election.id)[0].version)
    stale = organiser.post(at(election, "/rounds/1/release"), data={"version": "1"})
    assert stale.status_code == 409
    go(organiser, at(election, "/rounds/1/release"), version=version)
    page = text_of(organiser.get(at(election, "/rounds/1/screen")))
    assert name in page
    released = queries.released_result(election.congress_id)
    assert (released.round_number, released.seats, released.outcome.threshold) == (1, 1, 51)


def test_an_invalidated_round_can_still_be_read_and_printed(organiser):
    election = a_list(seats=1, names=2)
    counted(election, [90, 10])
    path = at(election, "/rounds/1/invalidate")
    version = re.search(r'name="version"[^>]*value="(\d+)"', organiser.get(path).text).group(1)
    typed = {"reason": "Phát nhầm mẫu phiếu", "version": version}
    answer = organiser.post(path, data=typed)
    assert answer.status_code == 422
    assert plain(answer).count("Ai quyết định hủy") == 2  # in the summary and at the field
    go(organiser, path, **typed, decided_by="Đoàn Chủ tịch", paper="07/BB-HN")
    told = "Đoàn Chủ tịch quyết định, biên bản 07/BB-HN."
    page = text_of(organiser.get(at(election, "/rounds/1")))
    assert ("Phát nhầm mẫu phiếu" in page, told in page) == (True, True)
    page = text_of(organiser.get(at(election, "/rounds/1/minutes")))
    assert ("LƯỢT BẦU NÀY ĐÃ BỊ HỦY" in page, told in page) == (True, True)
    assert "Nhập phiếu kiểm: Lê Văn Một (lưu 1 lần), Phạm Thị Hai (lưu 1 lần)." in page
    assert "90/100" in page


def test_the_sheet_holds_the_figures_of_the_tally_and_no_others(organiser):
    election = a_list(seats=1, names=2)
    counted(election, [90, 10])
    answer = organiser.get(at(election, "/rounds/1/result.xlsx"))
    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    names = [one.person.full_name for one in election.candidates]
    unit = election.congress.unit.name
    assert [1, names[0], "07/05/1980", unit, 90, 90, "Trúng cử"] in rows
    assert [2, names[1], "07/05/1981", unit, 10, 10, "Không trúng cử"] in rows


def test_ballots_are_handed_out_and_taken_back(as_role):
    election = a_list()
    session = builders.a_session(election.congress)
    delegate = builders.a_delegate(election.congress)
    builders.a_scan(session, builders.a_badge(delegate))
    organiser, teller = as_role("organiser"), as_role("teller")
    go(organiser, at(election, "/rounds/open"), kind="first")
    path = at(election, "/rounds/1/ballots")
    go(teller, path)
    go(teller, f"{path}/{delegate.id}", standing="returned")
    assert "Đã phát 1 Đã thu 1 / 1" in text_of(teller.get(path))


def test_a_candidate_asks_to_withdraw_and_is_let_go(organiser):
    election = a_list(names=2)
    candidate_services.reopen_list(election, "Sửa danh sách", actor=CHAIR)
    candidate = election.candidates[0]
    path = at(election, f"/candidates/{candidate.id}")
    go(organiser, f"{path}/withdraw", reason="Sức khỏe")
    assert "Xin rút, chờ quyết định" in text_of(organiser.get(at(election)))
    go(organiser, f"{path}/decide", decision="accept")
    assert candidate.state == "withdrawn"


def test_a_new_name_is_compared_with_those_known(organiser):
    election = a_list(names=1)
    candidate_services.reopen_list(election, "Sửa danh sách", actor=CHAIR)
    unit = election.congress.unit
    known = builders.a_person("Lê Thị Cũ", unit=unit)
    typed = {"full_name": "Lê Thị Cũ", "birth": "1980", "sex": "F", "how": "floor"}
    typed |= {"unit": f"{unit.name} ({unit.code})"}
    path = at(election, "/candidates/new")
    answer = organiser.post(path, data=typed)
    assert answer.status_code == 409
    assert "“Lê Thị Cũ”, sinh 07/05/1980" in plain(answer)
    go(organiser, path, **typed, same_as=str(known.id))
    assert known.id in {one.person_id for one in election.candidates}


def test_a_teller_who_stands_is_pointed_out(organiser):
    election = a_list(names=2)
    person = election.candidates[0].person
    delegate = builders.a_delegate(election.congress, person)
    builders.a_seat(election.congress, delegate, body="tellers")
    assert f"{person.full_name} vừa ở trong danh sách bầu cử" in text_of(
        organiser.get(at(election))
    )


def test_an_election_is_found_only_in_its_own_congress(organiser):
    election = a_list()
    foreign = builders.a_congress()
    answer = organiser.get(f"/congresses/{foreign.id}/elections/{election.id}")
    assert answer.status_code == 404
