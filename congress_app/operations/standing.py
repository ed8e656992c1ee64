"""How the house stands, and what is wrong with it in words that say what to do.

Bytes are bytes, spans are timedelta, instants aware UTC. The limits are the usual ones of
running a small server; nothing in the law sets them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from congress_app.dossiers.due import PAGE, Due
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import sensitive as sensitive_rules
from congress_app.operations.log_check import LogCheck, calls_for

MIB, GIB = 1024**2, 1024**3
DISK_LOW, DISK_ALMOST_FULL = 5 * GIB, 512 * MIB
# Below this nothing new is begun: readiness says no and a balancer goes elsewhere.
DISK_STOP = 50 * MIB
BACKUP_OLD = timedelta(hours=36)
CLOCK_OFF = timedelta(seconds=30)
ALIVE = timedelta(seconds=60)
JOB_WAITS_LONG = timedelta(minutes=5)


@dataclass(frozen=True)
class Disk:
    """The disk that holds the instance folder."""

    free: int
    total: int
    writable: bool


@dataclass(frozen=True)
class Process:
    """A serving process as it last spoke."""

    name: str
    version: str
    started_at: datetime
    seen_at: datetime

    def is_alive(self, now: datetime) -> bool:
        """False when it has been silent too long; it then takes no requests any more."""
        return abs(now - self.seen_at) <= ALIVE


@dataclass(frozen=True)
class Backup:
    """The newest copy that was made."""

    at: datetime
    file: str
    size: int
    is_sealed: bool


@dataclass(frozen=True)
class Facts:
    """Everything the page shows and a monitor reads, at one instant."""

    now: datetime
    version: str
    database: str  # sqlite, postgresql
    database_bytes: int | None
    revision: str | None
    head: str
    disk: Disk
    processes: tuple[Process, ...]
    backup: Backup | None
    jobs_waiting: int
    jobs_running: int
    jobs_broken: int  # of the last day, by a fault of the program or of a process
    oldest_wait: timedelta | None
    scans_last_minute: int
    scans_on_devices: int
    open_conflicts: int
    quarantined: int
    # The database server's clock less this machine's; None when both are one machine.
    clock_gap: timedelta | None
    # How far this machine's clock was set since the program was started.
    clock_set: timedelta
    # The database's account when PostgreSQL writes rows into its log for it; else None.
    logged_account: str | None
    # The newest entry of the log; from the future when the clock was set back since.
    newest_entry: datetime | None
    log_check: LogCheck

    @property
    def alive(self) -> tuple[Process, ...]:
        """The processes that take requests."""
        return tuple(one for one in self.processes if one.is_alive(self.now))

    @property
    def silent(self) -> tuple[Process, ...]:
        """The others: stopped in order or not, they serve no longer."""
        return tuple(one for one in self.processes if not one.is_alive(self.now))


@dataclass(frozen=True)
class Trouble:
    """Something to do: how bad, what, and what to do about it."""

    kind: str  # danger, warning
    title: Sentence
    advice: Sentence
    # Where it is done, by endpoint, and what the link there says.
    page: str = ""
    link: Sentence | None = None
    command: str = ""  # what whoever keeps the machine types


def troubles(facts: Facts, requests: Due | None = None, sensitive: int = 0) -> list[Trouble]:
    """What is wrong, the worst first; `requests` None: the reader may not know of them."""
    found = [
        *(_requests(requests) if requests else ()),
        *_ground(facts),
        *_copies(facts),
        *_clock(facts),
        *_logs(facts),
        *(Trouble(*one) for one in calls_for(facts.log_check, facts.now)),
        *(Trouble(*one) for one in sensitive_rules.calls_for(sensitive)),
        *_work(facts),
        *_doors(facts),
    ]
    return sorted(found, key=lambda one: one.kind != "danger")


def _ground(facts: Facts) -> Iterator[Trouble]:
    free = gigabytes(facts.disk.free)
    if not facts.disk.writable:
        yield Trouble(
            "danger",
            Sentence(N_("Ổ đĩa không ghi được")),
            Sentence(
                N_(
                    "Kiểm tra ổ đĩa và quyền ghi của thư mục dữ liệu (thường là ổ lỗi nên bị gắn "
                    "chỉ đọc). Chưa sửa thì không lưu được thay đổi nào."
                )
            ),
        )
    elif facts.disk.free < DISK_ALMOST_FULL:
        yield Trouble(
            "danger",
            Sentence(N_("Ổ đĩa sắp đầy: còn {free}"), free=free),
            Sentence(N_("Chuyển ngay các bản sao lưu cũ sang máy khác hoặc tăng dung lượng ổ.")),
        )
    elif facts.disk.free < DISK_LOW:
        yield Trouble(
            "warning",
            Sentence(N_("Ổ đĩa còn ít chỗ: {free}"), free=free),
            Sentence(N_("Dọn các bản sao lưu cũ hoặc tăng dung lượng trước ngày đại hội.")),
        )
    if facts.revision != facts.head:
        yield Trouble(
            "danger",
            Sentence(
                N_("Cấu trúc dữ liệu ở bản {is_}, chương trình cần bản {head}"),
                is_=facts.revision or "–",
                head=facts.head,
            ),
            Sentence(
                N_("Sao lưu, chạy lệnh “flask --app congress_app db upgrade”, rồi khởi động lại.")
            ),
        )


def _copies(facts: Facts) -> Iterator[Trouble]:
    advice = Sentence(
        N_(
            "Chạy lệnh “backup” và đặt lịch hằng ngày; cách làm ở tài liệu "
            "docs/cai-dat-may-chu.md, mục Sao lưu."
        )
    )
    if facts.backup is None:
        yield Trouble("warning", Sentence(N_("Chưa có bản sao lưu nào")), advice)
    elif facts.now - facts.backup.at > BACKUP_OLD:
        hours = int((facts.now - facts.backup.at).total_seconds() // 3600)
        title = Sentence(N_("Bản sao lưu gần nhất đã {hours} giờ"), hours=hours)
        yield Trouble("warning", title, advice)


def _clock(facts: Facts) -> Iterator[Trouble]:
    ntp = Sentence(
        N_("Bật đồng bộ giờ (chrony hoặc systemd-timesyncd) trên mọi máy chủ rồi kiểm tra lại.")
    )
    if facts.clock_gap is not None and abs(facts.clock_gap) > CLOCK_OFF:
        seconds = int(abs(facts.clock_gap).total_seconds())
        title = Sentence(
            N_("Đồng hồ máy này lệch {seconds} giây so với máy cơ sở dữ liệu"), seconds=seconds
        )
        yield Trouble("danger", title, ntp)
    if abs(facts.clock_set) > CLOCK_OFF:
        minutes = max(1, round(abs(facts.clock_set) / timedelta(minutes=1)))
        ahead = N_("Đồng hồ máy chủ đã bị chỉnh tới {minutes} phút từ khi chương trình chạy")
        back = N_("Đồng hồ máy chủ đã bị chỉnh lùi {minutes} phút từ khi chương trình chạy")
        title = Sentence(ahead if facts.clock_set > timedelta(0) else back, minutes=minutes)
        advice = Sentence(
            N_(
                "Kiểm tra giờ của máy: cửa mở và phiên đăng nhập tính theo giờ này. Giờ đã đúng "
                "thì khởi động lại dịch vụ để bỏ cảnh báo."
            )
        )
        yield Trouble("danger", title, advice)
    if facts.newest_entry is not None and facts.newest_entry - facts.now > CLOCK_OFF:
        title = Sentence(N_("Nhật ký có mục ở tương lai: đồng hồ máy chủ đã bị lùi"))
        yield Trouble("danger", title, ntp)


def _logs(facts: Facts) -> Iterator[Trouble]:
    if facts.logged_account:
        yield Trouble(
            "warning",
            Sentence(N_("Nhật ký của máy cơ sở dữ liệu có thể chứa dữ liệu cá nhân")),
            Sentence(
                N_(
                    "PostgreSQL ghi cả nội dung dòng dữ liệu khi từ chối một lệnh. Người quản trị "
                    "cơ sở dữ liệu chạy một lần lệnh dưới đây rồi khởi động lại phần mềm. Chưa "
                    "làm thì phần mềm vẫn chạy, nhưng phải giữ kín tệp nhật ký của PostgreSQL "
                    "như giữ dữ liệu."
                )
            ),
            command=f"ALTER ROLE {facts.logged_account} SET log_error_verbosity = 'terse';",
        )


def _requests(due: Due) -> Iterator[Trouble]:
    if due.late and due.nearest:
        yield Trouble(
            "danger",
            Sentence(N_("{count} yêu cầu về dữ liệu cá nhân đã quá hạn"), count=due.late),
            Sentence(
                N_(
                    "Hạn sớm nhất là ngày {day}. Mở sổ, trả lời người yêu cầu và giải quyết, "
                    "hoặc từ chối có căn cứ pháp luật."
                ),
                day=due.nearest.strftime("%d/%m/%Y"),
            ),
            PAGE,
            Sentence(N_("Mở sổ yêu cầu về dữ liệu cá nhân")),
        )


def _work(facts: Facts) -> Iterator[Trouble]:
    if facts.jobs_broken:
        yield Trouble(
            "warning",
            Sentence(N_("{count} việc nền bị lỗi trong 24 giờ qua"), count=facts.jobs_broken),
            Sentence(
                N_(
                    "Xem mục “Việc nền không xong” bên dưới; chi tiết kỹ thuật ở dòng "
                    "“job SỐ failed” của nhật ký máy chủ. Người giao việc có nút “Làm lại”."
                )
            ),
        )
    if facts.oldest_wait is not None and facts.oldest_wait > JOB_WAITS_LONG:
        minutes = int(facts.oldest_wait.total_seconds() // 60)
        yield Trouble(
            "warning",
            Sentence(N_("Có việc nền chờ đã {minutes} phút"), minutes=minutes),
            Sentence(
                N_("Máy chủ đang quá bận hoặc thiếu tiến trình: xem mục tiến trình bên dưới.")
            ),
        )
    if len({one.version for one in facts.alive}) > 1:
        yield Trouble(
            "warning",
            Sentence(N_("Các tiến trình đang chạy nhiều phiên bản khác nhau")),
            Sentence(N_("Hoàn tất việc nâng cấp: khởi động lại máy chủ còn ở phiên bản cũ.")),
        )


def _doors(facts: Facts) -> Iterator[Trouble]:
    if facts.scans_on_devices:
        yield Trouble(
            "warning",
            Sentence(
                N_("{count} lượt quét còn nằm trên các máy quét"), count=facts.scans_on_devices
            ),
            Sentence(N_("Đưa các máy ấy vào vùng có mạng và để trang quét mở đến khi gửi hết.")),
        )
    if facts.quarantined:
        yield Trouble(
            "warning",
            Sentence(N_("{count} lượt quét chờ quyết định"), count=facts.quarantined),
            Sentence(
                N_("Người giám sát mở trang Mâu thuẫn của hội nghị để nhận hoặc bỏ từng lượt.")
            ),
        )


def gigabytes(size: int) -> str:
    """A size as people read it, with a Vietnamese decimal comma."""
    amount, unit = (size / GIB, "GB") if size >= GIB else (size / MIB, "MB")
    return f"{amount:.1f} {unit}".replace(".", ",")
