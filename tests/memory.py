"""Temporary files of the suite lie in memory where there is enough of it.

The application waits for the disk at each commit, as it must, and thousands of tests commit:
a fourth of the suite's time was waiting. Nothing a test shows hangs on the disk itself; a
process that is killed leaves the same file behind in either place.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest and tempfile make folders of their own below it
ENOUGH_BYTES = 4 * 1024**3


def keep_files_there() -> None:
    """For this process and those it starts, unless somebody has said where he wants them."""
    named = {"TMPDIR", "PYTEST_DEBUG_TEMPROOT"} & os.environ.keys()
    if named or not os.access(MEMORY, os.W_OK):
        return
    # Some tests start programs they have written.
    may_run = not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    if may_run and shutil.disk_usage(MEMORY).free >= ENOUGH_BYTES:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
