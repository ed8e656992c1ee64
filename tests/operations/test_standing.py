"""What is wrong with a server, from its figures alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from congress_app.dossiers.due import Due
from congress_app.kernel.sentences import Sentence
from congress_app.operations.log_check import LogCheck
from congress_app.operations.standing import (
    GIB,
    MIB,
    Backup,
    Disk,
    Facts,
    Process,
    gigabytes,
    troubles,
)

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
WELL = Facts(
    now=NOW,
    version="1",
    database="sqlite",
    database_bytes=5 * MIB,
    revision="0022",
    head="0022",
    disk=Disk(50 * GIB, 100 * GIB, writable=True),
    processes=(Process("may:1", "1", NOW, NOW),),
    backup=Backup(NOW - timedelta(hours=20), "a.backup", MIB, is_sealed=True),
    jobs_waiting=0,
    jobs_running=1,
    jobs_broken=0,
    oldest_wait=None,
    scans_last_minute=12,
    scans_on_devices=0,
    open_conflicts=0,
    quarantined=0,
    clock_gap=timedelta(seconds=2),
    clock_set=timedelta(seconds=-2),
    logged_account=None,
    newest_entry=NOW,
    log_check=LogCheck(NOW - timedelta(days=90), NOW - timedelta(days=7)),
)


def test_nothing_is_wrong_with_a_server_that_is_well():
    assert troubles(WELL) == []


@pytest.mark.parametrize(
    ("change", "kind", "title"),
    [
        ({"disk": Disk(50 * GIB, 100 * GIB, writable=False)}, "danger", "Ổ đĩa không ghi được"),
        ({"disk": Disk(300 * MIB, GIB, writable=True)}, "danger", "Ổ đĩa sắp đầy: còn 300,0 MB"),
        ({"disk": Disk(3 * GIB, GIB, writable=True)}, "warning", "Ổ đĩa còn ít chỗ: 3,0 GB"),
        ({"revision": "0014"}, "danger", "Cấu trúc dữ liệu ở bản 0014, chương trình cần bản 0022"),
        ({"backup": None}, "warning", "Chưa có bản sao lưu nào"),
        ({"log_check": LogCheck(NOW, NOW, Sentence("Mục số {n} mất.", n=12))}, "danger",
         "Nhật ký không còn như lúc được ghi: Mục số 12 mất."),
        ({"log_check": LogCheck(NOW, NOW, Sentence("Mục số {n}.", n=12), is_sealed=True)}, "danger",
         "Nhật ký còn giá trị niêm phong không mở được: Mục số 12."),
        ({"log_check": LogCheck(NOW - timedelta(days=90), NOW - timedelta(days=9))}, "warning",
         "Nhật ký đã 9 ngày chưa được kiểm tra"),
        ({"log_check": LogCheck(NOW - timedelta(days=90), None)}, "warning",
         "Nhật ký đã 90 ngày chưa được kiểm tra"),
        ({"clock_gap": timedelta(seconds=-31)}, "danger",
         "Đồng hồ máy này lệch 31 giây so với máy cơ sở dữ liệu"),
        ({"clock_set": timedelta(hours=2)}, "danger",
         "Đồng hồ máy chủ đã bị chỉnh tới 120 phút từ khi chương trình chạy"),
        ({"clock_set": timedelta(seconds=-31)}, "danger",
         "Đồng hồ máy chủ đã bị chỉnh lùi 1 phút từ khi chương trình chạy"),
        ({"newest_entry": NOW + timedelta(hours=1)}, "danger",
         "Nhật ký có mục ở tương lai: đồng hồ máy chủ đã bị lùi"),
        ({"logged_account": "congress"}, "warning",
         "Nhật ký của máy cơ sở dữ liệu có thể chứa dữ liệu cá nhân"),
        ({"jobs_broken": 2}, "warning", "2 việc nền bị lỗi trong 24 giờ qua"),
        ({"oldest_wait": timedelta(minutes=6)}, "warning", "Có việc nền chờ đã 6 phút"),
        ({"processes": (Process("a:1", "1", NOW, NOW), Process("b:1", "2", NOW, NOW))}, "warning",
         "Các tiến trình đang chạy nhiều phiên bản khác nhau"),
        ({"scans_on_devices": 40}, "warning", "40 lượt quét còn nằm trên các máy quét"),
        ({"quarantined": 3}, "warning", "3 lượt quét chờ quyết định"),
    ],
)  # fmt: skip
def test_each_trouble_is_named_with_what_to_do(change, kind, title):
    (found,) = troubles(replace(WELL, **change))
    assert (found.kind, str(found.title)) == (kind, title)
    assert str(found.advice).endswith(".")


def test_an_old_copy_is_told_by_its_hours():
    old = replace(WELL, backup=Backup(NOW - timedelta(hours=37), "a", 1, is_sealed=False))
    assert [str(one.title) for one in troubles(old)] == ["Bản sao lưu gần nhất đã 37 giờ"]


def test_the_worst_comes_first():
    bad = replace(WELL, backup=None, revision=None, scans_on_devices=1)
    assert [one.kind for one in troubles(bad)] == ["danger", "warning", "warning"]


def test_a_process_that_ended_is_no_other_version():
    ended = Process("b:1", "0", NOW, NOW - timedelta(seconds=61))
    assert troubles(replace(WELL, processes=(*WELL.processes, ended))) == []


def test_sizes_as_people_read_them():
    assert [gigabytes(size) for size in (0, 1536 * 1024, 5 * GIB // 2)] == [
        "0,0 MB",
        "1,5 MB",
        "2,5 GB",
    ]


def test_late_requests_of_persons_come_first_and_those_in_time_are_no_trouble():
    day = date(2026, 11, 12)
    assert troubles(WELL, Due(2, 0, day)) == []
    first, second = troubles(replace(WELL, backup=None), Due(3, 2, day))
    assert (first.kind, str(first.title), first.page) == (
        "danger", "2 yêu cầu về dữ liệu cá nhân đã quá hạn", "data_requests.index",
    )  # fmt: skip
    assert "Hạn sớm nhất là ngày 12/11/2026." in str(first.advice)
    assert second.page == ""


def test_who_keeps_the_database_is_told_the_word_that_ends_its_talking():
    (found,) = troubles(replace(WELL, logged_account='"thi đua"'))
    assert found.command == "ALTER ROLE \"thi đua\" SET log_error_verbosity = 'terse';"
