"""The tellers' sheets over HTTP: one's own figures, and never the other one's."""

from __future__ import annotations

import re

from congress_app.elections import count_services, queries
from tests.elections.pages import at, go, plain, text_of
from tests.elections.voting import FIRST, SECOND, a_list, filled, ids, opened


def test_while_typing_the_server_says_what_cannot_be_true(as_role):
    election = a_list()
    opened(election)
    teller = as_role("teller")
    answer = teller.post(
        at(election, "/rounds/1/check"), data={"issued": "10", "collected": "11", "valid": "x"}
    )
    assert [(fault["code"], fault["cells"]) for fault in answer.json["faults"]] == [
        ("NOT_A_COUNT", ["valid"]),
        ("COLLECTED_OVER_ISSUED", ["collected", "issued"]),
    ]
    assert queries.sheets_of(election.rounds[0].id) == []


def test_only_which_cells_differ_is_told_and_only_to_who_holds_a_sheet(as_role):
    election = a_list()
    round_ = opened(election)
    votes = dict(zip(ids(election), [80, 70, 20, 10], strict=True))
    count_services.save_sheet(round_, filled(round_, votes), version=0, actor=FIRST)
    teller = as_role("teller", display_name="Đỗ Kiểm Phiếu")
    path = at(election, "/rounds/1/count")
    right = {key: str(value) for key, value in filled(round_, votes).items()}
    go(teller, path, **{**right, "issued": "95", "valid": ""}, version="0")
    page = text_of(teller.get(path))
    assert "Lê Văn Một: đã nhập đủ Đỗ Kiểm Phiếu: còn 1 ô" in page
    assert "khác nhau" not in page
    # Whole, but it contradicts itself: what a sheet of zeros would ask with.
    go(teller, path, **{**right, "issued": "95"}, version="1")
    page = text_of(teller.get(path))
    assert "Đỗ Kiểm Phiếu: số liệu chưa khớp" in page
    assert "khác nhau" not in page
    other = {"issued": "99", "collected": "99", "invalid": "9", "invalid.not_issued": "9"}
    go(teller, path, **{**right, **other}, version="2")
    page = teller.get(path)
    assert "Hai phiếu kiểm khác nhau ở 4 ô" in text_of(page)
    # A hundred were handed out by the first sheet; the page knows only one's own 99.
    shown = [*re.findall(r"\d+", plain(page)), *re.findall(r'value="(\d+)"', page.text)]
    assert ("99" in shown, "100" in shown) == (True, False)
    refused = teller.post(at(election, "/rounds/1/close"), follow_redirects=True)
    assert "Hai người kiểm phiếu nhập khác nhau" in plain(refused)
    assert "Số phiếu phát ra, Số phiếu thu về" in plain(refused)
    as_role("viewer")  # the second account has the number under which the first sheet is held
    third = as_role("teller", display_name="Người Thứ Ba")
    refused = third.post(at(election, "/rounds/1/close"), follow_redirects=True)
    assert "Số phiếu phát ra" not in plain(refused)
    onlooker = third.get(path)
    assert "Hai phiếu kiểm còn khác nhau" in text_of(onlooker)
    assert "Số phiếu phát ra" not in text_of(onlooker)
    assert queries.rounds_of(election.id)[0].state == "counting"


def test_a_sheet_goes_to_another_teller(as_role):
    organiser = as_role("organiser")
    election = a_list()
    round_ = opened(election)
    held = count_services.save_sheet(round_, {"issued": 77}, version=0, actor=FIRST)
    path = at(election, f"/rounds/1/sheets/{held.id}/hand-over")
    assert "Lê Văn Một" in text_of(organiser.get(at(election, "/rounds/1")))
    page = organiser.get(path)
    assert ("Lê Văn Một" in page.text, "77" in plain(page)) == (True, False)
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text).group(1)
    assert 'name="holder"' in page.text
    sent = {"version": version, "holder": "user:2"}
    answer = organiser.post(path, data={"reason": "", **sent})
    assert answer.status_code == 422
    go(organiser, path, reason="Mở nhầm phiếu", **sent)
    assert queries.sheets_of(round_.id) == []
    assert organiser.get(path).status_code == 404
    assert as_role("teller").get(path).status_code == 403


def test_a_stale_save_shows_both_values_and_can_be_repeated(as_role):
    election = a_list()
    opened(election)
    teller = as_role("teller")
    path = at(election, "/rounds/1/count")
    go(teller, path, issued="100", version="0")
    go(teller, path, issued="99", version="1")
    answer = teller.post(path, data={"issued": "98", "version": "1"})
    assert answer.status_code == 409
    assert "Số phiếu phát ra 99 98" in plain(answer)
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text).group(1)
    go(teller, path, issued="98", version=version)
    assert queries.sheets_of(election.rounds[0].id)[0].cells == {"issued": 98}


def test_a_third_teller_sees_only_how_far_they_are(as_role):
    election = a_list()
    round_ = opened(election)
    for teller in (FIRST, SECOND):
        count_services.save_sheet(round_, {"issued": 77}, version=0, actor=teller)
    page = as_role("teller").get(at(election, "/rounds/1/count"))
    assert "Bạn chỉ xem được tình trạng" in text_of(page)
    assert "77" not in plain(page)
