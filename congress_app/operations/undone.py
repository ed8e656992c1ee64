"""What a restore undoes and somebody must do again: for a person's rights, against an intruder.

An act is written in one line, without anybody's name: in the entry of the log that came back,
and meanwhile in a file, because a restore that breaks off half way has no such entry.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ACTIONS = (
    "dossier.purge",
    "person.request",
    "person.restrict",
    "person.release",
    "person.erase",
    "person.withdraw",
    "person.done",
    "exemplar.consent_withdraw",
    "user.deactivate",
    "user.idle_lock",
    "user.revoke",
    "user.change_password",
    "user.reset_password",
    "user.factor_reset",
    "device.revoke",
    "device.roll",
    "badge.revoke",
    "badge.reissue",
    "delegate.link_revoke",
    "hall.revoke",
    "document.withdraw",
)
# Taken for the end of it only where the change says so.
PUBLISH, RESTORE = "exemplar.publish", "backup.restore"
FILE = "restore-undone"
MARK = 16
_LINE = re.compile(
    r"(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) )?([a-z_]+\.[a-z_]+) ([a-z_]+) (\d+|None)"
    r"(?: (person|exemplar) (\d+))?(?: #([0-9a-f]{16}))?"
)


@dataclass(frozen=True)
class Whose:
    """Whom an act was about; the name of somebody known by nothing else, which no line holds."""

    person_id: int | None = None
    exemplar_id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Undone:
    """One such act; `whose` data it was about, where it was about somebody's.

    `mark`: the beginning of its entry's hash, by which it is found again in another log.
    """

    at: datetime
    action: str
    kind: str
    number: int | None
    whose: Whose = Whose()
    mark: str = ""

    @property
    def subject(self) -> str:
        """What it was done to, as the log has it: "user_account 12"."""
        return f"{self.kind} {self.number}"

    def __str__(self) -> str:
        person = f" person {self.whose.person_id}" if self.whose.person_id else ""
        exemplar = f" exemplar {self.whose.exemplar_id}" if self.whose.exemplar_id else ""
        mark = f" #{self.mark}" if self.mark else ""
        about = f"{self.subject}{person or exemplar}{mark}"
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.action} {about}"


def from_line(line: str, at: datetime) -> Undone | None:
    """The act of a line; None of one that tells of none. Older lines have no time of their own."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    moment, action, kind, number, whose, whose_number, mark = found.groups()
    return Undone(
        datetime.fromisoformat(moment).astimezone(UTC) if moment else at,
        action,
        kind,
        None if number == "None" else int(number),
        Whose(
            int(whose_number) if whose == "person" else None,
            int(whose_number) if whose == "exemplar" else None,
        ),
        mark or "",
    )


def together(*lists: Iterable[Undone]) -> tuple[Undone, ...]:
    """Every act once, the first first."""
    found: dict[str, Undone] = {}
    for one in (one for each in lists for one in each):
        found.setdefault(one.mark or str(one), one)
    return tuple(sorted(found.values(), key=lambda one: one.at))


def keep(file: Path, undone: Iterable[Undone]) -> None:
    """Write them beside the data until the log that comes back has them."""
    part = file.with_name(f"{file.name}.part")
    with suppress(OSError):  # they were told before; a disk that is full is no reason to stop
        descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.writelines(f"{one}\n" for one in undone)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)


def kept(file: Path) -> tuple[Undone, ...]:
    """What a restore that broke off has left."""
    with suppress(OSError, ValueError):
        at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        lines = (from_line(line, at) for line in file.read_text("ascii").splitlines())
        return tuple(one for one in lines if one)
    return ()


def forget(file: Path) -> None:
    """The log has them now."""
    with suppress(OSError):
        file.unlink(missing_ok=True)
