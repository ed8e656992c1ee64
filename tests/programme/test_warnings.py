"""What is wrong with a programme."""

from __future__ import annotations

from datetime import datetime, timedelta

from congress_app.kernel import clock
from congress_app.programme.warnings import SessionOutline, Spot, findings

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


def a_spot(key: int, title: str, start: int, minutes: int, **changes: object) -> Spot:
    """A spot so many minutes after 07:30."""
    starts = wall(7, 30) + timedelta(minutes=start)
    plain: dict[str, object] = {
        "key": key,
        "title": title,
        "kind": "speech",
        "starts": starts,
        "ends": starts + timedelta(minutes=minutes),
    }
    return Spot(**(plain | changes))  # type: ignore[arg-type]


def test_a_hall_used_twice_says_for_how_long() -> None:
    first = a_morning(title="Phiên A", ends=wall(9), hall="Hội trường lớn")
    second = a_morning(title="Phiên B", starts=wall(8, 40), ends=wall(10), hall="Hội trường lớn")
    assert said(first, second) == [
        ("danger", "“Phiên A” và “Phiên B” cùng dùng Hội trường lớn, trùng nhau 20 phút.")
    ]
    assert said(first, a_morning(title="Phiên B", starts=wall(9), hall="Hội trường lớn")) == []
    assert said(first, a_morning(title="Phiên B", hall="Hội trường nhỏ")) == []


def in_two_halls(first: Spot, second: Spot) -> list[tuple[str, str]]:
    return said(
        a_morning(hall="Hội trường lớn", spots=(first,)),
        a_morning(hall="Hội trường nhỏ", spots=(second,)),
    )


def test_a_speaker_at_two_places_at_once() -> None:
    hoa = {"speaker": "Nguyễn Thị Hoa", "speaker_key": "delegate:7"}
    assert in_two_halls(a_spot(1, "Bài A", 0, 10, **hoa), a_spot(2, "Bài B", 6, 10, **hoa)) == [
        ("danger", "Nguyễn Thị Hoa có hai phần trùng giờ: “Bài A” và “Bài B”, 4 phút.")
    ]


def test_the_way_between_two_halls_takes_time() -> None:
    hoa = {"speaker": "Nguyễn Thị Hoa", "speaker_key": "delegate:7"}
    assert in_two_halls(a_spot(1, "Bài A", 0, 10, **hoa), a_spot(2, "Bài B", 12, 10, **hoa)) == [
        (
            "warning",
            (
                "Nguyễn Thị Hoa chỉ có 2 phút để đi từ Hội trường lớn (“Bài A”) "
                "sang Hội trường nhỏ (“Bài B”)."
            ),
        )
    ]
    assert in_two_halls(a_spot(1, "Bài A", 0, 10, **hoa), a_spot(2, "Bài B", 15, 10, **hoa)) == []


def test_two_people_of_one_name_are_two() -> None:
    first = a_spot(1, "Bài A", 0, 10, speaker="Nguyễn Thị Hoa", speaker_key="delegate:7")
    second = a_spot(2, "Bài B", 0, 10, speaker="Nguyễn Thị Hoa", speaker_key="delegate:8")
    assert in_two_halls(first, second) == []


ELECTION = a_spot(1, "Bầu đại biểu", 0, 20, kind="election")


def results(*others: Spot) -> list[tuple[str, str]]:
    return said(a_morning(spots=(ELECTION, *others)))


def test_an_election_needs_its_announcement() -> None:
    assert results() == [("warning", "“Bầu đại biểu” chưa có mục công bố kết quả.")]


def test_a_result_is_announced_after_the_ballot_and_the_counting() -> None:
    early = a_spot(2, "Công bố", 10, 5, kind="announcement", announces=1)
    assert results(early) == [("danger", "“Công bố” đứng trước khi “Bầu đại biểu” kết thúc.")]
    counting = a_spot(3, "Kiểm phiếu", 20, 30, kind="counting")
    hasty = a_spot(2, "Công bố", 40, 5, kind="announcement", announces=1)
    assert results(counting, hasty) == [("danger", "Kiểm phiếu xong sau “Công bố” 10 phút.")]
    patient = a_spot(2, "Công bố", 50, 5, kind="announcement", announces=1)
    assert results(counting, patient) == []


def test_a_speaker_who_is_not_in_the_hall() -> None:
    assert said(a_morning(not_here=(("Nguyễn Thị Hoa", "Bài A"),))) == [
        ("danger", "Nguyễn Thị Hoa sắp trình bày “Bài A” nhưng chưa có mặt trong hội trường.")
    ]


def test_a_speaker_heard_while_away_is_named() -> None:
    early = Spot(1, "Một cửa", "speech", wall(8), wall(8, 10), "Lê Ý", "1", here_from=wall(8, 5))
    late = Spot(2, "Thu nợ", "speech", wall(9), wall(9, 10), "Vũ An", "2", here_until=wall(9, 5))
    fine = Spot(3, "Chi trả", "speech", wall(10), wall(10, 10), "Hà", "3", here_until=wall(10, 10))
    assert said(a_morning(spots=(early, late, fine))) == [
        ("danger", "Lê Ý chỉ có mặt từ 08:05 nhưng “Một cửa” bắt đầu lúc 08:00."),
        ("danger", "Vũ An chỉ có mặt đến 09:05 nhưng “Thu nợ” kết thúc lúc 09:10."),
    ]
