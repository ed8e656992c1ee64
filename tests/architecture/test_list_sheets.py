"""Every page with a list offers the list as an .xlsx, or stands here with the reason."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Flask

from tests.architecture.test_routes import for_devices, links, pages, scene

__all__ = ["scene"]  # a fixture of another module has to be named here to be found

# Pages whose tables are no list to take away, by the reason.
WITHOUT_BY_REASON: dict[str, tuple[str, ...]] = {
    "an account's own sessions and grants, for whoever guards it": (
        "accounts.me",
        "accounts.user",
        "accounts.user_sessions",
    ),
    "the reader's own jobs of the week, gone after it": ("jobs.index",),
    "kinds, words and rules to read and edit, not rows of a congress": (
        "award_names.index",
        "documents.edit",
        "paper_texts.edit",
        "paper_texts.index",
        "rulebooks.index",
        "rulebooks.show",
    ),
    "figures of this minute that change while they are looked at": (
        "board.show",
        "cascade.board",
        "overview.show",
    ),
    "a choice before it is made; what comes of it has a list of its own": (
        "congresses.create_many",
        "day.rest",
        "quota.propose",
        "quota.release",
        "rulings.decide_all",
        "speech_selection.index",
    ),
    "the people of one list sent up; they stand in the delegates' sheet": ("arrivals.show",),
    "what was found against persons stays on its page; the report is a paper": (
        "credentials.index",
        "credentials.missing",
        "credentials.show",
        "rulings.index",
    ),
    "who was handed a ballot, of use only while the round is open": ("rounds.ballots",),
    "marks of reviewers who do not know each other's": (
        "speech_reviews.index",
        "speech_reviews.overview",
    ),
    "requests of persons about their own data": ("data_requests.index",),
    "dossiers, each of them a file that holds the sheets": ("dossiers.index",),
    "numbered sheets of paper, printed and typed back": ("paper.index",),
}
WITHOUT = sorted(name for names in WITHOUT_BY_REASON.values() for name in names)


def lists_without_sheet(app: Flask, scene: SimpleNamespace) -> set[str]:
    """Endpoints of pages that hold a table of rows and lead to no sheet."""
    found = set()
    for rule in pages(app):
        if for_devices(app, rule):
            continue
        values = {name: scene.arguments[name] for name in rule.arguments}
        path = app.url_map.bind("localhost").build(rule.endpoint, values)
        answer = scene.client.get(path)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        sheets = any("xlsx" in address for _method, address in links(answer.text))
        if '<table class="table' in answer.text and not sheets:
            found.add(rule.endpoint)
    return found


def test_every_list_can_be_taken_as_a_sheet(app: Flask, scene: SimpleNamespace) -> None:
    assert sorted(lists_without_sheet(app, scene)) == WITHOUT
