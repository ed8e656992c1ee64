"""Files are known by their bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from congress_app.formats import attachments
from congress_app.kernel.errors import DomainError, RuleViolation
from congress_app.programme.speech_files import kind_of


def package(*names: str, content: bytes = b"<Types/>") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


def a_docx() -> bytes:
    out = BytesIO()
    Document().save(out)
    return out.getvalue()


def test_what_is_taken() -> None:
    slides = package("[Content_Types].xml", "ppt/presentation.xml")
    assert kind_of(b"%PDF-1.7 ...", "text") == "pdf"
    assert kind_of(b"%PDF-1.7 ...", "slides") == "pdf"
    assert kind_of(a_docx(), "text") == "docx"
    assert kind_of(slides, "slides") == "pptx"


@pytest.mark.parametrize(
    ("data", "slot"),
    [
        (b"", "text"),
        (b"<html><script>alert(1)</script>", "text"),
        (b"MZ\x90\x00", "slides"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "text"),
        (b"PK\x03\x04 broken", "text"),
        (package("word/document.xml"), "text"),
        (package("[Content_Types].xml", "ppt/presentation.xml"), "text"),
        (package("[Content_Types].xml", "word/document.xml"), "slides"),
    ],
)
def test_what_is_refused(data: bytes, slot: str) -> None:
    with pytest.raises(RuleViolation) as raised:
        kind_of(data, slot)
    assert raised.value.code == "file_kind"


def test_macros_are_refused() -> None:
    with pytest.raises(RuleViolation) as raised:
        kind_of(package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "text")
    assert raised.value.code == "file_active"


def test_a_package_that_unfolds_into_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_MOST_UNFOLDED", 1000)
    data = package(
        "[Content_Types].xml", "word/document.xml", content=b"<Types>" + b" " * 2000 + b"</Types>"
    )
    with pytest.raises(RuleViolation) as raised:
        kind_of(data, "text")
    assert raised.value.code == "file_kind"


def test_a_big_file_is_refused() -> None:
    with pytest.raises(DomainError) as raised:
        kind_of(b"%PDF-" + bytes(20 * 1024 * 1024), "text")
    assert (raised.value.code, raised.value.status) == ("file_too_large", 413)
