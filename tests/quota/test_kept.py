"""Sentences survive being stored and can still be translated."""

from __future__ import annotations

import json

from congress_app.kernel.sentences import Sentence
from congress_app.quota.kept import kept, told

INNER = Sentence("người")
WHOLE = Sentence("thêm {gap} {more} sẽ được {next}", gap="3", more=INNER, next=21)


def test_a_sentence_is_told_as_it_was_kept() -> None:
    stored = json.loads(json.dumps(kept(WHOLE)))
    assert stored == {
        "template": "thêm {gap} {more} sẽ được {next}",
        "params": {"gap": "3", "more": {"template": "người", "params": {}}, "next": 21},
    }
    assert told(stored) == WHOLE


def test_a_kept_sentence_is_still_translated() -> None:
    english = {"thêm {gap} {more} sẽ được {next}": "{gap} more {more}: {next}", "người": "people"}
    sentence = told(kept(WHOLE))
    assert isinstance(sentence, Sentence)
    assert sentence.render(english.__getitem__) == "3 more people: 21"


def test_plain_words_and_nothing_stay_plain() -> None:
    assert (told(kept("Hà Nội")), told(None)) == ("Hà Nội", "")


def test_values_that_json_does_not_know_become_text() -> None:
    assert kept(Sentence("{x}", x=(1, 2))) == {"template": "{x}", "params": {"x": "(1, 2)"}}
