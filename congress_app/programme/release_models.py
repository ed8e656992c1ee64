"""Releases of a programme and whom they touch; the acts of its editors, to be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.delegates.models import Delegate


class ProgrammeRelease(Model):
    """The programme as it was told to delegates; never changed once it is out.

    `body` is `release_values.Body` as JSON, `changes` the differences to the release before.
    """

    __tablename__ = "programme_release"
    __table_args__ = (UniqueConstraint("congress_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    number: Mapped[int]
    released_at: Mapped[datetime] = mapped_column(Instant)
    released_by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(500))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    notices: Mapped[list[ProgrammeNotice]] = relationship(
        back_populates="release", order_by="ProgrammeNotice.id", lazy="select"
    )


class ProgrammeNotice(Model):
    """What one person is told about a release; `told_at` when somebody has told it."""

    __tablename__ = "programme_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("programme_release.id"), index=True)
    # None for somebody who is named in the programme and is no delegate.
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"), index=True)
    name: Mapped[str] = mapped_column(String(250))
    text: Mapped[str] = mapped_column(Text)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    told_by: Mapped[str | None] = mapped_column(String(200))

    release: Mapped[ProgrammeRelease] = relationship(back_populates="notices", lazy="select")
    delegate: Mapped[Delegate | None] = relationship(lazy="select")


class ProgrammeAct(Model):
    """One act of an editor with the rows it changed, as they were before and after."""

    __tablename__ = "programme_act"
    __table_args__ = (Index("ix_programme_act_last", "congress_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(400))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by: Mapped[str | None] = mapped_column(String(200))
