"""What an attachment may not hold: programs, what fetches from elsewhere, other files."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject
from reportlab.pdfgen.canvas import Canvas

from congress_app.formats import attachments, package_parts, pdf_names
from congress_app.kernel.errors import RuleViolation

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
REMOTE = "file_remote"
ACTIVE = "file_active"


def told(data: bytes, *kinds: str) -> tuple[str, str]:
    """The kind and nothing, or the code of the refusal and how its sentence begins."""
    try:
        return attachments.kind_of(data, kinds or ("docx", "pptx", "pdf")), ""
    except RuleViolation as refused:
        return refused.code, str(refused.sentence).split(".")[0]


def a_docx(parts: dict[str, str | bytes]) -> bytes:
    """A document as Word writes it, with these parts more."""
    out = BytesIO()
    Document().save(out)
    with ZipFile(out, "a") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def relations(kind: str, target: str, mode: str = "") -> str:
    told_mode = f' TargetMode="{mode}"' if mode else ""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{told_mode}/></Relationships>'
    )


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        (OFFICE + "hyperlink", "https://vss.gov.vn", "External"),
        (OFFICE + "hyperlink", "mailto:ban@vss.gov.vn", "External"),
        (OFFICE + "image", "media/image1.png", ""),
        (OFFICE + "package", "../embeddings/Microsoft_Excel_Sheet1.xlsx", ""),
    ],
)
def test_ordinary_relations_pass(kind: str, target: str, mode: str) -> None:
    data = a_docx({"word/_rels/header1.xml.rels": relations(kind, target, mode)})
    assert told(data) == ("docx", "")


@pytest.mark.parametrize(
    ("kind", "target", "mode", "code"),
    [
        (OFFICE + "attachedTemplate", "https://evil.example/x.dotm", "External", REMOTE),
        (OFFICE + "attachedTemplate", "https://evil.example/x.dotm", "external ", REMOTE),
        (OFFICE + "attachedTemplate", r"\\evil.example\x.dotm", "", REMOTE),
        (OFFICE + "image", "https://evil.example/x.png", "External", REMOTE),
        (OFFICE + "oleObject", "https://evil.example/x", "External", ACTIVE),
        (OFFICE + "oleObject", "embeddings/khac.bin", "", ACTIVE),
        (OFFICE + "control", "khac.xml", "", ACTIVE),
        (MICROSOFT + "activeXControlBinary", "khac.bin", "", ACTIVE),
        (MICROSOFT + "vbaProject", "khac.bin", "", ACTIVE),
        (MICROSOFT + "wordVbaData", "khac.xml", "", ACTIVE),
    ],
)
def test_what_acts_or_fetches_is_refused_by_its_relation(
    kind: str, target: str, mode: str, code: str
) -> None:
    data = a_docx({"word/_rels/settings.xml.rels": relations(kind, target, mode)})
    assert told(data)[0] == code


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.ms-office.vbaProject",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.oleObject",
        "application/vnd.ms-office.activeX+xml",
    ],
)
def test_what_acts_is_refused_by_its_content_type(content_type: str) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        line = f'<Override PartName="/word/khac.bin" ContentType="{content_type}"/>'
        package.writestr("[Content_Types].xml", f"<Types>{line}</Types>")
        package.writestr("word/document.xml", "<w/>")
    assert told(out.getvalue())[0] == ACTIVE


def test_the_sentences_say_what_to_do() -> None:
    rels = "word/_rels/settings.xml.rels"
    remote = a_docx({rels: relations(OFFICE + "attachedTemplate", "https://x/y", "External")})
    macro = a_docx({rels: relations(MICROSOFT + "vbaProject", "khac.bin")})
    object_ = a_docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"})
    assert [told(data) for data in (remote, macro, object_)] == [
        (REMOTE, "Tệp lấy mẫu, ảnh hoặc dữ liệu từ nơi khác khi được mở"),
        (ACTIVE, "Tệp có chứa macro"),
        (ACTIVE, "Tệp có đối tượng nhúng (OLE, ActiveX)"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "no xml",
        '<!DOCTYPE x [<!ENTITY e "https://evil.example">]><x Target="&e;"/>',
        b"\xff\xfe<\x00",
    ],
)
def test_relations_that_cannot_be_read_are_no_document(text: str | bytes) -> None:
    assert told(a_docx({"word/_rels/settings.xml.rels": text}))[0] == "file_kind"


def test_relations_without_end_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_parts, "MOST_BYTES", 100)
    assert told(a_docx({}))[0] == "file_kind"


def a_pdf() -> PdfWriter:
    """A page with words that sound dangerous and are not."""
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 720, "Tham luan: /Launch, /JavaScript va /EmbeddedFile")
    canvas.linkURL("https://vss.gov.vn", (0, 0, 10, 10))
    canvas.save()
    return PdfWriter(clone_from=BytesIO(out.getvalue()))


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_action(**action: str) -> bytes:
    names = {NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in action.items()}
    writer = a_pdf()
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(names)
    return written(writer)


def object_stream(text: bytes, *, kind: bytes = b"/Type/ObjStm", more: bytes = b"") -> bytes:
    packed = zlib.compress(text)
    head = b"<<%b/N 1/First 4%b/Filter/FlateDecode/Length %d>>" % (kind, more, len(packed))
    return b"%PDF-1.7\n5 0 obj" + head + b"stream\r\n" + packed + b"\nendstream endobj\n%%EOF"


def test_an_ordinary_pdf_passes() -> None:
    assert told(b"%PDF-1.7 /JSON /LaunchPad /JavaScripts") == ("pdf", "")
    assert told(object_stream(b"7 0 <</Type/Catalog>>")) == ("pdf", "")
    assert told(b"%PDF-1.7 1 0 obj<<>>stream\n\x00/JS \x01\nendstream endobj") == ("pdf", "")
    assert told(written(a_pdf())) == ("pdf", "")


def test_a_pdf_that_acts_or_carries_files_is_refused() -> None:
    carrying = a_pdf()
    carrying.add_attachment("x.docm", b"PK")
    assert [
        told(with_action(S="JavaScript")),
        told(with_action(S="Launch", F="calc.exe")),
        told(written(carrying)),
    ] == [
        (ACTIVE, "Tệp PDF có mã lệnh JavaScript"),
        (ACTIVE, "Tệp PDF có lệnh mở chương trình khác"),
        (ACTIVE, "Tệp PDF có tệp khác đính kèm bên trong"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 1 0 obj<</S/J#61vaScript/J#53(x)>>endobj",
        b"%PDF-1.7 1 0 obj<</S/Rendition/JS(x)>>endobj",
        # Hidden in what looks like a stream, where the table of objects may lead.
        b"%PDF-1.7 1 0 obj<<>>stream\n2 0 obj<</S/JavaScript/JS(x)>>endobj endstream endobj",
        object_stream(b"7 0 <</S/JavaScript/JS(app.alert)>>"),
        object_stream(b"7 0 <</S/Rendition/JS(app.alert)>>"),
        object_stream(b"7 0 <</S/J#61vaScript>>", kind=b"/Type/Obj#53tm"),
        object_stream(b"7 0 <</S/JavaScript>>", kind=b"/Type/XObject/Subtype/Image"),
        object_stream(b"7 0 " + b" " * 100_000 + b"<</S/JavaScript>>"),
    ],
)
def test_scripts_are_found_however_they_are_written(data: bytes) -> None:
    assert told(data) == (ACTIVE, "Tệp PDF có mã lệnh JavaScript")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 5 0 obj<</Type/ObjStm>>stream\nlocked by a password\nendstream endobj",
        object_stream(b"7 0 <<>>")[:-40],
        object_stream(b"7 0 <<>>", more=b"/DecodeParms<</Predictor 12>>"),
    ],
)
def test_objects_that_cannot_be_looked_into_are_refused(data: bytes) -> None:
    assert told(data) == (
        "file_locked",
        "Tệp PDF bị khóa hoặc được nén theo cách phần mềm không kiểm tra được",
    )


def test_a_pdf_made_to_keep_the_server_busy_is_not_read_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unfolds = object_stream(b"7 0 " + b" " * 5000)
    assert told(unfolds) == ("pdf", "")
    with monkeypatch.context() as held:
        held.setattr(pdf_names, "MOST_UNFOLDED", 1000)
        assert told(unfolds)[0] == "file_locked"
    monkeypatch.setattr(pdf_names, "MOST_STREAMS", 2)
    many = b"%PDF-1.7" + b" 1 0 obj<<>>stream\nx\nendstream endobj" * 3
    assert told(many)[0] == "file_locked"
