"""What a person writes down about one paper: who issues it, to whom, who signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from congress_app.documents.facts import MemberRow


@dataclass(frozen=True)
class Head:
    """The details of a paper beside its text.

    `symbol` is the body's part of the symbol ("BHXH", "BTCHN", for a letter "BHXH-TĐKT");
    `listed` are lines typed by hand, "name | position | role", where no chapter knows them.
    """

    subject: str = ""
    parents: tuple[str, ...] = ()
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    keeper: str = ""
    collective: str = ""
    authority: str = "head"
    head_post: str = ""
    own_post: str = ""
    signer: str = ""
    listed: tuple[str, ...] = ()
    number: int | None = None
    signed_on: date | None = None

    @property
    def rows(self) -> tuple[MemberRow, ...]:
        """The typed lines as members."""
        told = []
        for line in self.listed:
            parts = [part.strip() for part in line.split("|")] + ["", ""]
            if parts[0]:
                told.append(MemberRow(parts[0], parts[1], parts[2]))
        return tuple(told)


def to_json(head: Head) -> dict[str, Any]:
    """The details as plain JSON values."""
    plain = asdict(head)
    plain["signed_on"] = head.signed_on.isoformat() if head.signed_on else None
    return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}


def from_json(body: Mapping[str, Any]) -> Head:
    """Read what `to_json` wrote."""
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in body.items()
    }
    day = given.pop("signed_on", None)
    return Head(**given, signed_on=date.fromisoformat(day) if day else None)
