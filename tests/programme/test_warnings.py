"""What is wrong with a programme."""

from __future__ import annotations

from datetime import datetime

from congress_app.kernel import clock
from congress_app.programme.warnings import SessionOutline, findings

MANDATORY = ("summary_report", "speech", "election")


def wall(hour: int, minute: int = 0) -> datetime:
    return clock.from_venue(datetime(2020, 6, 15, hour, minute))  # noqa: DTZ001


def a_morning(**changes: object) -> SessionOutline:
    plain: dict[str, object] = {
        "title": "Phiên chính thức",
        "starts": wall(7, 30),
        "ends": wall(11, 30),
        "kinds": MANDATORY,
        "overruns": (),
    }
    return SessionOutline(**(plain | changes))  # type: ignore[arg-type]


def said(*sessions: SessionOutline, full_day: bool = False) -> list[tuple[str, str]]:
    found = findings(sessions, MANDATORY, full_day)
    return [(finding.kind, str(finding.sentence)) for finding in found]


def test_a_good_morning_has_no_finding() -> None:
    assert said(a_morning()) == []


def test_a_programme_not_begun_has_no_finding() -> None:
    assert said() == []


def test_what_the_guidance_asks_for_is_named() -> None:
    assert said(a_morning(kinds=("speech",))) == [
        ("warning", "Chương trình chưa có nội dung bắt buộc theo hướng dẫn: Báo cáo tổng kết."),
        ("warning", "Chương trình chưa có nội dung bắt buộc theo hướng dẫn: Bầu cử."),
    ]


def test_the_minutes_too_many_are_told() -> None:
    assert said(a_morning(ends=wall(11, 52))) == [
        ("warning", "Phiên chính thức: kết thúc lúc 11:52, quá 22 phút so với 11:30.")
    ]


def test_a_broken_pin_comes_first() -> None:
    found = said(a_morning(ends=wall(12), overruns=(("Giải lao", 7),)))
    assert found[0] == (
        "danger",
        "“Giải lao” đã ghim giờ nhưng các mục trước chiếm quá 7 phút.",
    )


def test_half_a_day_with_an_afternoon_is_told() -> None:
    afternoon = a_morning(starts=wall(13, 30), ends=wall(16))
    expected = ("info", "Hội nghị ghi 1/2 ngày nhưng chương trình có cả sáng và chiều.")
    assert said(a_morning(), afternoon) == [expected]
    assert said(a_morning(), afternoon, full_day=True) == []


def test_a_speaker_who_has_not_confirmed_is_named() -> None:
    found = said(a_morning(absent_speakers=(("Lê Ý", "Một cửa điện tử"),)))
    assert found == [
        ("warning", "Lê Ý trình bày “Một cửa điện tử” nhưng chưa xác nhận dự hội nghị.")
    ]
