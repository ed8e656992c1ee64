"""The zip around a workbook: opened only when its sizes and parts are harmless.

Sizes are checked as declared before anything is unpacked; Python's zipfile never gives
more than the declared size, so a lying directory ends as a damaged file.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from congress_app.kernel.errors import TooLarge, Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

MAX_MEMBERS = 2_000
MAX_UNPACKED = 120 * 1024 * 1024
# Real sheets shrink to a tenth, at most to a fiftieth; deflate itself ends near 1:1030.
MAX_RATIO = 200
_RATIO_FREE = 1024 * 1024
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_CHUNK = 128 * 1024

Attributes = dict[str, str]

# Everything zipfile, zlib and expat are known to raise on damaged bytes.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Archive:
    """The parts of an .xlsx file by name; every fault is one sentence for the clerk."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise damaged() from error
        self._check_sizes()
        self.names = frozenset(self._zip.namelist())
        self._check_parts()

    def _check_sizes(self) -> None:
        members = self._zip.infolist()
        unpacked = sum(member.file_size for member in members)
        swollen = any(
            member.file_size > _RATIO_FREE
            and member.file_size > MAX_RATIO * max(member.compress_size, 1)
            for member in members
        )
        if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or swollen:
            raise TooLarge(
                "file_too_large",
                Sentence(
                    N_(
                        "Tệp nén chứa {size} MB dữ liệu, vượt mức cho phép hoặc bị nén bất thường. "
                        "Hãy chép riêng bảng danh sách sang một tệp .xlsx mới rồi tải lại."
                    ),
                    size=number(max(unpacked // (1024 * 1024), 1)),
                ),
            )
        if any(member.flag_bits & 1 for member in members):
            raise encrypted()
        if any(member.compress_type not in _METHODS for member in members):
            raise damaged()

    def _check_parts(self) -> None:
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise _refused(
                N_("Tệp có chứa macro nên không được nhận. Hãy lưu lại dưới dạng .xlsx.")
            )
        if any(name.startswith("xl/externalLinks/") for name in self.names):
            raise _refused(
                N_(
                    "Tệp có liên kết tới tệp khác nên không được nhận. "
                    "Hãy chép bảng, dán dạng giá trị sang tệp mới rồi tải lại."
                )
            )
        if "mimetype" in self.names or "xl/workbook.bin" in self.names:
            raise _refused(
                N_("Chỉ nhận bảng tính .xlsx hoặc .csv. Hãy mở tệp và lưu lại dưới dạng .xlsx.")
            )

    def parse(
        self,
        name: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Run an XML part through the handlers, in pieces; names come with their prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text
        self.feed(name, parser)

    def feed(self, name: str, parser: expat.XMLParserType) -> None:
        """Give the part to a parser made by the caller; damage becomes one sentence."""
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    parser.Parse(chunk)
            parser.Parse(b"", True)
        except _DAMAGE as error:
            raise damaged() from error

    def relations(self, of: str) -> list[tuple[str, str, str]]:
        """The relations of a part: (id, kind, target path inside the archive)."""
        folder, base = posixpath.split(of)
        found: list[tuple[str, str, str]] = []

        def start(name: str, attributes: Attributes) -> None:
            if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append((attributes.get("Id", ""), kind, path))

        part = posixpath.join(folder, "_rels", base + ".rels")
        if part in self.names:
            self.parse(part, start)
        return found


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def damaged() -> Unreadable:
    """The file is no readable workbook."""
    return _refused(
        N_(
            "Không đọc được tệp: tệp bị hỏng, tải lên chưa đủ hoặc không phải bảng tính Excel. "
            "Hãy mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi tải lại."
        )
    )


def encrypted() -> Unreadable:
    """The file asks for a password."""
    return _refused(
        N_("Tệp có đặt mật khẩu. Hãy bỏ mật khẩu (Lưu thành, Mật khẩu để trống) rồi tải lại.")
    )


def _refused(template: str) -> Unreadable:
    return Unreadable("unreadable_file", Sentence(template))


def _refuse_doctype(*_: object) -> None:
    raise _refused(
        N_(
            "Tệp chứa khai báo thực thể XML (DOCTYPE) mà Excel không bao giờ tạo ra, "
            "nên không được nhận. Hãy chép bảng sang một tệp .xlsx mới rồi tải lại."
        )
    )
