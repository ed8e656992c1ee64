"""The files a delegate's page needs without network, and the worker that keeps them. Pure."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

# Only the faces nearly every page shows; a rarer one is kept when it was loaded.
FILES = (
    "agenda/faces.css",
    "agenda/personal.css",
    "agenda/show.js",
    "agenda/clock.js",
    "web/pace.js",
    "favicon.svg",
    "fonts/be-vietnam-pro-latin-700-normal.woff2",
    "fonts/be-vietnam-pro-vietnamese-700-normal.woff2",
)
WORKER = "agenda/worker.js"


def version(static: Path) -> str:
    """Changes whenever one of the files or the worker does."""
    files = [static / name for name in (*FILES, WORKER)]
    return _digest(tuple((str(file), file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=2)
def _digest(files: tuple[tuple[str, int], ...]) -> str:
    total = hashlib.sha256()
    for name, _changed in files:
        total.update(Path(name).read_bytes())
    return total.hexdigest()[:12]


def worker(static: Path, page: str) -> str:
    """The service worker's text for the page at this path: what it keeps, then how."""
    told = {
        "version": version(static),
        "page": page,
        "agenda": f"{page}/agenda.json",
        "files": [f"/static/{name}" for name in FILES],
    }
    code = (static / WORKER).read_text("utf-8")
    return f"const SHELL = {json.dumps(told)};\n{code}"
