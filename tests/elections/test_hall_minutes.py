"""The minute at which the hall is looked at for a round comes after what the vote comes after."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from congress_app.checkin import queries as queries_of_day
from congress_app.database import transaction
from congress_app.elections import hall_minutes, round_services
from congress_app.elections.acts import Opening, TakingDown, TypedHall
from congress_app.elections.conduct import RoundKind
from congress_app.elections.models import Election, Round
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from tests import builders
from tests.conftest import MORNING, AsRole, FrozenClock
from tests.elections.voting import CHAIR, a_list, counted

NOW_OR_LATER = "hãy nhập giờ từ đó đến nay, hoặc để trống để chốt ngay bây giờ."


def after(**time: float) -> datetime:
    """Some time after the list was adopted."""
    return MORNING + timedelta(**time)


@pytest.fixture
def election(app: Flask, frozen_clock: FrozenClock) -> Election:
    """Its list was adopted at 8:00:00; its three delegates came in at once and stay."""
    found = a_list(seats=2, names=3)
    session = builders.a_session(found.congress, MORNING - timedelta(minutes=30))
    for _ in range(3):
        came = builders.a_badge(builders.a_delegate(found.congress))
        builders.a_scan(session, came, at=MORNING - timedelta(minutes=10))
    return found


def looked(election: Election, at: datetime | None, typed: TypedHall | None = None) -> Round:
    """The next round with the hall of that minute."""
    kind = RoundKind.ADDITIONAL if election.rounds else RoundKind.FIRST
    opening = Opening(kind, at=at, reason="Còn thiếu 1 suất", typed=typed)
    return round_services.open_round(election, opening, actor=CHAIR)


def refused(election: Election, at: datetime) -> str:
    """What is said of the minute."""
    with pytest.raises(RuleViolation) as raised:
        looked(election, at)
    assert raised.value.code == "minute_too_early"
    return str(raised.value.sentence)


def clock_of(instant: datetime) -> str:
    return clock.at_venue(instant).strftime("%H:%M")


def test_the_latest_of_what_came_before_says_from_which_minute(app: Flask) -> None:
    events = {
        hall_minutes.ROUND_ENDED: after(minutes=10, seconds=30),
        hall_minutes.DOORS_OPENED: after(minutes=5),
    }
    hall_minutes.check(after(minutes=10), events)
    with pytest.raises(RuleViolation) as raised:
        hall_minutes.check(after(minutes=9), events)
    ended = clock_of(after(minutes=10))
    assert str(raised.value.sentence) == (
        f"Lượt bầu trước kết thúc lúc {ended}. "
        f"Số có mặt của lượt này chốt được từ {ended}: {NOW_OR_LATER}"
    )
    hall_minutes.check(MORNING, {hall_minutes.ROUND_ENDED: None})


def test_the_hall_that_voted_may_be_older_than_the_record_of_its_list(
    election: Election, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(minutes=20)
    assert looked(election, after(minutes=-1)).presence_at == after(minutes=-1)


def test_a_round_taken_down_bars_no_minute_of_the_one_held_again(
    election: Election, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(minutes=20)
    wrong = looked(election, after(minutes=1))
    frozen_clock.advance(minutes=3)
    alone = TakingDown("Nhập nhầm phút chốt số có mặt")
    round_services.invalidate(wrong, alone, version=wrong.version, actor=CHAIR)
    opening = Opening(RoundKind.FIRST, at=after(minutes=15), reason="Chốt lại số có mặt")
    again = round_services.open_round(election, opening, actor=CHAIR)
    assert (again.number, again.presence_at) == (2, after(minutes=15))


def test_a_further_round_looks_at_the_hall_after_the_one_before(
    election: Election, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(minutes=10, seconds=30)
    first = counted(election, [3, 1, 1], valid=3)
    frozen_clock.advance(minutes=20)
    assert refused(election, after(minutes=9)).startswith("Lượt bầu trước kết thúc lúc")
    second = looked(election, after(minutes=10))
    assert (first.presence_at, second.presence_at) == (
        after(minutes=10, seconds=30),
        after(minutes=10),
    )


def test_the_hall_of_the_morning_does_not_vote_in_the_afternoon(
    election: Election, frozen_clock: FrozenClock
) -> None:
    """The doors of both are open at noon: then the morning may still vote."""
    afternoon = builders.a_session(election.congress, after(hours=4), title="Phiên chiều")
    frozen_clock.move_to(after(hours=6))
    assert refused(election, after(minutes=10)).startswith("Cửa của phiên đang họp mở lúc")
    frozen_clock.move_to(after(hours=3, minutes=10))
    assert afternoon.doors_open_at < clock.now()
    assert looked(election, after(minutes=10)).session_id != afternoon.id


def test_no_minute_is_now_and_typed_figures_are_of_any_minute(
    app: Flask, frozen_clock: FrozenClock
) -> None:
    unplanned = a_list()
    frozen_clock.advance(minutes=20)
    typed = TypedHall(120, 110)
    assert looked(unplanned, after(minutes=-5), typed).presence_at == after(minutes=-5)


def test_a_vote_whose_hall_was_counted_some_minutes_ago_is_opened(
    election: Election, frozen_clock: FrozenClock
) -> None:
    """Who was written on paper and typed in meanwhile counts from when he came."""
    (session,) = queries_of_day.sessions_of(election.congress_id)
    frozen_clock.advance(minutes=12)
    on_paper = builders.a_badge(builders.a_delegate(election.congress))
    builders.a_scan(session, on_paper, at=after(minutes=6), received_at=clock.now())
    round_ = looked(election, after(minutes=7))
    assert (round_.presence_at, round_.present) == (after(minutes=7), 4)


def test_the_page_says_from_which_minute(
    election: Election, frozen_clock: FrozenClock, as_role: AsRole
) -> None:
    frozen_clock.advance(minutes=20)
    page = f"/congresses/{election.congress_id}/elections/{election.id}/rounds/open"
    organiser = as_role("organiser")
    (doors,) = queries_of_day.sessions_of(election.congress_id)
    early = clock_of(doors.doors_open_at - timedelta(minutes=1))
    answer = organiser.post(page, data={"kind": "first", "at": early})
    told = f"chốt được từ {clock_of(doors.doors_open_at)}: {NOW_OR_LATER}"
    assert (answer.status_code, told in answer.text) == (422, True)
    assert organiser.post(page, data={"kind": "first", "at": "08:00"}).status_code == 302


def test_a_morning_that_runs_over_its_doors_votes_as_it_sits(
    election: Election, frozen_clock: FrozenClock, as_role: AsRole
) -> None:
    """The doors are closed and those of the afternoon are not open yet."""
    (morning,) = queries_of_day.sessions_of(election.congress_id)
    builders.a_session(election.congress, after(hours=9), title="Phiên chiều")
    frozen_clock.move_to(morning.doors_close_at + timedelta(minutes=20))
    page = f"/congresses/{election.congress_id}/elections/{election.id}/rounds/open"
    organiser = as_role("organiser")
    assert f"Theo lượt quét thẻ của “{morning.title}”" in organiser.get(page).text
    assert organiser.post(page, data={"kind": "first", "at": ""}).status_code == 302
    (round_,) = election.rounds
    told = (round_.session_id, round_.presence_at, round_.convened, round_.present)
    assert told == (morning.id, frozen_clock.now, 3, 3)


def test_a_morning_that_still_votes_when_the_afternoon_s_doors_are_open(
    election: Election, frozen_clock: FrozenClock
) -> None:
    """What the refusal advises leads out of it."""
    (morning,) = queries_of_day.sessions_of(election.congress_id)
    opens = morning.doors_close_at + timedelta(hours=1)
    noon = {"doors_open_at": opens, "doors_close_at": opens + timedelta(hours=4)}
    builders.a_session(election.congress, opens + timedelta(hours=1), title="Phiên chiều", **noon)
    frozen_clock.move_to(opens + timedelta(minutes=18))
    with pytest.raises(RuleViolation) as raised:
        looked(election, None)
    wall = f"{clock.at_venue(opens):%H:%M}"
    assert raised.value.code == "nobody_scanned"
    assert f"trước {wall}, giờ mở cửa của “Phiên chiều”" in str(raised.value.sentence)
    with transaction():
        morning.doors_close_at = frozen_clock.now + timedelta(hours=1)
    with pytest.raises(RuleViolation):
        looked(election, opens)
    found = looked(election, opens - timedelta(minutes=1))
    assert (found.session_id, found.present) == (morning.id, 3)


def test_the_next_day_does_not_vote_with_the_hall_of_the_day_before(
    election: Election, frozen_clock: FrozenClock
) -> None:
    tomorrow = builders.a_session(election.congress, after(hours=24), title="Ngày thứ hai")
    frozen_clock.move_to(tomorrow.doors_open_at - timedelta(minutes=1))
    with pytest.raises(RuleViolation) as raised:
        looked(election, None)
    assert raised.value.code == "nobody_scanned"
    # Its doors are shut: no earlier minute would help.
    assert str(raised.value.sentence).endswith("cho người đang dự.")
    assert "“Ngày thứ hai”" in str(raised.value.sentence)
