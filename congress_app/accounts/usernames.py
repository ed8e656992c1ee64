"""Names to sign in with: lower case, no accents, the same on every keyboard."""

from __future__ import annotations

import re
import unicodedata

from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc

_PATTERN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,79}")


def normalised(text: str) -> str:
    """The form that is stored and compared."""
    return unicodedata.normalize("NFKC", nfc(text)).strip().casefold()


def fault(username: str) -> Sentence | None:
    """Why a (normalised) name cannot be used; None when it can."""
    if _PATTERN.fullmatch(username):
        return None
    return Sentence(
        N_(
            "Tên đăng nhập “{username}” không dùng được. Hãy dùng 3 đến 80 chữ cái không dấu, "
            "chữ số, dấu chấm, gạch nối hoặc gạch dưới, ví dụ nguyen.van.an."
        ),
        username=username,
    )
