"""What the feed is made from."""

from __future__ import annotations

from flask import Flask

from congress_app.scanners import feed, feed_queries, sealing
from congress_app.scanners.feed_models import BadgeKey
from tests.builders import a_badge, a_congress, a_delegate, a_hall, seated
from tests.builders.ground import store


def test_the_record_of_a_badge_holds_the_seat_once_there_is_one(app: Flask) -> None:
    congress = a_congress()
    delegate = a_delegate(congress)
    badge = a_badge(delegate)
    store(BadgeKey(badge_id=badge.id, locator="l" * 22, key=sealing.written(b"k" * 32)))
    hall = a_hall(congress, name="Nhà hát")
    assert [one.seat for one in feed_queries.badges(congress.id)] == [None]
    seated(hall, "A3", delegate)
    assert [one.seat for one in feed_queries.badges(congress.id)] == ["A3"]
    a_hall(congress, name="Hội trường 2")
    (record,) = feed_queries.badges(congress.id)
    assert record.seat == "Nhà hát · A3"
    cards = list(feed.wanted(congress.id, [], [record], b"i" * 32, {}))
    assert [each.content["seat"] for each in cards if each.kind == "badge"] == ["Nhà hát · A3"]
