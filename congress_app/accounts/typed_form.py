"""What was typed into a form that came too late to be taken: a value, and as bytes. Pure.

Too late, because its session was over or a duty (a new password, a second factor) fell due.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

# From sending the form to sending it again; signing in takes a minute.
KEPT_FOR = timedelta(hours=1)
# Part of the form's mechanism, not typed by anybody.
_OWN_FIELDS = frozenset({"csrf_token", "version"})
# By this field the form says that it was kept, so that it is kept no longer.
AGAIN = "typed_again"
KEY_START = "typed-"


@dataclass(frozen=True)
class TypedForm:
    """Where the form goes, its fields in order, and the names of files that were left out."""

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What a person recognises of it: every value with a letter in it."""
        return tuple(
            value
            for name, value in self.fields
            if name not in _OWN_FIELDS and any(letter.isalpha() for letter in value)
        )


def key_of(user_id: int) -> str:
    """Under what it is kept: one for each user, and no key of a sheet."""
    return f"{KEY_START}{user_id}"


def as_bytes(form: TypedForm) -> bytes:
    """The form without its protection, which ended with the session."""
    fields = [pair for pair in form.fields if pair[0] not in ("csrf_token", AGAIN)]
    return json.dumps([form.action, fields, form.files]).encode()


def from_bytes(data: bytes) -> TypedForm:
    """Read what `as_bytes` wrote."""
    action, fields, files = json.loads(data)
    return TypedForm(action, tuple((name, value) for name, value in fields), tuple(files))
