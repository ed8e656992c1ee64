"""An uploaded file between two requests: the preview of an import and its confirming."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

KEPT_FOR = timedelta(days=1)
KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    data: bytes
    filename: str
