"""The server's clock, moved while it runs; needs a C compiler (`cc`)."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from tools.faults_ground import Scene
from tools.faults_work import Caller, Entrance

SOURCE = Path(__file__).with_suffix(".c")


@dataclass(frozen=True)
class MovableClock:
    """The wall clock of a server that was started with its settings."""

    folder: Path

    def prepare(self) -> dict[str, str]:
        """Build what moves it; gives the environment of the server."""
        compiler = shutil.which("cc")
        if compiler is None:
            raise RuntimeError("a C compiler is missing: apt install gcc")
        library = self.folder / "clock.so"
        words: list[str | Path] = [
            compiler,
            "-shared",
            "-fPIC",
            "-O2",
            "-Wall",
            "-o",
            library,
            SOURCE,
            "-ldl",
        ]
        subprocess.run(words, check=True)
        self.move(0)
        return {"LD_PRELOAD": str(library), "CLOCK_MOVED_BY": str(self.folder / "moved")}

    def move(self, seconds: int) -> None:
        """So many seconds ahead of the machine's own from now on, behind when negative."""
        with (self.folder / "moved").open("r+b" if self._is_there else "wb") as file:
            file.write(seconds.to_bytes(8, "little", signed=True))

    @property
    def _is_there(self) -> bool:
        return (self.folder / "moved").exists()


def warning(stage: Scene) -> str:
    """What the administrator's page says of the clock."""
    caller = Caller(Entrance(stage.service.port), "administrator", [])
    caller.signed_in(stage.user)
    _status, page = caller.ask("GET", "/operations")
    caller.close()
    found = re.findall(r">([^<>]*đồng hồ[^<>]* đã bị[^<>]*)<", page, re.IGNORECASE)
    said = "; ".join(" ".join(unescape(one).split()) for one in found)
    return f"administrator: “{said}”" if said else "administrator: nothing"
