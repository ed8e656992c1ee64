"""Keep an upload for its owner, and throw it away; it may hold names, so a day at most.

In the database and not in a folder: the next request may reach another machine.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select

from congress_app.database import transaction
from congress_app.jobs import pace_queries, retention_services
from congress_app.jobs.models import KeptUpload
from congress_app.jobs.running_services import Progress, finish
from congress_app.jobs.uploads import KEY_LETTERS, MOST_KEPT, MOST_KEPT_BYTES, Upload
from congress_app.kernel import clock


def keep(upload: Upload, owner: int | None) -> str:
    """Store the file for its owner; the key returned finds it again for a day.

    Files older than a day are removed on the way, and the owner's oldest beyond what one
    user may have lie here. Raises TooMany for who sends one after the other.
    """
    pace_queries.check(owner)
    retention_services.forget_old()
    key = secrets.token_hex(16)
    with transaction() as session:
        session.execute(delete(KeptUpload).where(KeptUpload.key.in_(_in_the_way(upload, owner))))
        session.add(_row(key, upload, owner))
    return key


def _in_the_way(upload: Upload, owner: int | None) -> list[str]:
    """The owner's sheets that go when this one comes, so that the newest stay within bounds."""
    sizes = select(KeptUpload.key, func.length(KeptUpload.data)).where(
        KeptUpload.owner_id == owner, func.length(KeptUpload.key) == KEY_LETTERS
    )
    going, kept, size = [], 1, len(upload.data)
    with transaction() as session:
        newest_first = sizes.order_by(KeptUpload.created_at.desc(), KeptUpload.key)
        for key, length in session.execute(newest_first):
            kept, size = kept + 1, size + length
            if kept > MOST_KEPT or size > MOST_KEPT_BYTES:
                going.append(key)
    return going


def replace(key: str, upload: Upload, owner: int) -> None:
    """Keep one thing of the owner's under a key of its own, which no sheet has."""
    retention_services.forget_old()
    with transaction() as session:
        session.merge(_row(key, upload, owner))


def _row(key: str, upload: Upload, owner: int | None) -> KeptUpload:
    return KeptUpload(
        key=key,
        owner_id=owner,
        filename=upload.filename[:300],
        data=upload.data,
        created_at=clock.now(),
    )


def forget(key: str, owner: int | None) -> None:
    """Throw the file away; nothing happens when it is gone already."""
    with transaction() as session:
        session.execute(
            delete(KeptUpload).where(KeptUpload.key == key, KeptUpload.owner_id == owner)
        )


def finish_without(
    progress: Progress, told: Mapping[str, Any], key: str, owner: int | None
) -> None:
    """End a look at a sheet of no use: another must be sent, so this one is not kept."""
    with transaction():
        finish(progress, told)
        forget(key, owner)
