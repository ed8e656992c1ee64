"""The last step in the life of a congress: what a page shows, and who decides looked at."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.congresses.lifecycle import STATE_LABELS
from congress_app.congresses.models import CongressStep
from congress_app.database import db
from congress_app.kernel.errors import Stale
from congress_app.kernel.sentences import N_, Sentence


def last_id(congress_id: int) -> int:
    """The number of the last step; 0 when none was taken."""
    step = _last(congress_id)
    return step.id if step else 0


def must_be_last(congress_id: int, seen: int) -> None:
    """Is the step that was looked at still the last one? Raises Stale, telling the last."""
    step = _last(congress_id)
    if step is None or step.id == seen:
        return
    told = N_(
        "Hội nghị đã được chuyển bước từ lúc bạn mở trang: {by} đã chuyển sang “{state}”. "
        "Hãy xem lại; nếu vẫn cần chuyển thì bấm lần nữa."
    )
    raise Stale(sentence=Sentence(told, by=step.by, state=Sentence(STATE_LABELS[step.to_state])))


def _last(congress_id: int) -> CongressStep | None:
    mine = select(CongressStep).where(CongressStep.congress_id == congress_id)
    return db.session.scalar(mine.order_by(CongressStep.id.desc()).limit(1))
