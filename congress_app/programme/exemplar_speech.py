"""An exemplar's model as the draft of a speech: what the form starts from."""

from __future__ import annotations

import re
from collections.abc import Collection

from congress_app.exemplars.facts import ExemplarFacts
from congress_app.programme.facts import SpeechFacts

MINUTES = 10
_TITLE, _TOPIC, _SUMMARY = 200, 120, 3000
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def draft(
    facts: ExemplarFacts,
    exemplar_id: int,
    *,
    delegate_id: int | None,
    province: str | None,
    fields: Collection[str],
) -> SpeechFacts:
    """What is known of the exemplar, as a speech nobody has submitted yet.

    `delegate_id` is the speaker when the exemplar is a delegate, `province` the code of its
    province. `fields` are the codes of the congress's rulebook; another one is left out. The
    model's first sentence is title and topic: the same model told twice is one topic.
    """
    model = (facts.solution or "").strip()
    first = _SENTENCE.split(model)[0].rstrip(" .!?;")
    return SpeechFacts(
        title=shortened(first, _TITLE),
        unit_id=facts.unit_id,
        delegate_id=delegate_id,
        kind=facts.kind.value,
        field=facts.field if facts.field in fields else None,
        minutes=MINUTES,
        summary=shortened(model, _SUMMARY) or None,
        region=region_of(province),
        topic=shortened(first, _TOPIC) or None,
        exemplar_id=exemplar_id,
    )


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= most:
        return text
    head, _space, _rest = text[: most + 1].rpartition(" ")
    return (head or text[:most]).rstrip(" ,;.")


def region_of(province: str | None) -> str | None:
    """The region of a province by its code; None of what is no province.

    The statistical codes (Quyết định 124/2004/QĐ-TTg) run from north to south: the last of
    the north is 37, Thanh Hóa (38) to Lâm Đồng (68) are the centre with Tây Nguyên. Those of
    2025 keep the codes of the provinces that gave the name.
    """
    if province is None or not re.fullmatch(r"\d\d", province):
        return None
    number = int(province)
    if number < 38:
        return "north"
    return "central" if number < 70 else "south"
