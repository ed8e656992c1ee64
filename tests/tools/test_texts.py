"""Every marked text is found, and a catalogue changes only when a text does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import texts

PYTHON = """
from x import N_, Sentence, _l
A = Sentence(N_("Hội nghị đã đủ {cap} đại biểu."), cap=300)
B = Sentence("Không có đơn vị này.")
C = _l("Tên đơn vị")
D = "không đánh dấu"
"""
TEMPLATE = '<h1>{{ _("Đơn vị") }}</h1>{% trans %}Đại biểu{% endtrans %}'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with three texts in the package and two in the templates."""
    (tmp_path / "congress_app" / "units").mkdir(parents=True)
    (tmp_path / "congress_app" / "units" / "tree.py").write_text(PYTHON, "utf-8")
    (tmp_path / "templates" / "units").mkdir(parents=True)
    (tmp_path / "templates" / "units" / "index.html").write_text(TEMPLATE, "utf-8")
    monkeypatch.setattr(texts, "ROOT", tmp_path)
    monkeypatch.setattr(texts, "TRANSLATIONS", tmp_path / "congress_app" / "translations")
    return tmp_path


def found(tree: Path) -> list[str]:
    """The collected texts."""
    return sorted(str(message.id) for message in texts.collect(tree) if message.id)


def test_texts_are_collected_from_rules_and_templates(tree: Path) -> None:
    assert found(tree) == [
        "Hội nghị đã đủ {cap} đại biểu.",
        "Không có đơn vị này.",
        "Tên đơn vị",
        "Đơn vị",
        "Đại biểu",
    ]


def test_what_is_not_translated_is_listed(tree: Path) -> None:
    source = texts.collect(tree)
    assert sorted(texts.faults("en", source)) == [
        "not compiled: run make texts",
        *(f"not translated: {text}" for text in found(tree)),
    ]


def test_a_complete_catalogue_has_no_fault_and_stays_as_it_is(tree: Path) -> None:
    assert texts.main([]) == 0
    catalog = texts.stored("en")
    for message in catalog:
        if message.id:
            message.string = f"in English: {message.id}"
    texts.write("en", catalog)
    path = texts.po_path("en")
    before = (path.read_bytes(), path.with_suffix(".mo").read_bytes())
    assert texts.main([]) == 0
    assert (path.read_bytes(), path.with_suffix(".mo").read_bytes()) == before
    assert texts.main(["--check"]) == 0


def test_a_text_that_is_gone_is_left_over_until_the_next_run(tree: Path) -> None:
    texts.main([])
    (tree / "templates" / "units" / "index.html").write_text("", "utf-8")
    left = [f for f in texts.faults("en", texts.collect(tree)) if f.startswith("left over")]
    assert left == ["left over: Đơn vị", "left over: Đại biểu"]
    texts.main([])
    assert [f for f in texts.faults("en", texts.collect(tree)) if f.startswith("left over")] == []


def test_a_doubtful_translation_is_listed(tree: Path) -> None:
    texts.main([])
    catalog = texts.stored("en")
    for message in catalog:
        if message.id:
            message.string = "x"
    catalog["Tên đơn vị"].flags.add("fuzzy")
    texts.write("en", catalog)
    assert list(texts.faults("en", texts.collect(tree))) == ["doubtful: Tên đơn vị"]
