"""Emulation clusters: the second grouping of units, across the tree."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from congress_app.audit.services import Happening, record, record_many
from congress_app.database import transaction
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold, number
from congress_app.units.models import Cluster, Unit
from congress_app.units.rules import must_edit, must_edit_everything


def create(name: str, *, actor: Actor) -> Cluster:
    """A new cluster without units. Raises Conflict `duplicate_name`."""
    with transaction() as session:
        must_edit_everything(actor)
        _must_be_free(session, name, None)
        cluster = Cluster(name=name)
        session.add(cluster)
        record("cluster.create", cluster, {"name": name}, actor=actor)
    return cluster


def rename(cluster: Cluster, name: str, *, actor: Actor) -> Cluster:
    """Another name for the cluster. Raises Conflict `duplicate_name`."""
    with transaction() as session:
        must_edit_everything(actor)
        _must_be_free(session, name, cluster)
        before, cluster.name = cluster.name, name
        if before != name:
            record("cluster.rename", cluster, {"name": [before, name]}, actor=actor)
    return cluster


def assign(cluster: Cluster, unit_ids: Collection[int], *, actor: Actor) -> int:
    """Make exactly these units the cluster's; gives how many units changed.

    A unit of another cluster comes over; one that is no longer named leaves. The actor
    must be allowed to change each of them, and a whole tree; merged units are left alone.
    """
    with transaction() as session:
        must_edit_everything(actor)
        chosen = select(Unit).where(Unit.id.in_(unit_ids) | (Unit.cluster_id == cluster.id))
        query = chosen.where(Unit.merged_into_id.is_(None)).order_by(Unit.id)
        happenings = []
        for unit in session.scalars(query.with_for_update()).all():
            after = cluster if unit.id in unit_ids else None
            if unit.cluster_id == (after.id if after else None):
                continue
            must_edit(actor, unit.path)
            before = unit.cluster.name if unit.cluster else None
            unit.cluster_id = after.id if after else None
            told = {"cluster": [before, after.name if after else None]}
            happenings.append(Happening(unit, told, unit.path))
        record_many("cluster.assign", happenings, actor=actor)
    return len(happenings)


def delete(cluster: Cluster, *, actor: Actor) -> None:
    """Remove a cluster that has no units. Raises RuleViolation `cluster_in_use`."""
    with transaction() as session:
        must_edit_everything(actor)
        units = session.scalars(select(Unit.id).where(Unit.cluster_id == cluster.id)).all()
        if units:
            raise RuleViolation(
                "cluster_in_use",
                Sentence(
                    N_("“{name}” còn {count} đơn vị. Hãy đưa các đơn vị ra khỏi cụm trước."),
                    name=cluster.name,
                    count=number(len(units)),
                ),
            )
        record("cluster.delete", cluster, {"name": cluster.name}, actor=actor)
        session.delete(cluster)


def _must_be_free(session: Session, name: str, cluster: Cluster | None) -> None:
    for other in session.scalars(select(Cluster)):
        if fold(other.name) == fold(name) and other is not cluster:
            raise Conflict(
                "duplicate_name",
                Sentence(N_("Đã có cụm thi đua tên “{name}”."), name=other.name),
            )
