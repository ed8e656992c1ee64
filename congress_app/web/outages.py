"""When the ground gives way: the database is away, a disk is full or may not be written.

Nothing of ours is wrong then and nothing was stored; the reader is told so and asked to
come again, and every part goes on by itself once the ground is back.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from congress_app.database import COMMITTING
from congress_app.kernel.sentences import N_


@dataclass(frozen=True)
class Outage:
    """What is away: a code for machines, a sentence for people, seconds to wait."""

    code: str
    sentence: str
    retry_after: int = 10


AWAY = Outage(
    "database_away",
    N_(
        "Cơ sở dữ liệu tạm thời không trả lời nên yêu cầu này chưa được ghi. "
        "Hãy đợi nửa phút rồi thử lại; những gì đã báo thành công trước đó vẫn còn nguyên."
    ),
)
# The connection broke after the database had been told to store and before it said that it had.
UNSURE = Outage(
    "database_away_unsure",
    N_(
        "Cơ sở dữ liệu ngừng trả lời đúng lúc đang ghi nên chưa rõ yêu cầu này đã được ghi hay "
        "chưa. Hãy đợi nửa phút, mở lại danh sách ở thẻ khác để xem, rồi chỉ gửi lại nếu chưa có."
    ),
)
BUSY = Outage(
    "database_busy",
    N_("Hệ thống đang quá bận nên yêu cầu này chưa được ghi. Hãy đợi vài giây rồi thử lại."),
    5,
)
FULL = Outage(
    "disk_full",
    N_(
        "Ổ đĩa của máy chủ đã đầy nên chưa ghi được gì. Hãy báo người quản trị giải phóng chỗ; "
        "dữ liệu đã lưu không mất, và trang xem vẫn dùng được."
    ),
    60,
)
READ_ONLY = Outage(
    "disk_read_only",
    N_(
        "Máy chủ hiện chỉ cho xem, chưa ghi được dữ liệu. Hãy báo người quản trị kiểm tra ổ đĩa "
        "và quyền ghi; dữ liệu đã lưu không mất."
    ),
    60,
)

# What SQLite says, as far as it is not about our own statement.
_SQLITE = (
    ("disk is full", FULL),
    ("readonly database", READ_ONLY),
    ("database is locked", BUSY),
    ("disk I/O error", READ_ONLY),
    ("unable to open database file", AWAY),
)
# Classes and codes of PostgreSQL (Appendix A of its manual), the longer ones first.
_POSTGRES = (
    ("25006", READ_ONLY),
    ("40001", BUSY),
    ("40P01", BUSY),
    ("53100", FULL),
    ("53", BUSY),
    ("57P", AWAY),
    ("08", AWAY),
    ("58", READ_ONLY),
)
_ERRNO = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY}


def outage_of(error: BaseException) -> Outage | None:
    """Which outage the error, or what led to it, tells of; None of something else.

    SQLite without room ends the whole transaction by itself; going back to a savepoint then
    fails as well, and only the error before tells why.
    """
    seen: BaseException | None = error
    while seen is not None:
        if found := _told_by(seen):
            committing = COMMITTING in getattr(seen, "__notes__", ())
            return UNSURE if found is AWAY and committing else found
        seen = seen.__context__
    return None


def _told_by(error: BaseException) -> Outage | None:
    if isinstance(error, NoConnection):
        return BUSY
    if isinstance(error, DBAPIError):
        return _of_database(error)
    return _ERRNO.get(error.errno or 0) if isinstance(error, OSError) else None


def _of_database(error: DBAPIError) -> Outage | None:
    state = getattr(error.orig, "sqlstate", None)
    if state:
        found = next((outage for start, outage in _POSTGRES if state.startswith(start)), None)
        return found or (AWAY if error.connection_invalidated else None)
    words = str(error.orig)
    found = next((outage for part, outage in _SQLITE if part in words), None)
    # Without a state PostgreSQL's driver never reached a server that could give one.
    lost = error.connection_invalidated or type(error.orig).__module__.startswith("psycopg")
    return found or (AWAY if lost else None)
