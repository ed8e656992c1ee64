"""Every form that takes a file refuses one that is too large, swollen or of another kind.

A new form with a file falls under it by itself: the test names the class it does not know.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask_wtf.file import FileField, MultipleFileField
from PIL import Image
from sqlalchemy import select
from wtforms import FileField as PlainFileField
from wtforms.fields.core import UnboundField

from congress_app.database import db
from congress_app.jobs.models import Job
from congress_app.web.forms import BaseForm
from tests import builders

Sent = tuple[str, str, dict[str, str]]  # address, name of the file's field, other fields


def forms_with_files(parent: type[BaseForm] = BaseForm) -> Iterator[type[BaseForm]]:
    """Every form class that has a field for a file."""
    for child in parent.__subclasses__():
        fields = [value for value in vars(child).values() if isinstance(value, UnboundField)]
        kinds = (FileField, MultipleFileField, PlainFileField)
        if any(issubclass(field.field_class, kinds) for field in fields):
            yield child
        yield from forms_with_files(child)


def swollen_sheet() -> bytes:
    """Twenty kilobytes that unfold to forty megabytes."""
    return zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b" " * 40_000_000})


def swollen_document() -> bytes:
    """A package of more parts than any document has."""
    parts = {str(number): b"" for number in range(5001)}
    return zipped(parts | {"[Content_Types].xml": b"", "word/document.xml": b""})


def swollen_picture() -> bytes:
    """Some kilobytes that unfold to eighty million pixels."""
    out = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """The parts as a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


# For each form: how it is swollen, what the file is called, and where it is sent.
Places = Callable[[dict[str, Any]], list[Sent]]
FORMS: dict[str, tuple[Callable[[], bytes], str, Places]] = {
    "AttachmentForm": (
        swollen_document,
        "a.docx",
        lambda at: [(f"/exemplars/{at['exemplar']}/files", "attachment", {})],
    ),
    "PortraitForm": (
        swollen_picture,
        "a.png",
        lambda at: [(f"/exemplars/{at['exemplar']}/portrait", "portrait", {})],
    ),
    "PictureForm": (
        swollen_picture,
        "a.png",
        lambda at: [
            (f"/congresses/{at['congress']}/badges/design/logo", "picture", {}),
            (f"/congresses/{at['congress']}/badges/{at['delegate']}", "picture", {}),
        ],
    ),
    "SheetForm": (
        swollen_sheet,
        "a.xlsx",
        lambda at: [(path, "sheet", {}) for path in at["imports"]],
    ),
    "SpeechFileForm": (
        swollen_document,
        "a.docx",
        lambda at: [
            (
                f"/congresses/{at['congress']}/speeches/{at['speech']}/files",
                "file",
                {"slot": "text"},
            )
        ],
    ),
    "UploadForm": (
        swollen_sheet,
        "a.xlsx",
        lambda at: [(f"/congresses/{at['congress']}/delegates/import", "file", {})],
    ),
}


@pytest.fixture
def at(app: Flask) -> dict[str, Any]:
    """What the addresses name."""
    congress = builders.a_congress()
    imports = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith("/import") and not rule.arguments and "POST" in (rule.methods or ())
    ]
    return {
        "congress": congress.id,
        "delegate": builders.a_delegate(congress).id,
        "speech": builders.a_speech(congress).id,
        "exemplar": builders.an_exemplar().id,
        "imports": imports,
    }


def test_every_form_with_a_file_is_walked(app: Flask) -> None:
    assert {form.__name__ for form in forms_with_files()} - set(FORMS) == set()


@pytest.mark.parametrize("form", FORMS)
def test_more_bytes_than_any_file_has_are_not_even_read(
    app: Flask, at: dict[str, Any], as_role: Any, form: str
) -> None:
    client = as_role("organiser")
    for path, _field, _more in FORMS[form][2](at):
        answer = client.post(
            path,
            content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": str(app.config["MAX_CONTENT_LENGTH"] + 1)},
        )
        assert (path, answer.status_code) == (path, 413)
        assert "tối đa 25 MB" in answer.text


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("is_swollen", [True, False])
def test_a_swollen_file_and_one_of_another_kind_are_refused(
    app: Flask, at: dict[str, Any], as_role: Any, form: str, is_swollen: bool
) -> None:
    client = as_role("organiser")
    swollen, name, places = FORMS[form]
    data = swollen() if is_swollen else b"\x7fELF" + b"\x00" * 2000
    sent = places(at)
    assert sent
    for path, field, more in sent:
        answer = client.post(path, data={field: (io.BytesIO(data), name), **more})
        if form in ("SheetForm", "UploadForm"):
            # Read by a job: its page tells the reason beside the field.
            assert (path, answer.status_code) == (path, 302)
            (told,) = db.session.scalars(select(Job.result).order_by(Job.id.desc()).limit(1))
            assert "refused" in told
            page = client.get(answer.location, follow_redirects=True)
            assert page.text.count('class="field__error"') == 1
            continue
        assert (path, answer.status_code in (400, 413, 422)) == (path, True), answer.status_code
