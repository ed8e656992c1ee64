"""Small disks that become full, read-only or broken; needs root."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PIECE = 1024 * 1024


class CannotMount(RuntimeError):
    """This user may not mount, or the kernel lacks what is asked of it."""


@dataclass(frozen=True)
class Disk:
    """A mounted file system of its own."""

    place: Path

    def fill(self) -> None:
        """Leave no room, not even for a byte."""
        with (self.place / "fill").open("ab", buffering=0) as file:
            for size in (PIECE, 4096, 1):
                with suppress(OSError):
                    while True:
                        file.write(b"\0" * size)

    def make_room(self) -> None:
        """Take away what filled it."""
        (self.place / "fill").unlink()

    def read_only(self) -> None:
        """No longer to be written; possible only while nobody has a file open for writing."""
        until_free("mount", "-o", "remount,ro", self.place)

    def writable(self) -> None:
        """To be written again."""
        run("mount", "-o", "remount,rw", self.place)

    def fail(self) -> None:
        """Let ext4 find an error in itself; it then refuses every write until it is repaired."""
        device = Path(self._device()).name
        Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("1", "ascii")

    def repair(self) -> None:
        """What an administrator does: take it out, check it, put it back."""
        image = self.place.with_suffix(".img")
        until_free("umount", self.place)
        with suppress(subprocess.CalledProcessError):  # 1: errors were found and mended
            run("e2fsck", "-fy", image)
        run("mount", "-o", "loop,errors=remount-ro", image, self.place)

    def _device(self) -> str:
        words = ["findmnt", "-n", "-o", "SOURCE", str(self.place)]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def in_memory(folder: Path, size: str) -> Iterator[Disk]:
    """A tmpfs of that size."""
    with mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "tmpfs") as disk:
        yield disk


@contextmanager
def in_file(folder: Path, megabytes: int) -> Iterator[Disk]:
    """An ext4 in a file, so that it can fail as a real disk does."""
    image = folder / "disk.img"
    with image.open("wb") as file:
        file.truncate(megabytes * PIECE)
    run("mkfs.ext4", "-q", image)
    with mounted(folder, "-o", "loop,errors=remount-ro", image) as disk:
        yield disk


@contextmanager
def mounted(folder: Path, *words: str | Path) -> Iterator[Disk]:
    """What is mounted below the folder with these words of mount(8)."""
    place = folder / "disk"
    place.mkdir()
    try:
        run("mount", *words, place)
    except subprocess.CalledProcessError as error:
        raise CannotMount(str(error.stderr)) from error
    try:
        yield Disk(place)
    finally:
        with suppress(subprocess.CalledProcessError):
            run("umount", "--lazy", place)


def until_free(*words: str | Path) -> None:
    """A command that goes well once nobody uses the disk any more."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with suppress(subprocess.CalledProcessError):
            return run(*words)
        time.sleep(0.05)
    raise CannotMount("the disk is in use")


def run(*words: str | Path) -> None:
    """A command that must go well."""
    subprocess.run([str(word) for word in words], check=True, capture_output=True)
