"""A released programme."""

from __future__ import annotations

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel.permissions import system_actor
from congress_app.programme import release_queries, release_services
from congress_app.programme.release_models import ProgrammeNotice, ProgrammeRelease
from tests.builders.ground import store


def a_release(congress: Congress, note: str | None = None) -> ProgrammeRelease:
    """The draft of the congress as it stands, released by the service itself."""
    seen = release_queries.draft_of(congress.id).fingerprint
    made = release_services.release(congress, seen=seen, actor=system_actor(), note=note)
    db.session.refresh(made)
    return made


def a_notice(release: ProgrammeRelease, name: str = "Nguyễn Văn A") -> ProgrammeNotice:
    """Somebody is to be told about the release."""
    return store(ProgrammeNotice(release_id=release.id, name=name, text="Giờ đã đổi."))
