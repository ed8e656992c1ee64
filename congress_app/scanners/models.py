"""Devices and the one-time codes that pair them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import Instant, Model


class Device(Model):
    """A phone, tablet or PC that scans for one congress.

    `state`: waiting (its code was not used yet), active, revoked. Only hashes of the
    pairing code and of the token are kept.
    """

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    gate: Mapped[str | None] = mapped_column(String(100))
    profile: Mapped[str] = mapped_column(String(20), default="steward")  # or supervisor
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    pairing_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    pairing_expires_at: Mapped[datetime | None] = mapped_column(Instant)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    paired_at: Mapped[datetime | None] = mapped_column(Instant)
    last_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    clock_offset_ms: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    # Which sessions it serves; null serves all.
    session_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    # A supervisor's PIN, slowly hashed, and what was opened by it last.
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    pin_failures: Mapped[int] = mapped_column(default=0)
    pin_locked_until: Mapped[datetime | None] = mapped_column(Instant)
    supervisor_hash: Mapped[str | None] = mapped_column(String(64))
    supervisor_name: Mapped[str | None] = mapped_column(String(100))
    supervisor_until: Mapped[datetime | None] = mapped_column(Instant)
    # As the device last told.
    queue_length: Mapped[int | None]
    app_version: Mapped[str | None] = mapped_column(String(40))

    congress: Mapped[Congress] = relationship(lazy="joined")


class PairingFailure(Model):
    """A wrong pairing code, kept for ten minutes to slow down guessing from one place.

    `address` holds `pairing.place`, the SHA-256 of the network.
    """

    __tablename__ = "pairing_failure"
    __table_args__ = (Index("ix_pairing_failure_address", "address", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
