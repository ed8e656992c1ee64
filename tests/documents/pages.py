"""The pages of papers, as tests open them."""

from __future__ import annotations

import re
from typing import Any

from congress_app.congresses.models import Congress


def url(congress: Congress, rest: str = "") -> str:
    """Where the papers of the congress are."""
    return f"/congresses/{congress.id}/documents{rest}"


def opened(page: str) -> dict[str, str]:
    """What the page of issuing sends back of the paper it shows."""
    told = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
        for name in ("version", "fingerprint")
    }
    return {name: found.group(1) if found else "" for name, found in told.items()}


def issue(client: Any, address: str, **typed: str) -> Any:
    """Open the page of issuing and sign."""
    seen = opened(client.get(f"{address}/issue").text)
    given = {"signed_on": "05/06/2020", "signer": "Trần Đức Thiện", "first_number": "1"}
    return client.post(f"{address}/issue", data=given | typed | seen)
