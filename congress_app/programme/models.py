"""Sessions with their doors, items in order, speeches."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import NEVER_AGAIN, Instant, Model
from congress_app.delegates.models import Delegate
from congress_app.exemplars.models import Exemplar
from congress_app.units.models import Unit


class Session(Model):
    """A session (phiên): preparatory or official, in a hall, with a door that opens and closes."""

    __tablename__ = "session"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(20), default="official")
    title: Mapped[str] = mapped_column(String(250))
    hall: Mapped[str | None] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(Instant)
    doors_open_at: Mapped[datetime] = mapped_column(Instant)
    doors_close_at: Mapped[datetime] = mapped_column(Instant)
    allows_reentry: Mapped[bool] = mapped_column(default=True)
    # Which categories of delegates the session admits; None admits all.
    categories: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=1)

    congress: Mapped[Congress] = relationship(lazy="select")
    items: Mapped[list[Item]] = relationship(
        back_populates="session", order_by="Item.position", lazy="select", cascade="all"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Speech(Model):
    """A speech (tham luận) offered, chosen or delivered."""

    __tablename__ = "speech"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("available_until > available_from", name="available"),
        UniqueConstraint("congress_id", "exemplar_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    title: Mapped[str] = mapped_column(String(400))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"))
    # Whose model it tells: once in a congress.
    exemplar_id: Mapped[int | None] = mapped_column(ForeignKey("exemplar.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="individual")  # or collective
    field: Mapped[str | None] = mapped_column(String(60))
    minutes: Mapped[int] = mapped_column(default=10)
    state: Mapped[str] = mapped_column(String(20), default="submitted")
    summary: Mapped[str | None] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(20))
    # Speeches on one topic are a cluster: the selection avoids hearing it twice.
    topic: Mapped[str | None] = mapped_column(String(120))
    # When the speaker is there, by the clock at the venue on the day of the block.
    available_from: Mapped[time | None]
    available_until: Mapped[time | None]
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="select")
    delegate: Mapped[Delegate | None] = relationship(lazy="select")
    exemplar: Mapped[Exemplar | None] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Item(Model):
    """One item of a session; its time follows from the order unless it is pinned."""

    __tablename__ = "programme_item"
    __table_args__ = (CheckConstraint("minutes >= 0", name="minutes"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(400))
    minutes: Mapped[int]
    pinned_at: Mapped[datetime | None] = mapped_column(Instant)
    presenter: Mapped[str | None] = mapped_column(String(250))
    script: Mapped[str | None] = mapped_column(Text)
    speech_id: Mapped[int | None] = mapped_column(ForeignKey("speech.id"))
    # The election whose result this item announces.
    announces_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_item.id", ondelete="SET NULL")
    )
    # Runs beside the items after it and takes no time of the line: counting ballots.
    parallel: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Whom an award item honours, in the order they are read out: `honours.to_json`.
    honours: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(default=1)

    session: Mapped[Session] = relationship(back_populates="items")
    speech: Mapped[Speech | None] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
