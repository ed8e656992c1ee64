"""Requests of persons about their data; dossiers of congresses and their files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import Instant, Model
from congress_app.delegates.models import Person
from congress_app.exemplars.models import Exemplar
from congress_app.units.models import Unit


class DataRequest(Model):
    """What a person asked for about his own data, by when, and what came of it.

    He is a delegate's person, or an exemplar who is none, or known by `person_name` alone; of
    the last two `unit_id` is the unit whose administrators answer.
    """

    __tablename__ = "data_request"
    __table_args__ = (Index("ix_data_request_state", "state", "finish_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    exemplar_id: Mapped[int | None] = mapped_column(
        ForeignKey("exemplar.id", ondelete="SET NULL"), index=True
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    # As it was when the request came: proof that it was met outlives the name.
    person_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))  # rights.Kind
    received_on: Mapped[date] = mapped_column(Date)
    paper: Mapped[str | None] = mapped_column(String(200))
    reply_by: Mapped[date] = mapped_column(Date)
    finish_by: Mapped[date] = mapped_column(Date)
    replied_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(20), default="open")  # open, done, refused
    ground: Mapped[str | None] = mapped_column(String(40))  # rights.GROUNDS, of a refusal
    outcome: Mapped[str | None] = mapped_column(String(1000))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person | None] = relationship(lazy="joined")
    exemplar: Mapped[Exemplar | None] = relationship(lazy="select")
    unit: Mapped[Unit | None] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_by_name(self) -> bool:
        """Whether nothing but the name is known: all is done by hand and answered in words."""
        return self.person_id is None and self.exemplar_id is None

    @property
    def unit_path(self) -> str | None:
        """Where in the tree the request belongs; None of a guest without a unit."""
        praised = self.exemplar.unit if self.exemplar else self.unit
        unit = self.person.unit if self.person else praised
        return unit.path if unit else None


class Dossier(Model):
    """One archive of a closed congress; `manifest` names every file in it with its hash."""

    __tablename__ = "dossier"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    manifest: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(200))
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    checked_by: Mapped[str | None] = mapped_column(String(200))
    purged_at: Mapped[datetime | None] = mapped_column(Instant)
    purged_by: Mapped[str | None] = mapped_column(String(200))
    # How many rows of which table the purge removed or emptied.
    figures: Mapped[dict[str, int] | None] = mapped_column(JSON)

    congress: Mapped[Congress] = relationship(lazy="select")


class DossierFile(Model):
    """The archive itself, kept until the purge: afterwards only whoever took it has it."""

    __tablename__ = "dossier_file"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
