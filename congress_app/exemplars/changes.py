"""What a sheet of exemplars would do, as values: the stored side, the changes, the whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress_app.exemplars.awards import AwardEntry, AwardFacts
from congress_app.exemplars.facts import ExemplarFacts
from congress_app.exemplars.lifecycle import Stage
from congress_app.formats.faults import Fault


@dataclass(frozen=True)
class StoredAward:
    """An award as it stands on the record."""

    id: int
    facts: AwardFacts


@dataclass(frozen=True)
class StoredExemplar:
    """An exemplar as it stands in the register."""

    id: int
    facts: ExemplarFacts
    stage: Stage
    awards: Sequence[StoredAward] = ()
    leads: str | None = None


@dataclass(frozen=True)
class AwardAct:
    """An award the sheet adds, or the stored one (`award_id`) whose gaps it fills."""

    entry: AwardEntry
    kind: str | None
    award_id: int | None = None


@dataclass(frozen=True)
class Change:
    """What one row does. `leads_row` names the row of a led collective that is new itself."""

    row: int
    exemplar_id: int | None
    facts: ExemplarFacts
    stage: Stage | None
    awards: tuple[AwardAct, ...]
    fields: Mapping[str, tuple[object, object]]
    leads_row: int | None = None

    @property
    def is_new(self) -> bool:
        """True when the row enters somebody."""
        return self.exemplar_id is None

    @property
    def told(self) -> dict[str, object]:
        """The fields as the log tells them: facts of a new one, [before, after] else."""
        shown: dict[str, object] = {
            name: after if self.is_new else [before, after]
            for name, (before, after) in self.fields.items()
        }
        if self.awards:
            shown["awards"] = [_award_words(act) for act in self.awards]
        return shown


@dataclass(frozen=True)
class Proposal:
    """Everything a file would do; with faults it does nothing."""

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def created(self) -> int:
        """How many are new."""
        return sum(change.is_new for change in self.changes)

    @property
    def updated(self) -> int:
        """How many of the register change."""
        return len(self.changes) - self.created

    @property
    def digest(self) -> str:
        """The same for the same changes: what was previewed is what is confirmed."""
        told = [[c.row, c.exemplar_id, c.facts.name, c.told] for c in self.changes]
        return hashlib.sha256(
            json.dumps(told, default=str, ensure_ascii=False).encode()
        ).hexdigest()


def _award_words(act: AwardAct) -> str:
    decided = str(act.entry.decided) if act.entry.decided else None
    told = ", ".join(part for part in (act.entry.number, decided, act.entry.signatory) if part)
    return f"{act.entry.name} ({told})" if told else act.entry.name
