"""The archive of a congress: a zip whose manifest names every file with its SHA-256. Pure.

The same files give the same bytes. `verify` trusts nothing in the file: every part is read
again, none may be missing, none may have been added.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence

FORM = "congress-dossier/1"
MANIFEST = "manifest.json"
READ_ME = "DOC-TRUOC.txt"
_DAY = (1980, 1, 1, 0, 0, 0)
# Unpacked, all parts together; a zip that claims more is refused before it is read.
MOST_BYTES = 2 * 1024 * 1024 * 1024
MOST_OF_MANIFEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Part:
    """One file of the archive by its path in it."""

    path: str
    data: bytes


@dataclass(frozen=True)
class Made:
    """The zip with its own hash and manifest."""

    data: bytes
    sha256: str
    manifest: dict[str, Any]


def sha256(data: bytes) -> str:
    """The hash as the manifest and the pages write it."""
    return hashlib.sha256(data).hexdigest()


def json_bytes(value: object) -> bytes:
    """JSON that a person can read and that is the same each time."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, default=str).encode()


def make(parts: Sequence[Part], about: Mapping[str, Any]) -> Made:
    """Put the parts into a zip; `about` stands in the manifest beside their hashes.

    Raises ValueError when two parts have one path.
    """
    listed = [{"path": p.path, "size": len(p.data), "sha256": sha256(p.data)} for p in parts]
    if len({part.path for part in parts}) != len(parts):
        raise ValueError("two parts of one path")
    manifest = {"form": FORM, **about, "files": listed}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for part in (Part(MANIFEST, json_bytes(manifest)), *parts):
            entry = zipfile.ZipInfo(part.path, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            zipped.writestr(entry, part.data)
    data = out.getvalue()
    return Made(data, sha256(data), manifest)


def verify(data: bytes) -> dict[str, Any]:
    """The manifest of a whole archive.

    Raises Unreadable: `no_dossier` for another file, `broken_dossier` with one detail for
    each part that is missing, changed or was put in.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            names = zipped.namelist()
            too_large = sum(entry.file_size for entry in zipped.infolist()) > MOST_BYTES
            if too_large or len(set(names)) != len(names):
                raise _no_dossier()
            if zipped.getinfo(MANIFEST).file_size > MOST_OF_MANIFEST:
                raise _no_dossier()
            manifest = json.loads(zipped.read(MANIFEST))
            held = {name: _hash_of(zipped, name) for name in names if name != MANIFEST}
        listed = {str(one["path"]): str(one["sha256"]) for one in manifest["files"]}
        known = manifest["form"] == FORM
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, OSError, EOFError) as error:
        raise _no_dossier() from error
    except (NotImplementedError, RuntimeError, zlib.error) as error:  # encrypted, damaged
        raise _no_dossier() from error
    if not known:
        raise _no_dossier()
    faults = _faults(held, listed)
    if faults:
        raise Unreadable(
            "broken_dossier",
            Sentence(N_("Hồ sơ không còn nguyên vẹn. Hãy lấy lại bản đã lưu, không dùng tệp này.")),
            faults,
        )
    return dict(manifest)


def _hash_of(zipped: zipfile.ZipFile, name: str) -> str:
    """The part's hash, read in pieces: a small zip can unfold into more than the memory."""
    digest = hashlib.sha256()
    with zipped.open(name) as part:
        while piece := part.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()


def _faults(held: Mapping[str, str], listed: Mapping[str, str]) -> list[Sentence]:
    return [
        *(Sentence(N_("Thiếu tệp {path}"), path=path) for path in sorted(listed.keys() - held)),
        *(Sentence(N_("Thừa tệp {path}"), path=path) for path in sorted(held.keys() - listed)),
        *(
            Sentence(N_("Tệp {path} đã bị thay đổi"), path=path)
            for path in sorted(held.keys() & listed)
            if held[path] != listed[path]
        ),
    ]


def _no_dossier() -> Unreadable:
    return Unreadable(
        "no_dossier",
        Sentence(N_("Tệp này không phải hồ sơ lưu trữ của chương trình, hoặc đã hỏng.")),
    )
