"""Papers with their numbers, the organiser's own texts, and files made in the background."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import NEVER_AGAIN, Instant, Model
from congress_app.units.models import Unit


class DocumentSeries(Model):
    """The numbers one body of a unit gives in one year; `symbol` tells the bodies apart."""

    __tablename__ = "document_series"
    __table_args__ = (UniqueConstraint("unit_id", "symbol", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    symbol: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    first_number: Mapped[int] = mapped_column(default=1)
    last_number: Mapped[int | None]


class Document(Model):
    """One paper of a congress: a draft, or frozen when it was issued.

    `head` is `head.Head` as JSON and `text` its editable text. An issued paper holds its
    blocks (`body`), the facts they were made from and the hash over both; it is printed
    from `body` alone. A void or replaced paper keeps its number.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        # With the time of release, so that phones' questions read no rows with bodies.
        Index("ix_document_released", "congress_id", "state", "released_at"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20), default="draft")
    subject: Mapped[str] = mapped_column(String(500))
    head: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    text: Mapped[str] = mapped_column(Text, default="")
    # Whom a paper for many is for: `selection.Selection` as JSON.
    selection: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("document_series.id"))
    number: Mapped[int | None]
    symbol: Mapped[str | None] = mapped_column(String(60))
    signed_on: Mapped[date | None] = mapped_column(Date)
    signer: Mapped[str | None] = mapped_column(String(200))
    issued_at: Mapped[datetime | None] = mapped_column(Instant)
    issued_by: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    content_hash: Mapped[str | None] = mapped_column(String(64))
    # Since when the delegates have it on their phones, and the bytes of its .pdf.
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_by: Mapped[str | None] = mapped_column(String(200))
    released_size: Mapped[int | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    reason: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    congress: Mapped[Congress] = relationship(lazy="select")
    replaces: Mapped[Document | None] = relationship(remote_side="Document.id", lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def title(self) -> str:
        """What the log calls it."""
        return self.subject


class DocumentText(Model):
    """A unit's own text of a kind, in place of the one that comes with the application."""

    __tablename__ = "document_text"
    __table_args__ = (UniqueConstraint("unit_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class DocumentFile(Model):
    """A file made by a job for its owner; thrown away after a week, as the job itself."""

    __tablename__ = "document_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    owner_id: Mapped[int | None]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
