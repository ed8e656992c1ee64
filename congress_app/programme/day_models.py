"""What the secretary did on the day, act by act."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from congress_app.database import Instant, Model


class DayAct(Model):
    """One act on the run sheet; never changed, only taken back by a later one.

    `planned_at` and `planned_minutes` are what the programme said when the item began, so
    that the plan is still known after the programme has followed the day. An item removed
    from the programme leaves its title.
    """

    __tablename__ = "day_act"
    __table_args__ = (Index("ix_day_act_congress", "congress_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_item.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str] = mapped_column(String(820))
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("day_act.id"))
    planned_at: Mapped[datetime | None] = mapped_column(Instant)
    planned_minutes: Mapped[int | None]
