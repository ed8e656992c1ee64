"""A device that follows the feed as the page does."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from congress_app.kernel.permissions import system_actor
from congress_app.scanners import sealing, services
from tests.checkin.door import Scene


class Follower:
    """A device that keeps what the feed told, as the page does."""

    def __init__(self, client: FlaskClient, scene: Scene, profile: str = "steward") -> None:
        invited = services.invite(scene.congress, "Máy", "Cửa A", profile, actor=system_actor())
        paired = services.pair(invited.code, None, address="test")
        self.client, self.device_id = client, paired.device.id
        self.headers = {"Authorization": f"Bearer {paired.token}"}
        self.next = 0
        self.roster: dict[tuple[str, str], Any] = {}

    def ask(self, after: int | None = None, **headers: str) -> Any:
        wanted = self.next if after is None else after
        return self.client.get(f"/api/v1/feed?after={wanted}", headers=self.headers | headers)

    def page(self) -> dict[str, Any]:
        """Take one page in."""
        told: dict[str, Any] = self.ask().get_json()
        for entry in told["entries"]:
            name = (entry["kind"], entry["key"])
            if entry.get("gone"):
                self.roster.pop(name, None)
            else:
                self.roster[name] = entry["data"]
        self.next = told["next"]
        return told

    def follow(self) -> list[int]:
        """Go on until everything is there; how many entries each page had."""
        sizes = []
        while True:
            told = self.page()
            sizes.append(len(told["entries"]))
            if told["complete"]:
                return sizes

    def card(self, code: str) -> dict[str, Any] | None:
        """What the badge with this code opens."""
        lock = sealing.lock_of(code, self.ask().get_json()["salt"])
        found = self.roster.get(("badge", lock.locator))
        if found is None:
            return None
        opened: dict[str, Any] = json.loads(sealing.unseal(lock.key, lock.locator, found["sealed"]))
        return opened
