"""Rows of the hall: the screen's link, paper sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from congress_app.checkin.hall_models import HallLink, PaperLine, PaperSheet
from congress_app.congresses.models import Congress
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.programme.models import Session
from tests.builders.ground import numbers, store


def a_hall_link(congress: Congress, **columns: Any) -> HallLink:
    """The link of a hall's screen that stands."""
    defaults = {
        "token": f"hall-{next(numbers):027d}",
        "created_at": clock.now(),
        "created_by": "test",
    }
    return store(HallLink(congress_id=congress.id, **(defaults | columns)))


def a_paper_sheet(session: Session, delegates: Sequence[Delegate], **columns: Any) -> PaperSheet:
    """A printed sheet with these delegates on its rows."""
    defaults = {
        "batch": 1,
        "number": 1,
        "title": "Đoàn thử",
        "gate": "Cửa A",
        "printed_at": clock.now(),
        "printed_by": "test",
    }
    lines = [PaperLine(row=row, delegate_id=one.id) for row, one in enumerate(delegates, start=1)]
    return store(
        PaperSheet(
            congress_id=session.congress_id,
            session_id=session.id,
            lines=lines,
            **(defaults | columns),
        )
    )
