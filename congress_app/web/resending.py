"""What was typed, kept in the page that could not store it, to be sent once more by a button.

Going back shows an empty form in many browsers, because no page may be kept by them.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import HTTPException

from congress_app.web.responses import safe_next

# Passwords and PINs are typed again rather than written into a page.
_SECRET = frozenset({"password", "current", "new", "again", "pin"})
# Whose forms hold little else: passwords, codes of the second factor.
_OF_SECRETS = "accounts"
_LONGEST = 256 * 1024


@dataclass(frozen=True)
class Resending:
    """Where the form goes, and every field of it with its value, in order.

    `files` are the names of files that were sent with it and cannot be kept.
    """

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


def resending(*, without_files: bool = False) -> Resending | None:
    """The form of this request; None when there is none, or it holds a secret or a file.

    With `without_files` a form with files is given without them.
    """
    if request.method != "POST" or request.blueprint == _OF_SECRETS:
        return None
    try:
        fields = tuple(request.form.items(multi=True))
        sent = request.files.items(multi=True)
        files = tuple(file.filename for _name, file in sent if file.filename)
    except (OSError, HTTPException):  # the form itself could not be read
        return None
    too_long = sum(len(name) + len(value) for name, value in fields) > _LONGEST
    if not fields or too_long or any(name in _SECRET for name, _value in fields):
        return None
    if files and not without_files:
        return None
    return Resending(safe_next(request.full_path.rstrip("?"), "/"), fields, files)
