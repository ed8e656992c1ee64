"""Rows of the bodies of a congress and of its credentials."""

from __future__ import annotations

from typing import Any

from congress_app.congresses.models import Congress
from congress_app.delegates.committee_models import CommitteeSeat
from congress_app.delegates.models import Delegate
from congress_app.elections import credential_queries, credential_report
from congress_app.elections.credential_models import CredentialRuling, StoredReport
from congress_app.kernel import clock
from tests.builders.ground import numbers, store


def a_seat(congress: Congress, delegate: Delegate | None = None, **columns: Any) -> CommitteeSeat:
    """A member of the credentials committee; without a delegate somebody else by name."""
    number = next(numbers)
    defaults: dict[str, Any] = {
        "body": "credentials",
        "position": number,
        "post": "member",
        "delegate_id": delegate.id if delegate else None,
        "full_name": None if delegate else f"Lê Thị Ban {number}",
        "added_at": clock.now(),
        "added_by": "test",
    }
    return store(CommitteeSeat(congress_id=congress.id, **(defaults | columns)))


def a_ruling(delegate: Delegate, ruling: str = "valid", **columns: Any) -> CredentialRuling:
    """What the committee found about the delegate."""
    defaults: dict[str, Any] = {
        "reason": None if ruling == "valid" else "thiếu biên bản bầu",
        "decided_by": "Lê Thị Ban",
        "recorded_by": "test",
        "at": clock.now(),
    }
    row = CredentialRuling(delegate_id=delegate.id, ruling=ruling, **(defaults | columns))
    return store(row)


def a_credential_report(congress: Congress, **columns: Any) -> StoredReport:
    """The report of this moment under number 1, nobody present."""
    now = clock.now()
    body = credential_report.to_json(credential_queries.report_at(congress, None, now))
    defaults: dict[str, Any] = {
        "number": 1,
        "as_of": now,
        "body": body,
        "sha256": credential_report.digest(body),
        "made_at": now,
        "made_by": "test",
    }
    return store(StoredReport(congress_id=congress.id, **(defaults | columns)))
