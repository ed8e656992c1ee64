"""What reading a sheet did, or would do: one shape for every list that comes by sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from congress_app.formats.faults import Fault
from congress_app.kernel.sentences import Sentence

Change = TypeVar("Change")


@dataclass(frozen=True)
class SheetResult(Generic[Change]):
    """What a file did, or with `dry_run` would do; with faults nothing is written.

    `changes` are the chapter's own; `digest` names them all, so that a preview can be held
    against what the same file would do later.
    """

    created: int
    updated: int
    unchanged: int
    faults: tuple[Fault, ...]
    changes: tuple[Change, ...]
    notes: tuple[Sentence, ...]
    digest: str
