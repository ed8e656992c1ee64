"""The scan log and the projection of who is present."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.badges.models import Badge
from congress_app.database import Instant, Model
from congress_app.delegates.models import Delegate
from congress_app.programme.models import Session


class Scan(Model):
    """One scan, as it happened; never changed afterwards.

    The device is named by number and words, not by a foreign key: devices are a later
    chapter. `source`: camera, reader, typed, manual, paper, correction, desk.
    """

    __tablename__ = "scan"
    __table_args__ = (
        UniqueConstraint("device_id", "uuid"),
        Index("ix_scan_fold", "session_id", "delegate_id", "id"),
        Index("ix_scan_congress", "congress_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36))
    # What was sent, hashed: the same uuid with another body is a conflict, not a replay.
    body_hash: Mapped[str] = mapped_column(String(64))
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    device_id: Mapped[int] = mapped_column(default=0)
    device_name: Mapped[str] = mapped_column(String(200))
    gate: Mapped[str | None] = mapped_column(String(100))
    operator: Mapped[str | None] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(20))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))
    direction: Mapped[str] = mapped_column(String(3))  # in, out
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"))
    badge_version: Mapped[int | None]
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"), index=True)
    # What was read, printable characters only, at most 64; for looking into rubbish later.
    raw_code: Mapped[str] = mapped_column(String(64))
    # The device's clock when it read the code, and when it sent what it read (None: not said).
    scanned_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    # Server's clock less the device's, as measured; by it `scanned_at` was corrected.
    clock_offset_ms: Mapped[int] = mapped_column(default=0)
    corrected_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    was_offline: Mapped[bool] = mapped_column(default=False)
    # What a door without network showed: accepted, refused; None when it did not say.
    door_verdict: Mapped[str | None] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(20))  # accepted, refused, conflict
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(String(300))
    # The earlier scan this one collides with.
    conflict_with_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"))

    # The scan this row takes back; a correction counts for nothing itself.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"), unique=True)
    # The scan out of quarantine that a named person let count by this row.
    stands_for_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"), index=True)

    delegate: Mapped[Delegate | None] = relationship(lazy="select")
    badge: Mapped[Badge | None] = relationship(lazy="select")


class ScanConflict(Model):
    """Something that happened at a door and cannot be true as it stands; a person settles it.

    `kind` is the reason of the later row in the log. `first_scan_id` is the earlier of two
    scans that collide, by corrected time; None when there is only one. Unlike the log this
    row changes: it is closed, with whoever did it and how.
    """

    __tablename__ = "scan_conflict"
    __table_args__ = (Index("ix_scan_conflict_open", "congress_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    kind: Mapped[str] = mapped_column(String(40))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"), index=True)
    first_scan_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"), index=True)
    second_scan_id: Mapped[int] = mapped_column(ForeignKey("scan.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="open")  # open, closed
    opened_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str | None] = mapped_column(String(200))
    resolution: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(String(300))

    delegate: Mapped[Delegate | None] = relationship(lazy="select")
    first: Mapped[Scan | None] = relationship(foreign_keys=[first_scan_id], lazy="select")
    second: Mapped[Scan] = relationship(foreign_keys=[second_scan_id], lazy="select")


class WrongCode(Model):
    """A code no table knows, kept for minutes to slow down guessing by device and address."""

    __tablename__ = "wrong_code"
    __table_args__ = (
        Index("ix_wrong_code_device", "device_id", "at"),
        Index("ix_wrong_code_address", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    device_id: Mapped[int]
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)


class Presence(Model):
    """Whether a delegate is in the hall of a session now: the fold of the scans."""

    __tablename__ = "presence"
    __table_args__ = (UniqueConstraint("session_id", "delegate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    is_present: Mapped[bool]
    first_in_at: Mapped[datetime | None] = mapped_column(Instant)
    first_gate: Mapped[str | None] = mapped_column(String(100))
    last_at: Mapped[datetime | None] = mapped_column(Instant)
    last_scan_id: Mapped[int | None] = mapped_column(ForeignKey("scan.id"))

    session: Mapped[Session] = relationship(lazy="select")


class Excuse(Model):
    """An absence from a session accepted by a named person, with its reason.

    Coming in after all does not remove it: it then simply no longer counts as absent.
    """

    __tablename__ = "excuse"
    __table_args__ = (UniqueConstraint("session_id", "delegate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300))
    accepted_by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)
