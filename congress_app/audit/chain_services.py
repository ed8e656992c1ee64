"""Compute the chain anew and keep in the log itself what was found, for who asks later."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from sqlalchemy.exc import SQLAlchemyError

from congress_app.audit import chain_queries
from congress_app.audit.chain import Anchor
from congress_app.audit.chain_queries import Verdict
from congress_app.audit.services import record
from congress_app.kernel.permissions import Actor

log = logging.getLogger(__name__)


def verify(
    anchors: Iterable[Anchor] = (),
    *,
    actor: Actor,
    besides: Mapping[str, object] | None = None,
) -> Verdict:
    """As `chain_queries.verify`; the verdict becomes an entry, also of a broken chain.

    `besides`: what else was looked at and found, for the same entry.
    A log so broken, or a disk so full, that it takes no entry is verified all the same.
    """
    found = chain_queries.verify(anchors)
    facts: dict[str, object] = {"entries": found.entries, "anchors": len(found.anchors_met)}
    if found.fault:
        facts |= {"fault": found.fault, "number": found.number}
    facts |= besides or {}
    try:
        record("audit.verify", "audit", facts, actor=actor)
    except (SQLAlchemyError, OSError):
        log.warning("the log took no entry about its verification", exc_info=True)
    return found
