"""The figures of exemplars on paper are those of the summary page."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from congress_app.documents import exemplar_tables, fact_queries
from congress_app.documents.exemplar_queries import figures_of
from congress_app.documents.facts import FigureRow, FigureTable
from congress_app.formats.blocks import Paragraph, Table
from tests import builders
from tests.documents.papers import FACTS, composed, usual

BY_SEX = FigureTable(
    "Nam, nữ",
    "Danh sách.",
    (FigureRow("Nữ", 2), FigureRow("Nam", 1), FigureRow("Chưa ghi giới tính", 1)),
)


def test_the_tables_of_the_report_period_without_what_is_sensitive(app: Flask) -> None:
    congress = builders.a_congress()
    first, _last = fact_queries.congress_facts(congress).period
    builders.an_exemplar("Lê An", congress.unit, detected_year=first, sex="F", is_minority=True)
    builders.an_exemplar("Ngoài kỳ", congress.unit, detected_year=first - 1, sex="F")
    told = {table.title: table for table in figures_of(congress)}
    assert told["Nam, nữ"].rows == (
        FigureRow("Nữ", 1),
        FigureRow("Nam", 0),
        FigureRow("Chưa ghi giới tính", 0),
    )
    assert "Dân tộc thiểu số" not in told
    assert "Khen thưởng theo hình thức" not in told


def test_the_register_is_counted_only_where_the_text_asks_for_it(app: Flask) -> None:
    congress = builders.a_congress()
    first, _last = fact_queries.congress_facts(congress).period
    builders.an_exemplar("Lê An", congress.unit, detected_year=first)
    assert fact_queries.facts_of(congress).figures == ()
    asked = fact_queries.facts_of(congress, text="Kết quả:\n? {bang_dien_hinh}")
    assert asked.figures == figures_of(congress)
    assert len(asked.figures) > 0


def test_a_table_has_its_sum_on_top_and_its_source_below() -> None:
    blocks = exemplar_tables.figures(replace(FACTS, figures=(BY_SEX,)), usual("summary_figures"))
    table, source = blocks
    assert isinstance(table, Table)
    assert table.rows == (
        ("Nam, nữ", "4", "100,0 %"),
        ("Nữ", "2", "50,0 %"),
        ("Nam", "1", "25,0 %"),
        ("Chưa ghi giới tính", "1", "25,0 %"),
    )
    assert isinstance(source, Paragraph)
    assert source.runs[0].text == "Nguồn: Danh sách."


def test_the_paper_shows_them_and_stays_whole_without_any() -> None:
    told = str(composed("summary_figures", replace(FACTS, figures=(BY_SEX,))))
    assert "Chưa ghi giới tính" in told
    assert "bang_dien_hinh" not in str(composed("summary_figures"))
