"""Rulings on delegates' credentials, numbered reports, and the vote on a report."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import Instant, Model
from congress_app.delegates.models import Delegate
from congress_app.programme.models import Session


class CredentialRuling(Model):
    """What the credentials committee found about one delegate; the latest row holds.

    Rows are added and never changed, so the table is its own history. `ruling`: valid,
    not_qualified, pending; the last two carry a reason. `decided_by` is the member who
    decided, `recorded_by` the user who wrote it down.
    """

    __tablename__ = "credential_ruling"
    __table_args__ = (
        Index("ix_credential_ruling_latest", "delegate_id", "id"),
        CheckConstraint("ruling = 'valid' OR reason IS NOT NULL", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"))
    ruling: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(500))
    decided_by: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Instant)

    delegate: Mapped[Delegate] = relationship(lazy="select")


class StoredReport(Model):
    """A credentials report as it was at one minute; never changed once numbered.

    `body` is `credential_report.CredentialReport` as JSON, `sha256` its digest
    (`credential_report.digest`), so that a later change of the file is noticed.
    """

    __tablename__ = "credential_report"
    __table_args__ = (UniqueConstraint("congress_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    number: Mapped[int]
    as_of: Mapped[datetime] = mapped_column(Instant)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(200))

    congress: Mapped[Congress] = relationship(lazy="select")
    session: Mapped[Session | None] = relationship(lazy="select")
    vote: Mapped[RecognitionVote | None] = relationship(back_populates="report", lazy="joined")


class RecognitionVote(Model):
    """The vote by which the congress recognised its delegates, or did not; one a report."""

    __tablename__ = "recognition_vote"
    __table_args__ = (CheckConstraint("voting = agree + against + other", name="figures"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("credential_report.id"), unique=True)
    voting: Mapped[int]
    agree: Mapped[int]
    against: Mapped[int]
    other: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))

    report: Mapped[StoredReport] = relationship(back_populates="vote")

    @property
    def is_carried(self) -> bool:
        """More than half of those who voted agree."""
        return 2 * self.agree > self.voting
