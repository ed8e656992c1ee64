"""Texts for Zalo and mail."""

from __future__ import annotations

from dataclasses import replace

from congress_app.documents.kinds import KINDS
from congress_app.documents.messages import messages
from tests.documents.papers import CONGRESS, FACTS, PEOPLE


def test_everybody_gets_words_of_his_own() -> None:
    told = messages(KINDS["invitation"], FACTS, PEOPLE[:2])
    assert [name for name, _ in told.texts] == ["Lê Ý", "Trần Thị Ân"]
    assert told.texts[0][1].startswith("Kính gửi Ông Lê Ý,\nBan Tổ chức trân trọng kính mời")
    assert "Địa điểm: Trung tâm Hội nghị tỉnh." in told.texts[0][1]


def test_no_text_while_a_fact_is_missing() -> None:
    facts = replace(FACTS, congress=replace(CONGRESS, place=""))
    told = messages(KINDS["convocation"], facts, PEOPLE)
    assert told.texts == []
    assert [str(lack.sentence) for lack in told.lacks] == [
        "Chưa có địa điểm. Hãy ghi ở phần Kế hoạch."
    ]


def test_kinds_without_a_message_have_none() -> None:
    assert messages(KINDS["plan"], FACTS, PEOPLE).texts == []
