"""The name of this process among all that serve."""

from __future__ import annotations

import os
import socket


def worker_name() -> str:
    """Host and process number, as the administrator sees them on the machine."""
    return f"{socket.gethostname()}:{os.getpid()}"[:120]
