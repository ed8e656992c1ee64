"""Users, grants, sessions, second factors and the count of failed sign-ins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from congress_app.database import NEVER_AGAIN, Instant, Model
from congress_app.kernel.vietnamese import fold, name_sort_key
from congress_app.units.models import Unit


class User(Model):
    """A person with a password."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(200))
    # Both follow the display name by themselves, see `_follow`.
    search_key: Mapped[str] = mapped_column(String(200), default="")
    sort_key: Mapped[str] = mapped_column(String(700), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    # True until the one-time first password is replaced by the person's own.
    must_change_password: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False, index=True)
    language: Mapped[str] = mapped_column(String(5), default="vi")
    last_sign_in_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    # Until then a privileged user may still work without a second factor. Given once: taking
    # a factor away sets it to that moment, and setting one up leaves it alone.
    second_factor_due_at: Mapped[datetime | None] = mapped_column(Instant)
    # Closed because nobody used it; an administrator opens it again.
    idle_locked_at: Mapped[datetime | None] = mapped_column(Instant)
    reopened_at: Mapped[datetime | None] = mapped_column(Instant)

    grants: Mapped[list[UserGrant]] = relationship(
        back_populates="user",
        cascade="all, delete-orphan",
        lazy="selectin",
        order_by="UserGrant.id",
    )

    @validates("display_name")
    def _follow(self, _key: str, name: str) -> str:
        self.search_key = fold(name)
        self.sort_key = name_sort_key(name)
        return name


class UserGrant(Model):
    """A role of a user for a unit and everything below it."""

    __tablename__ = "user_grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "unit_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    user: Mapped[User] = relationship(back_populates="grants")
    unit: Mapped[Unit] = relationship(lazy="joined")


class SignInSession(Model):
    """One signed-in browser; the cookie carries the token, the table only its hash."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    address: Mapped[str | None] = mapped_column(String(64))
    browser: Mapped[str | None] = mapped_column(String(250))
    # Written every few minutes only: reading a page is not to cost a write.
    last_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    user: Mapped[User] = relationship(lazy="joined")


class SecondFactor(Model):
    """The secret a user's phone makes codes from (RFC 6238), locked with the server's key.

    It counts from `confirmed_at` on. `last_step` is the time step of the last code that
    was taken: no code of that step or an earlier one is taken again.
    """

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    sealed_secret: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    last_step: Mapped[int | None] = mapped_column(BigInteger)


class RecoveryCode(Model):
    """One of the codes on paper that stand in for a lost phone, each once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInFailures(Model):
    """How often signing in failed lately, for one name or from one address.

    Names that belong to nobody are counted as well, so that a lock tells a stranger
    nothing. `key` is what is counted and a SHA-256 (`throttle.py`): people type passwords
    into the name field by mistake, and those must not be kept.
    """

    __tablename__ = "sign_in_failures"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(Instant, index=True)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
