"""Files that name people and are of no more use: what killed backups and live pages left.

A congress or a person may have been deleted through another machine, which reaches only its
own files. Asks the database nothing, so it is done also while that is away.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from congress_app.checkin import shelf
from congress_app.kernel import plain_copies


def clear(data_folders: Iterable[Path], instance: Path) -> None:
    """Remove them from this machine; what is in use stays."""
    plain_copies.clear_left(data_folders)
    shelf.clear(instance / shelf.FOLDER, shelf.USELESS_SECONDS)
