"""What the server's keeper reads of failed work, and that every kind has its words."""

from __future__ import annotations

from flask import Flask

from congress_app.jobs import registry
from congress_app.kernel.sentences import Sentence
from congress_app.operations.failures import KIND_LABELS, without_names


def test_texts_are_left_out_of_a_sentence_and_numbers_stay() -> None:
    inner = Sentence("{name} ở dòng {row}", name="Lê An", row=3)
    told = Sentence("{what}: {times} lần, {none}", what=inner, times=1.5, none=None)
    shown = without_names(told)
    assert shown == Sentence(
        "{what}: {times} lần, {none}",
        what=Sentence("{name} ở dòng {row}", name="…", row=3),
        times=1.5,
        none="…",
    )
    assert shown.render() == "… ở dòng 3: 1.5 lần, …"
    assert without_names(Sentence("Không có gì")) == Sentence("Không có gì")


def test_every_kind_of_work_has_words(app: Flask) -> None:
    own = {
        kind
        for kind in registry.kinds()
        if registry.work_of(kind).__module__.startswith("congress_app.")
    }
    assert own == set(KIND_LABELS)
