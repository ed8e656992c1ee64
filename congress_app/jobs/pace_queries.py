"""How fast one user may have work begun: each job costs the machine more than a page.

Counted by the jobs themselves, so for all processes and hosts together.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from congress_app.database import db
from congress_app.jobs.models import Job
from congress_app.kernel import clock
from congress_app.kernel.errors import TooMany
from congress_app.kernel.sentences import N_, Sentence

MOST = 30
WITHIN = timedelta(minutes=1)


def check(owner: int | None) -> None:
    """Raise TooMany when the user has begun as many jobs as one may within a minute.

    Who is no user (a command) is not counted.
    """
    if owner is None:
        return
    now = clock.now()
    wanted = select(func.count(Job.id), func.min(Job.created_at)).where(
        Job.owner_id == owner, Job.created_at > now - WITHIN
    )
    begun, first = db.session.execute(wanted).one()
    if begun >= MOST:
        wait = max(1, int((first + WITHIN - now).total_seconds()))
        raise TooMany(
            "too_many_jobs",
            Sentence(
                N_("Bạn đã giao {count} việc trong một phút. Hãy đợi {seconds} giây rồi thử lại."),
                count=begun,
                seconds=wait,
            ),
            retry_after=wait,
        )
