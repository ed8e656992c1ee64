"""What tests read of the pages of an election, and what they send to them."""

from __future__ import annotations

import re


def text_of(answer) -> str:
    """The visible text of a page."""
    assert answer.status_code == 200, answer.text
    return plain(answer)


def plain(answer) -> str:
    main = answer.text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def at(election, page: str = "") -> str:
    return f"/congresses/{election.congress_id}/elections/{election.id}{page}"


def go(client, path: str, **typed: str):
    answer = client.post(path, data=typed)
    assert answer.status_code == 302, plain(answer)
    return answer
