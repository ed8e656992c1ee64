"""Run every benchmark in turn: `python -m benchmarks [NAME …]`.

Each file of this folder is one benchmark and prints its figures as JSON lines; those go
to stdout with the benchmark's name added, everything else to stderr.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main(wanted: list[str]) -> int:
    """Run those named, or all; 0 when every one of them ended well."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        print(
            f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(names)}.",
            file=sys.stderr,
        )
        return 2
    failed = [name for name in wanted or names if not run(name)]
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def run(name: str) -> bool:
    """One benchmark in a process of its own, so that none warms the caches of the next."""
    print(f"— {name}", file=sys.stderr, flush=True)
    words = [sys.executable, "-m", f"benchmarks.{name}"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=FOLDER.parent) as process:
        for line in process.stdout or ():
            pass_on(name, line)
    return process.returncode == 0


def pass_on(name: str, line: str) -> None:
    """Figures to stdout, with the name; other words to stderr."""
    try:
        figures = json.loads(line)
    except ValueError:
        figures = None
    if isinstance(figures, dict):
        print(json.dumps({"benchmark": name} | figures, ensure_ascii=False), flush=True)
    else:
        sys.stderr.write(line)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
