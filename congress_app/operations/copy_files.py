"""The files of a copy: the copy itself, its sum, where the log ended when it was made.

`X.backup` and `X.backup.sha256` (`formats/checksum.py`) belong together. `X.backup.anchor` is
one line as `audit head` prints it: a log that was cut off or made anew does not meet it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime, timedelta
from io import BufferedRandom
from pathlib import Path
from typing import BinaryIO

from congress_app.audit import chain
from congress_app.audit.chain import Anchor
from congress_app.formats import checksum, sealed
from congress_app.kernel import plain_copies
from congress_app.kernel.errors import Conflict, Unreadable
from congress_app.kernel.sentences import N_, Sentence

NAMED = re.compile(r"congress-\d{8}-\d{6}\.backup")
ANCHOR = ".anchor"


def named(folder: Path, at: datetime) -> Path:
    """The copy of this instant, at the venue, in the folder; of the next that is nobody's yet."""
    file = folder / f"congress-{at:%Y%m%d-%H%M%S}.backup"
    if file.exists() or file.with_name(f"{file.name}.part").exists():
        return named(folder, at + timedelta(seconds=1))
    return file


def anchor_beside(file: Path) -> Path:
    """Where the end of the log at the time of a copy lies."""
    return file.with_name(f"{file.name}{ANCHOR}")


def anchors_in(folder: Path) -> Iterator[tuple[Path, Anchor]]:
    """Every anchor beside a copy in the folder; a file that holds none is passed over."""
    for path in sorted(folder.glob(f"*{ANCHOR}")):
        with suppress(Unreadable, OSError):
            anchor = chain.anchor_from(path.read_text("utf-8", "replace"))
            yield path, anchor


def write(
    file: Path,
    plain: Callable[[], AbstractContextManager[Path]],
    passphrase: bytes | None,
    anchor: Anchor | None,
) -> None:
    """The copy and what belongs to it, whole on the disk before they take older ones' places."""
    places = [file, checksum.beside(file)] + ([anchor_beside(file)] if anchor else [])
    parts = [place.with_name(f"{place.name}.part") for place in places]
    with _held(parts[0]) as out:
        try:
            # Personal data: nobody else on the machine may read the copy.
            for part in parts[1:]:
                os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
            with plain() as copy, copy.open("rb") as source:
                if passphrase is None:
                    shutil.copyfileobj(source, out, 1024 * 1024)
                else:
                    sealed.seal(source, out, passphrase)
            _to_disk(out)
            out.seek(0)
            lines = [checksum.line(out, file.name), f"{anchor}\n".encode()]
            for part, line in zip(parts[1:], lines, strict=False):
                with part.open("wb") as beside:
                    beside.write(line)
                    _to_disk(beside)
            # Broken off here, a copy without its sum can be restored; one beside another's cannot.
            places[1].unlink(missing_ok=True)
            for part, place in zip(parts, places, strict=True):
                part.replace(place)
        finally:
            for part in parts:
                part.unlink(missing_ok=True)


@contextmanager
def _held(part: Path) -> Iterator[BufferedRandom]:
    """The empty file, which nobody else writes or clears until it is closed."""
    while True:
        opened = os.open(part, os.O_CREAT | os.O_RDWR, 0o600)
        with os.fdopen(opened, "w+b") as out:
            if not plain_copies.hold(opened):
                raise Conflict(
                    "backup_under_way",
                    Sentence(
                        N_("Một lần sao lưu khác ra tệp {file} đang chạy: hãy đợi nó xong."),
                        file=part.with_suffix("").name,
                    ),
                )
            # Somebody who clears may have taken it for left in this moment; then another one.
            is_there = False
            with suppress(FileNotFoundError):
                is_there = os.path.samestat(os.fstat(opened), part.stat())
            if is_there:
                out.truncate()
                yield out
                return


def clear_parts(folder: Path) -> None:
    """Remove what a backup that was killed left in the folder; one under way is left alone."""
    for part in folder.glob("congress-*.backup.part"):
        if NAMED.fullmatch(part.stem):
            with suppress(OSError), part.open("rb") as held:
                if plain_copies.hold(held.fileno()):
                    for place in (checksum.beside, anchor_beside):
                        other = place(part.with_suffix(""))
                        other.with_name(f"{other.name}.part").unlink(missing_ok=True)
                    part.unlink(missing_ok=True)


def rotate(folder: Path, keep: int) -> None:
    """Remove all but the newest copies that were named here."""
    ours = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))
    for path in ours[: -max(keep, 1)]:
        # The sum first: were this broken off, the copy alone would still be taken next time.
        checksum.beside(path).unlink(missing_ok=True)
        anchor_beside(path).unlink(missing_ok=True)
        path.unlink(missing_ok=True)


def fits_its_sum(file: Path) -> bool:
    """True when the sum beside it is the copy's; False when there is none; else Unreadable."""
    beside = checksum.beside(file)
    try:
        written = beside.read_bytes()
    except FileNotFoundError:
        return False
    with file.open("rb") as source:
        if checksum.fits(written, source):
            return True
    raise Unreadable(
        "changed_backup",
        Sentence(
            N_(
                "Tệp {file} không khớp mã SHA-256 ghi trong tệp {checksum}: một trong hai tệp đã "
                "bị thay đổi hoặc chép chưa đủ. Dữ liệu hiện có được giữ nguyên. Hãy chép lại cả "
                "hai tệp từ nơi đã sao lưu, hoặc dùng bản sao lưu khác."
            ),
            file=file.name,
            checksum=beside.name,
        ),
    )


def _to_disk(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())
