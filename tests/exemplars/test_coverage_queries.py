from __future__ import annotations

from flask import Flask

from congress_app.exemplars.coverage_queries import Coverage, coverage
from tests import builders


def test_selected_exemplars_are_counted_by_council_and_field(app: Flask) -> None:
    root = builders.the_root()
    for kind, field, standing in (
        ("collective", "collection", "selected"),
        ("individual", "collection", "selected"),
        ("individual", "collection", "nominated"),
        ("individual", None, "selected"),
    ):
        exemplar = builders.an_exemplar(kind=kind, field=field)
        builders.a_nomination(exemplar, root, year=2020, standing=standing)
    builders.a_nomination(builders.an_exemplar(), root, year=2019, standing="selected")
    assert coverage([root.path], 2020) == [
        Coverage(root.name, "", 0, 1),
        Coverage(root.name, "collection", 1, 1),
    ]
    assert [one.is_met for one in coverage([root.path], 2020)] == [False, True]
    assert coverage(["/no/"], 2020) == []
