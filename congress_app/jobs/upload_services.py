"""Keep an upload for its owner, and throw it away; it may hold names, so a day at most.

In the database and not in a folder: the next request may reach another machine.
"""

from __future__ import annotations

import secrets

from sqlalchemy import delete

from congress_app.database import transaction
from congress_app.jobs import retention_services
from congress_app.jobs.models import KeptUpload
from congress_app.jobs.uploads import Upload
from congress_app.kernel import clock


def keep(upload: Upload, owner: int | None) -> str:
    """Store the file for its owner; the key returned finds it again for a day.

    Files older than a day are removed on the way.
    """
    retention_services.forget_old()
    key = secrets.token_hex(16)
    with transaction() as session:
        session.add(_row(key, upload, owner))
    return key


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
