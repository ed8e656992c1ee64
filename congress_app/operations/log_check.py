"""When the chain of the log was last computed anew, and what that calls for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress_app.kernel.sentences import N_, Sentence

# The timers shipped look every Sunday.
OLD = timedelta(days=8)
# With the anchors: without them a log that was made anew looks whole.
_AGAIN = Sentence(
    N_(
        "“systemctl start congress-verify”, hoặc “audit verify --anchors-in "
        "/var/backups/congress” nếu chạy bằng container hay cron"
    )
)
SEALED_SHUT = N_(
    "Chuỗi nhật ký vẫn nguyên vẹn. Thường là máy thiếu khóa của lúc ghi: đưa khóa ấy vào dòng "
    "cuối tệp khóa, chạy “key reseal”, rồi kiểm tra lại: {again}. Khóa đã mất hẳn thì giá trị cũ "
    "của các mục ấy không đọc lại được nữa: lập biên bản ghi số các mục. Nếu máy chưa từng đổi hay "
    "mất khóa, có người sửa thẳng cơ sở dữ liệu: làm theo docs/cai-dat-may-chu.md, mục "
    "Khi có sự cố."
)


@dataclass(frozen=True)
class LogCheck:
    """What the last `audit verify` that counts found; `begun_at` is the log's first entry.

    `fault`: what is wrong, as `audit verify` says it; `altered`: the issued papers that are
    not what was issued, by name.
    """

    begun_at: datetime | None
    at: datetime | None
    fault: Sentence | None = None
    altered: tuple[str, ...] = ()
    # The chain itself is whole; what it holds under seal does not open.
    is_sealed: bool = False

    def age(self, now: datetime) -> timedelta | None:
        """Since the last look, or since there is a log that nobody has looked at."""
        since = self.at or self.begun_at
        return now - since if since else None


def calls_for(check: LogCheck, now: datetime) -> Iterator[tuple[str, Sentence, Sentence]]:
    """How bad, what, and what to do about it."""
    age = check.age(now)
    yield from _papers(check.altered)
    if check.fault and check.is_sealed:
        yield (
            "danger",
            Sentence(
                N_("Nhật ký còn giá trị niêm phong không mở được: {fault}"), fault=check.fault
            ),
            Sentence(SEALED_SHUT, again=_AGAIN),
        )
    elif check.fault:
        yield (
            "danger",
            Sentence(N_("Nhật ký không còn như lúc được ghi: {fault}"), fault=check.fault),
            Sentence(
                N_(
                    "Giữ nguyên máy và mọi bản sao lưu. Nếu vừa khôi phục từ bản cũ thì xóa tệp "
                    ".anchor của các bản sao mới hơn rồi kiểm tra lại với mọi mốc còn lại: {again}."
                    " Nếu không, có người sửa thẳng cơ sở dữ liệu: làm theo "
                    "docs/cai-dat-may-chu.md, mục Khi có sự cố."
                ),
                again=_AGAIN,
            ),
        )
    elif age is not None and age > OLD:
        yield (
            "warning",
            Sentence(N_("Nhật ký đã {days} ngày chưa được kiểm tra"), days=age.days),
            Sentence(
                N_(
                    "Bật lịch hằng tuần “systemctl enable --now congress-verify.timer” (không có "
                    "systemd: chép lại tệp cron), rồi kiểm tra một lần: {again}."
                ),
                again=_AGAIN,
            ),
        )


def _papers(names: tuple[str, ...]) -> Iterator[tuple[str, Sentence, Sentence]]:
    if names:
        yield (
            "danger",
            Sentence(
                N_("{count} văn bản không còn như lúc ban hành: {papers}"),
                count=len(names),
                papers="; ".join(names),
            ),
            Sentence(
                N_(
                    "Có người sửa thẳng cơ sở dữ liệu: giữ nguyên máy và mọi bản sao lưu, làm theo "
                    "docs/cai-dat-may-chu.md, mục Khi có sự cố. Văn bản ấy không xem hay tải được "
                    "nữa; dùng bản giấy đã ký. Lấy lại đúng nội dung rồi thì kiểm tra lại: {again}."
                ),
                again=_AGAIN,
            ),
        )
