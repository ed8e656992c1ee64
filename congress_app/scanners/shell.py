"""The files the scanner's page needs without network, and their version. Pure."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

PAGE = "/scanner"
# Served from below the page's address: a worker is under the service worker that covers
# its own address, and only then does it start without network.
DECODER = "/scanner/decoder.js"
PATTERNS = (
    "scanners/*",
    "vendor/zxing-wasm-*/*.js",
    "vendor/zxing-wasm-*/*.wasm",
    "fonts/*.woff2",
    "fonts.css",
    "icons.svg",
    "favicon.svg",
    "icons/icon-*.png",
)
LEFT_OUT = frozenset({"worker.js", "decoder.js", "invitation.css"})


def shell_files(static: Path) -> list[Path]:
    """The files below the static folder, in order."""
    found = {path for pattern in PATTERNS for path in static.glob(pattern) if path.is_file()}
    return sorted(path for path in found if path.name not in LEFT_OUT)


def version(static: Path, page: Path) -> str:
    """Changes whenever one of the files, a worker or the page's template does."""
    files = [*shell_files(static), *sorted((static / "scanners").glob("*.js")), page]
    return _digest(tuple((str(file), file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=2)
def _digest(files: tuple[tuple[str, int], ...]) -> str:
    total = hashlib.sha256()
    for name, _changed in files:
        total.update(Path(name).read_bytes())
    return total.hexdigest()[:12]


def worker(static: Path, page: Path) -> str:
    """The service worker's text: what it keeps, then how."""
    paths = [f"/static/{file.relative_to(static).as_posix()}" for file in shell_files(static)]
    told = {"version": version(static, page), "page": PAGE, "files": [PAGE, DECODER, *paths]}
    code = (static / "scanners" / "worker.js").read_text("utf-8")
    return f"const SHELL = {json.dumps(told)};\n{code}"
