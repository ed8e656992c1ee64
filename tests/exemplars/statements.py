"""How many statements pages take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient


def statements(client: FlaskClient, pages: Iterable[str], count_queries: Any) -> dict[str, int]:
    """Of each page when it is asked for the second time."""
    told = {}
    for page in pages:
        client.get(page)
        with count_queries() as seen:
            assert client.get(page).status_code == 200
        told[page] = len(seen)
    return told
