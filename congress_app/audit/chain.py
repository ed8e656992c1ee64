"""The chain of the log: each entry is bound to the one before it. Pure.

    digest  = SHA-256(salt + canonical([subject_name, changes]))
    hash(n) = SHA-256(hash(n-1) + canonical([n, at, actor_kind, actor_id, actor_name,
                      address, action, subject_kind, subject_id, unit_path, digest]))

The content that may name a person (what the subject was called, what changed) enters by
its digest alone. So it can be erased when a congress is purged or a person asks for it:
the digest stays and the chain holds. The salt goes with the content, since a telephone
number could be guessed from an unsalted digest. `hash(0)` is sixty-four zeros.

Sealed values (`sealing.py`) enter by the SHA-256 of their plain text, which holds 32 random
bytes, so they can be sealed anew under another key and nobody guesses them from it.

Where a part of the content is erased, the rest gets a salt of its own, and the entry that
tells of the erasing (later in the chain) carries the digest of that rest: what is left is
held by that entry's hash, the place of the entry in the chain by its old digest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence

START = "0" * 64
# The field of an entry that tells which others were erased ("12-18, 20").
ERASED = "erased_entries"
# The field that tells the digest of what is left of others, by their numbers.
REDUCED = "reduced_entries"
# The field of values under seal, and in it what the chain holds of them.
SEALED = "sealed_facts"
COMMITMENT = "commitment"
# What such a rest says of itself.
PARTLY = "partly_erased"
_ANCHOR = re.compile(r"\s*([0-9]{1,12})\s*[:/ ]\s*([0-9a-fA-F]{64})\s*")


@dataclass(frozen=True)
class Link:
    """What the hash of an entry covers; `at` is aware."""

    number: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    actor_name: str
    address: str | None
    action: str
    subject_kind: str
    subject_id: int | None
    unit_path: str | None
    digest: str


def link_of(row: Any, number: int, digest: str) -> Link:
    """The link of a row of the log, whatever gives its columns as attributes."""
    return Link(
        number,
        row.at,
        row.actor_kind,
        row.actor_id,
        row.actor_name,
        row.address,
        row.action,
        row.subject_kind,
        row.subject_id,
        row.unit_path,
        digest,
    )


@dataclass(frozen=True)
class Anchor:
    """A number and its hash, as somebody wrote them on paper."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True)
class Rest:
    """What an entry goes on saying when a part of it is erased."""

    entry_id: int
    subject_name: str
    changes: Mapping[str, Any]


def tells_of_erasing(changes: Mapping[str, object]) -> bool:
    """Whether an entry tells which others were erased: such a one is never erased itself."""
    return ERASED in changes or REDUCED in changes


def canonical(value: object) -> bytes:
    """One way only to write a JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_digest(salt: str, subject_name: str, changes: Mapping[str, object]) -> str:
    """The digest of what may be erased one day; of sealed values without the text, which is
    sealed anew when the server's key is changed."""
    held = changes.get(SEALED)
    if isinstance(held, Mapping):
        changes = {**changes, SEALED: {COMMITMENT: held.get(COMMITMENT)}}
    return hashlib.sha256(salt.encode() + canonical([subject_name, changes])).hexdigest()


def hash_of(previous: str, link: Link) -> str:
    """The hash of an entry after the one whose hash is `previous`."""
    facts = [
        link.number,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        link.actor_kind,
        link.actor_id,
        link.actor_name,
        link.address,
        link.action,
        link.subject_kind,
        link.subject_id,
        link.unit_path,
        link.digest,
    ]
    return hashlib.sha256(previous.encode() + canonical(facts)).hexdigest()


def anchor_from(text: str) -> Anchor:
    """Read "1204:9f86d0…"; raises Unreadable for anything else."""
    found = _ANCHOR.fullmatch(text)
    if found is None:
        raise Unreadable(
            "unreadable_anchor",
            Sentence(
                N_(
                    "Mốc “{text}” không đúng dạng SỐ:MÃ, trong đó MÃ gồm 64 chữ số thập lục phân. "
                    "Hãy chép lại đúng dòng mà lệnh audit head đã in."
                ),
                text=text[:100],
            ),
        )
    return Anchor(int(found.group(1)), found.group(2).lower())


def ranges(numbers: Iterable[int]) -> str:
    """Numbers as short text: {12, 13, 14, 20} is "12-14, 20"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def numbers_in(text: str) -> Iterator[int]:
    """Read what `ranges` wrote; what is no number is passed over."""
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if first.isdigit() and (last or first).isdigit():
            yield from range(int(first), int(last or first) + 1)
