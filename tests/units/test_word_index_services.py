"""The index for words inside names: PostgreSQL has it, and a copy leaves it out."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import inspect, text

from congress_app.database import db, transaction
from congress_app.units import tree_queries, word_index_services
from congress_app.units.queries import EVERYTHING
from congress_app.units.wanted import Wanted
from tests import builders


def is_there() -> bool:
    found = {index["name"] for index in inspect(db.engine).get_indexes("unit")}
    return word_index_services.NAME in found


def test_it_is_made_once_where_it_can_be(app: Flask) -> None:
    can = db.engine.dialect.name == "postgresql"
    assert is_there() == can
    if can:
        with transaction() as session:
            session.execute(text(f"DROP INDEX {word_index_services.NAME}"))
        assert not is_there()
    assert [word_index_services.make_word_index() for _twice in range(2)] == [can, can]
    assert is_there() == can


def test_a_word_is_found_inside_a_name_and_a_code_with_it_and_without(
    app: Flask, monkeypatch
) -> None:
    monkeypatch.setattr("congress_app.units.queries.LISTED_WHOLE", 0)
    root = builders.a_unit("VN", name="Ngành Bảo hiểm xã hội")
    builders.a_unit("22", root, name="BHXH tỉnh Quảng Ninh")
    builders.a_unit("22.Q1", root, name="BHXH huyện Đông Triều")

    def found(words: str) -> list[str]:
        part = tree_queries.shown(EVERYTHING)
        listed = tree_queries.found(Wanted(text=words), part, EVERYTHING, 1, 50)
        assert listed.total == len(listed.nodes)
        return [node.row.code for node in listed.nodes]

    for words, codes in {"uang nin": ["22"], "22": ["22", "22.Q1"], "q1 đông": ["22.Q1"]}.items():
        assert found(words) == codes
