"""When a signed-in session is over, and the token that stands for it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from congress_app.kernel.sentences import N_, Sentence

# TCVN 14423:2026 level 2: privileged roles leave after 15 idle minutes.
IDLE_PRIVILEGED = timedelta(minutes=15)
IDLE = timedelta(hours=8)
LONGEST = timedelta(hours=12)
# The table learns of a session's use only so often.
NOTED_EVERY = timedelta(minutes=5)


def new_token() -> str:
    """256 random bits for the cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def idle_limit(*, privileged: bool) -> timedelta:
    """How long such a session may rest."""
    return IDLE_PRIVILEGED if privileged else IDLE


def is_over(created: datetime, seen: datetime, now: datetime, *, privileged: bool) -> bool:
    """True when the session rested too long or has lasted its longest.

    A session seen in the future is over too: somebody's clock is wrong, or the cookie is.
    """
    if seen - now > timedelta(minutes=1):
        return True
    return now - seen > idle_limit(privileged=privileged) or now - created > LONGEST


def is_open(created: datetime, noted: datetime | None, now: datetime, *, privileged: bool) -> bool:
    """May the session still be in use, as far as the table knows, which notes use now and then?"""
    seen = min((noted or created) + NOTED_EVERY, now)
    return not is_over(created, seen, now, privileged=privileged)


def limits_in_words(*, privileged: bool) -> Sentence:
    """What a user is told about the end of his sessions."""
    rest = idle_limit(privileged=privileged)
    if rest < timedelta(hours=1):
        idle = Sentence(N_("{minutes} phút"), minutes=rest // timedelta(minutes=1))
    else:
        idle = Sentence(N_("{hours} giờ"), hours=rest // timedelta(hours=1))
    return Sentence(
        N_(
            "Phiên tự kết thúc sau {idle} không thao tác, "
            "và chậm nhất {longest} giờ sau khi đăng nhập."
        ),
        idle=idle,
        longest=LONGEST // timedelta(hours=1),
    )
