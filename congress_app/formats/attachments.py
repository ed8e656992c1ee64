"""Which files may be attached: known by their bytes, not by their name.

They are kept and handed out as they are and never opened by the server beyond the list of
what a package holds: PDF, pictures, and Word and PowerPoint without macros.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from congress_app.kernel.errors import RuleViolation, TooLarge
from congress_app.kernel.sentences import N_, Sentence

LARGEST_MB = 20
_SIGNATURES = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_MAIN_PARTS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml"}
# A small package that unfolds into this much is an attack on whoever opens it.
_MOST_UNFOLDED = 500 * 1024 * 1024
_MOST_PARTS = 5000
# Programs inside a document: macros, ActiveX.
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "activex")


def kind_of(data: bytes, kinds: Sequence[str]) -> str:
    """One of `kinds`, of `pdf`, `docx`, `pptx`, `jpg`, `png`.

    Raises TooLarge `file_too_large`; RuleViolation `file_kind` for anything else,
    `file_active` for a document with macros or ActiveX.
    """
    if len(data) > LARGEST_MB * 1024 * 1024:
        raise TooLarge(
            "file_too_large",
            Sentence(
                N_("Tệp lớn hơn {limit} MB. Hãy giảm dung lượng ảnh rồi tải lên lại."),
                limit=LARGEST_MB,
            ),
        )
    found = _signed(data) or _package(data)
    if found not in kinds:
        raise RuleViolation(
            "file_kind",
            Sentence(
                N_("Tệp không phải là {kinds}. Hãy lưu tài liệu ở dạng đó rồi tải lên lại."),
                kinds=", ".join(kind.upper() for kind in kinds),
            ),
        )
    return found


def _signed(data: bytes) -> str:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    return next((kind for kind, mark in _SIGNATURES.items() if data.startswith(mark)), "")


def _package(data: bytes) -> str:
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNFOLDED:
        return ""
    names = {part.filename.casefold() for part in parts}
    if any(word in name for name in names for word in _ACTIVE):
        raise RuleViolation(
            "file_active",
            Sentence(N_("Tệp có chứa macro. Hãy lưu bản không có macro rồi tải lên lại.")),
        )
    if "[content_types].xml" not in names:
        return ""
    return next((kind for kind, part in _MAIN_PARTS.items() if part in names), "")
