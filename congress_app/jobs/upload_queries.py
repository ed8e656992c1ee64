"""Kept uploads, for their owner only."""

from __future__ import annotations

from datetime import datetime

from congress_app.database import db
from congress_app.jobs.models import KeptUpload
from congress_app.jobs.uploads import KEPT_FOR, KEY, Upload
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.sentences import N_, Sentence


def fetch(key: str, owner: int | None) -> Upload:
    """The file of the key; NotFound when it is another's, gone or no key at all."""
    kept = db.session.get(KeptUpload, key) if KEY.fullmatch(key) else None
    if kept is None or kept.owner_id != owner or kept.created_at < clock.now() - KEPT_FOR:
        raise NotFound(
            "upload_gone",
            Sentence(N_("Tệp đã tải lên không còn trên máy chủ. Hãy chọn tệp và tải lên lại.")),
        )
    return Upload(kept.data, kept.filename)


def kept_since(key: str, owner: int, since: datetime) -> Upload | None:
    """What `replace` keeps for the owner, unless it is older; None when there is nothing."""
    kept = db.session.get(KeptUpload, key)
    if kept is None or kept.owner_id != owner or kept.created_at < since:
        return None
    return Upload(kept.data, kept.filename)
