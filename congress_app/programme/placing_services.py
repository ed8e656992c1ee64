"""Put the chosen speeches into the speech items of the programme, by rule or by hand."""

from __future__ import annotations

from itertools import pairwise

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import placing_queries
from congress_app.programme.act_services import act
from congress_app.programme.models import Item
from congress_app.programme.ordering import arrange
from congress_app.programme.timetable import ITEM_KINDS

TITLE = N_("Xếp tham luận vào chương trình")
NO_SLOTS = N_(
    "Chương trình chỉ có {slots} mục tham luận mà {speeches} bài được chọn. "
    "Hãy thêm mục tham luận vào chương trình rồi xếp lại."
)
NO_PLACE = N_("Không còn chỗ để chuyển “{title}” theo hướng này.")


def schedule(congress: Congress, *, actor: Actor, seen: str | None = None) -> int:
    """Give every chosen speech a block and a place in it; gives how many were placed.

    The items take the speeches' minutes. Raises RuleViolation `no_slots` when there are too
    few items, and `ripple.Unseen` when other items move and nobody looked at that.
    """
    with act(congress, "speech.schedule", TITLE, actor=actor, seen=seen):
        found = placing_queries.blocks_of(congress.id)
        speeches = {each.id: each for each in placing_queries.to_place(congress, found)}
        slots = [each.item for block in found for each in block.places]
        if len(slots) < len(speeches):
            numbers = {"slots": len(slots), "speeches": len(speeches)}
            raise RuleViolation("no_slots", Sentence(NO_SLOTS, **numbers))
        talks = [placing_queries.talk_of(each) for each in speeches.values()]
        order = arrange(talks, [each.block for each in found])
        for item in slots:
            _empty(item)
        for block, keys in zip(found, order.blocks, strict=True):
            for each, key in zip(block.places, keys, strict=False):
                each.item.speech_id = key
                each.item.minutes = speeches[key].minutes
        facts = {"count": len(speeches)}
        record("speech.schedule", congress, facts, actor=actor, unit_path=congress.unit.path)
    return len(speeches)


def _empty(item: Item) -> None:
    """Take the speech out of an item; a name it had only from that speech goes with it."""
    if item.speech is not None and item.title == item.speech.title:
        item.title = ITEM_KINDS["speech"]
    item.speech_id = None


def move(
    congress: Congress, item: Item, step: int, *, actor: Actor, seen: str | None = None
) -> None:
    """Exchange what two neighbouring speech items hold, over the border of a block as well.

    `step` is -1 (earlier) or 1 (later). Raises RuleViolation `no_place` at either end.
    """
    title = item.speech.title if item.speech else item.title
    with act(congress, "speech.move", title, actor=actor, seen=seen):
        places = [
            each.item for block in placing_queries.blocks_of(congress.id) for each in block.places
        ]
        pairs = list(pairwise(places))
        wanted = [pair for pair in pairs if pair[0 if step > 0 else 1].id == item.id]
        if not wanted:
            raise RuleViolation("no_place", Sentence(NO_PLACE, title=title))
        [(first, second)] = wanted
        first.speech_id, second.speech_id = second.speech_id, first.speech_id
        first.minutes, second.minutes = second.minutes, first.minutes
        before, after = places.index(item) + 1, places.index(item) + 1 + step
        facts = {"title": title, "order": [before, after]}
        record("speech.move", congress, facts, actor=actor, unit_path=congress.unit.path)
