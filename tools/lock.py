"""Pin the requirements again: `requirements*.in` → `requirements*.txt`, with hashes.

The day is kept in `tools/locked.txt`: `make audit` asks for new pins after a quarter.
Good for every platform at once (`--universal`). The pin of uv itself in `tools/uv.txt` is
renewed only by hand: change its version there and run this.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ("pip", "compile", "--quiet", "--universal", "--generate-hashes")
SETS = ("requirements", "requirements-dev")
LOCKED = ROOT / "tools" / "locked.txt"


def main() -> int:
    """Compile both sets; 0 when both are pinned."""
    uv = ROOT / ".venv" / "uv" / "bin" / "uv"
    if not uv.exists():
        print("uv is missing: remove .venv, then run make install-dev.", file=sys.stderr)
        return 1
    for name in SETS:
        words = [str(uv), *COMPILE, f"{name}.in", "-o", f"{name}.txt"]
        done = subprocess.run(words, cwd=ROOT, check=False)
        if done.returncode != 0:
            return done.returncode
    LOCKED.write_text(f"{datetime.now(UTC).date()}\n", "ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
