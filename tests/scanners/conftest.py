"""A door and a device that follows its feed."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.scanners import feed_services
from tests.checkin.door import Scene, a_scene
from tests.conftest import FrozenClock
from tests.scanners.following import Follower


@pytest.fixture
def scene(app: Flask, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The clock stands still, so the feed must not wait before it compares again."""
    monkeypatch.setattr(feed_services, "REST_FACTOR", 0)
    return a_scene()


@pytest.fixture
def phone(client: FlaskClient, scene: Scene) -> Follower:
    return Follower(client, scene)
