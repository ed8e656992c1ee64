"""Which person of the delegates an exemplar is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.delegates.models import Person
from congress_app.exemplars.models import Exemplar


class ExemplarPerson(Model):
    """An individual exemplar is this person, at every congress; somebody said so."""

    __tablename__ = "exemplar_person"

    exemplar_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(Instant)
    linked_by: Mapped[str] = mapped_column(String(200))

    exemplar: Mapped[Exemplar] = relationship(lazy="select")
    person: Mapped[Person] = relationship(lazy="select")
