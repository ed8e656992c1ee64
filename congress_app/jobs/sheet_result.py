"""What reading a sheet did, or would do: one shape for every list that comes by sheet.

Also as JSON, since a job reads the sheet and a page shows the result later. Sentences stay
sentences, so that each reader gets his or her own language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress_app.formats.faults import Fault
from congress_app.jobs.outcome import sentence_as_data, sentence_from_data
from congress_app.kernel.plain import plain
from congress_app.kernel.sentences import N_, Sentence

# A sheet in the wrong columns has a fault in every cell; nobody mends more than these.
KEPT_FAULTS = 2_000

READING = N_("Đọc tệp")
CHECKING = N_("Kiểm tra từng dòng")
COMPARING = N_("So với danh sách đã có")
WRITING = N_("Ghi vào danh sách")

Tell = Callable[[int, int, str], None]


@dataclass(frozen=True)
class SheetChange:
    """What one row does: whom it is about, and the fields as the log tells them.

    `told` holds facts of something new, [before, after] else; `mark` is a code beside the
    name, or "".
    """

    row: int
    is_new: bool
    name: str
    told: Mapping[str, object]
    mark: str = ""


@dataclass(frozen=True)
class SheetResult:
    """What a file did, or with `dry_run` would do; with faults nothing is written.

    `digest` names all changes, so that a preview can be held against what the same file
    would do later. `left_out` counts the faults cut from the list.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()
    changes: tuple[SheetChange, ...] = ()
    notes: tuple[Sentence, ...] = ()
    digest: str = ""
    left_out: int = 0


Settle = Callable[[SheetResult], None]


def quiet(_done: int, _total: int, _step: str) -> None:
    """Nobody watches the import."""


def nothing_more(_result: SheetResult) -> None:
    """Nothing else is stored with the import."""


def as_data(result: SheetResult) -> dict[str, Any]:
    """The result as plain JSON values; faults beyond `KEPT_FAULTS` are only counted."""
    return {
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "faults": faults_as_data(result.faults),
        "changes": [
            {
                "row": change.row,
                "is_new": change.is_new,
                "name": change.name,
                "told": plain(change.told),
                "mark": change.mark,
            }
            for change in result.changes
        ],
        "notes": [sentence_as_data(note) for note in result.notes],
        "digest": result.digest,
        "left_out": result.left_out + max(0, len(result.faults) - KEPT_FAULTS),
    }


def from_data(data: Mapping[str, Any]) -> SheetResult:
    """Read what `as_data` wrote."""
    return SheetResult(
        data["created"],
        data["updated"],
        data["unchanged"],
        faults_from_data(data["faults"]),
        tuple(SheetChange(**change) for change in data["changes"]),
        tuple(sentence_from_data(note) for note in data["notes"]),
        data["digest"],
        data["left_out"],
    )


def faults_as_data(faults: Iterable[Fault]) -> list[list[Any]]:
    """The first `KEPT_FAULTS` as JSON, one list each."""
    return [
        [one.row, one.column, one.value[:200], one.code, sentence_as_data(one.sentence)]
        for one in tuple(faults)[:KEPT_FAULTS]
    ]


def faults_from_data(data: Sequence[Sequence[Any]]) -> tuple[Fault, ...]:
    """Read what `faults_as_data` wrote."""
    return tuple(
        Fault(row, column, value, code, sentence_from_data(sentence))
        for row, column, value, code, sentence in data
    )
