"""Which files may be attached: known by their bytes, not by their name.

They are kept and handed out as they are: PDF, pictures, and Word and PowerPoint. The server
looks only for what acts by itself or fetches from elsewhere (`pdf_names`, `package_parts`,
which say what they do not look into) and refuses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from congress_app.formats import package_parts, pdf_names
from congress_app.formats.package_parts import Tie
from congress_app.formats.pdf_names import Active
from congress_app.kernel.errors import RuleViolation, TooLarge
from congress_app.kernel.sentences import N_, Sentence

LARGEST_MB = 20
_SIGNATURES = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_MAIN_PARTS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml"}
# A small package that unfolds into this much is an attack on whoever opens it.
_MOST_UNFOLDED = 500 * 1024 * 1024
_MOST_PARTS = 5000
# Programs inside a document, by the names their parts have as a rule.
_MACROS, _OBJECTS = ("vbaproject.bin", "vbadata.xml"), ("activex", "oleobject")

MACRO = N_("Tệp có chứa macro. Hãy lưu bản không có macro rồi tải lên lại.")
REFUSED: dict[str, tuple[str, str]] = {
    Tie.MACRO: ("file_active", MACRO),
    Tie.OBJECT: (
        "file_active",
        N_(
            "Tệp có đối tượng nhúng (OLE, ActiveX). Hãy dán nội dung đó thành ảnh hoặc chữ, "
            "hoặc lưu thành PDF, rồi tải lên lại."
        ),
    ),
    Tie.OUTSIDE: (
        "file_remote",
        N_(
            "Tệp lấy mẫu, ảnh hoặc dữ liệu từ nơi khác khi được mở. Hãy gỡ liên kết đó (mẫu "
            "đính kèm, ảnh liên kết), hoặc lưu thành PDF, rồi tải lên lại."
        ),
    ),
    Active.SCRIPT: (
        "file_active",
        N_("Tệp PDF có mã lệnh JavaScript. Hãy in lại ra PDF không có mã lệnh rồi tải lên lại."),
    ),
    Active.LAUNCH: (
        "file_active",
        N_("Tệp PDF có lệnh mở chương trình khác. Hãy in lại ra PDF thường rồi tải lên lại."),
    ),
    Active.FILE: (
        "file_active",
        N_("Tệp PDF có tệp khác đính kèm bên trong. Hãy gỡ tệp đính kèm rồi tải lên lại."),
    ),
    Active.LOCKED: (
        "file_locked",
        N_(
            "Tệp PDF bị khóa hoặc được nén theo cách phần mềm không kiểm tra được. Hãy in lại "
            "ra PDF thường, không đặt mật khẩu, rồi tải lên lại."
        ),
    ),
}


def kind_of(data: bytes, kinds: Sequence[str]) -> str:
    """One of `kinds`, of `pdf`, `docx`, `pptx`, `jpg`, `png`.

    Raises TooLarge `file_too_large`; RuleViolation `file_kind` for anything else,
    `file_active` for one with programs, scripts, or other files inside, `file_remote` for a
    document that fetches from elsewhere, `file_locked` for a PDF that cannot be looked into.
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
    if found == "pdf" and (active := pdf_names.active_part(data)):
        raise _refused(active)
    return found


def _refused(why: str) -> RuleViolation:
    code, words = REFUSED[why]
    return RuleViolation(code, Sentence(words))


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
            is_bomb = sum(part.file_size for part in parts) > _MOST_UNFOLDED
            if len(parts) > _MOST_PARTS or is_bomb:
                return ""
            tie = package_parts.tie_of(package)
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    names = {part.filename.casefold() for part in parts}
    if any(word in name for name in names for word in _MACROS):
        tie = Tie.MACRO
    elif any(word in name for name in names for word in _OBJECTS):
        tie = Tie.OBJECT
    if tie in REFUSED:
        raise _refused(tie)
    if tie is Tie.UNREADABLE or package_parts.CONTENTS not in names:
        return ""
    return next((kind for kind, part in _MAIN_PARTS.items() if part in names), "")
