"""How many requests wait and are late, by the term that runs for each."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.dossiers.due import Due, Waiting, due, lights

MONDAY = date(2026, 11, 2)
DAY = timedelta(days=1)
REPLY, FINISH = MONDAY + 2 * DAY, MONDAY + 10 * DAY


def test_the_term_of_the_reply_runs_first_and_ends_with_its_day() -> None:
    asked, replied = Waiting(REPLY, FINISH, False), Waiting(REPLY, FINISH, True)
    assert due([asked], REPLY) == Due(1, 0, REPLY)
    assert due([asked], REPLY + DAY) == Due(1, 1, REPLY)
    assert due([replied], REPLY + DAY) == Due(1, 0, FINISH)
    assert due([replied, asked], FINISH + DAY) == Due(2, 2, REPLY)
    assert due([], MONDAY) == Due(0, 0, None)


days = st.dates(date(2026, 1, 1), date(2026, 3, 1))


@given(st.lists(st.builds(Waiting, days, days, st.booleans())), days)
def test_who_is_late_is_counted_among_all_and_none_is_due_before_the_nearest(
    requests: list[Waiting], today: date
) -> None:
    found = due(requests, today)
    assert found.waiting == len(requests)
    assert (found.late > 0) == (found.nearest is not None and found.nearest < today)
    assert all(found.nearest is not None and found.nearest <= one.next_day for one in requests)
    assert 0 <= found.late <= found.waiting


def test_the_overview_says_how_many_and_the_day_and_nothing_when_none_is_open() -> None:
    told = [
        [(one.kind, str(one.sentence), str(one.note), one.page) for one in lights(found)]
        for found in (Due(0, 0, None), Due(1200, 0, REPLY), Due(3, 2, REPLY))
    ]
    waiting = "1.200 yêu cầu về dữ liệu cá nhân đang chờ giải quyết."
    late = "2 yêu cầu về dữ liệu cá nhân đã quá hạn."
    urged = "Hạn sớm nhất là ngày 04/11/2026. Hãy trả lời hoặc giải quyết ngay trong hôm nay."
    page = "data_requests.index"
    assert told == [
        [],
        [("warning", waiting, "Hạn gần nhất là ngày 04/11/2026.", page)],
        [("danger", late, urged, page)],
    ]
