"""From when on a scan reported late counts by itself."""

from datetime import timedelta

from congress_app.checkin import late
from congress_app.checkin.decision import Reason
from congress_app.checkin.late import Limits
from tests.conftest import MORNING

MINUTE = timedelta(minutes=1)


def told(limits: Limits) -> list[Reason | None]:
    """What is said of scans 3, 2, 0 minutes before, and 10 and 11 after the device came."""
    return [late.fault(limits, MORNING + minutes * MINUTE) for minutes in (-3, -2, 0, 10, 11)]


def test_a_device_saw_nobody_before_it_came() -> None:
    assert told(Limits(MORNING)) == [Reason.BEFORE_PAIRING, None, None, None, None]


def test_what_a_report_rests_on_is_not_moved() -> None:
    limits = Limits(MORNING, reported_until=MORNING + 10 * MINUTE)
    reported = Reason.ALREADY_REPORTED
    assert told(limits) == [Reason.BEFORE_PAIRING, reported, reported, reported, None]


def test_after_the_congress_nothing_counts_by_itself() -> None:
    assert told(Limits(MORNING, is_over=True)) == [Reason.CONGRESS_CLOSED] * 5
