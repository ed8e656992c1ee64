"""Units and emulation clusters."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import NEVER_AGAIN, Model


class Cluster(Model):
    """An emulation cluster (cụm thi đua): a second grouping of units."""

    __tablename__ = "cluster"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class Unit(Model):
    """One unit of the tree.

    `path` is "/1/5/23/": the ids from the root down to the unit itself, so that a
    subtree is one prefix. `precedence` orders brothers and sisters by protocol.
    """

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("headcount >= 0", name="headcount"),
        # "Is below" is a prefix, which PostgreSQL looks up only so.
        Index("ix_unit_below", "path", postgresql_ops={"path": "varchar_pattern_ops"}),
        Index(
            "ix_unit_merged_into",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        # PostgreSQL may have ix_unit_words_trgm besides, for words inside names (0025).
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    search_key: Mapped[str] = mapped_column(String(250), index=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(255))
    precedence: Mapped[int] = mapped_column(default=0)
    headcount: Mapped[int | None]
    headcount_source: Mapped[str | None] = mapped_column(String(250))
    headcount_date: Mapped[date | None] = mapped_column(Date)
    is_pilot: Mapped[bool] = mapped_column(default=False)
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    # Raised on every save; a form opened before is told so instead of overwriting.
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped[Unit | None] = relationship(
        remote_side="Unit.id", foreign_keys=[parent_id], lazy="select"
    )
    cluster: Mapped[Cluster | None] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def is_active(self) -> bool:
        """False once the unit was merged into another one."""
        return self.merged_into_id is None


class UnitSum(Model):
    """What a unit with units below it holds in all, itself counted in; merged ones left out.

    Kept by `sum_services`, because a tree of a hundred thousand units is not added up for
    every page. `unknown` are ends of branches without a number (`tree.Headcount`).
    """

    __tablename__ = "unit_sum"

    unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    units: Mapped[int]
    people: Mapped[int]
    unknown: Mapped[int]
