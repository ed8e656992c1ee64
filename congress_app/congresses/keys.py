"""Keys made from names: plain letters, unique, short enough for an address."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from congress_app.kernel.vietnamese import fold

KEY_LENGTH = 40
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def key_of(name: str, taken: Collection[str], *, separator: str = "-") -> str:
    """The name as a key that is not taken: "Khối cơ quan" gives "khoi-co-quan".

    A name without letters or digits gives "muc"; a taken key gets the next free number.
    """
    plain = _NOT_PLAIN.sub(separator, fold(name)).strip(separator)
    stem = plain[: KEY_LENGTH - 6].strip(separator) or "muc"
    if stem not in taken:
        return stem
    numbered = (f"{stem}{separator}{number}" for number in count(2))
    return next(key for key in numbered if key not in taken)
