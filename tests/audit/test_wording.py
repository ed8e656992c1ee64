"""The log in words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from congress_app.audit import wording
from congress_app.audit.actions import ACTIONS
from congress_app.audit.wording import Line
from congress_app.kernel.sentences import Sentence

ROOT = Path(__file__).parent.parent.parent


def read(changes: dict[str, object]) -> list[tuple[str, str | None, str]]:
    return [
        (line.label, None if line.before is None else str(line.before), str(line.after))
        for line in wording.lines(changes)
    ]


def test_a_changed_field_reads_before_and_after():
    assert read({"name": ["Phòng Thu", "Phòng Quản lý thu"]}) == [
        ("Tên", "Phòng Thu", "Phòng Quản lý thu")
    ]


def test_a_fact_has_no_before():
    assert wording.lines({"file": "don-vi.xlsx"}) == [Line("Tệp", None, "don-vi.xlsx")]


def test_values_are_written_the_vietnamese_way():
    assert read(
        {
            "headcount": [None, 1250],
            "is_pilot": [False, True],
            "headcount_date": ["2019-09-30", "2019-12-31"],
            "held_at": "2020-06-15T01:00:00+00:00",
            "kind": ["huyen", "phong"],
            "unit_id": 1234,
        }
    ) == [
        ("Số CCVC, NLĐ", "trống", "1.250"),
        ("Đơn vị điểm", "không", "có"),
        ("Ngày số liệu", "30/09/2019", "31/12/2019"),
        ("held_at", None, "08:00 15/06/2020"),
        ("Loại", "BHXH huyện", "Phòng"),
        ("unit_id", None, "1234"),
    ]


def test_lists_and_mappings_are_joined():
    assert read(
        {"added": ["Hà Nội", "Hà Giang", "Cao Bằng"], "x": {"code": "01", "name": None}}
    ) == [
        ("Thêm vào", None, "Hà Nội; Hà Giang; Cao Bằng"),
        ("x", None, "Mã: 01; Tên: trống"),
    ]


def test_what_only_looks_like_a_day_stays_as_it_is():
    assert read({"code": "2020-99-99"}) == [("Mã", None, "2020-99-99")]


def test_an_unknown_action_is_shown_by_its_code():
    assert wording.action_words("unit.create") == "Thêm đơn vị"
    assert wording.action_words("moon.land") == "moon.land"


KEYS = ("name", "headcount", "unit_id", "year", "", "kind", "một khóa lạ")
single_values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.dates().map(str)
)
json_values = (
    single_values
    | st.lists(single_values, max_size=3)
    | st.dictionaries(st.text(max_size=4), single_values, max_size=3)
)


@given(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=3))
def test_whatever_was_written_can_be_read(changes):
    shown = wording.lines(changes)
    assert len(shown) == len(changes)
    for line in shown:
        for words in (line.before, line.after):
            assert words is None or isinstance(words, (str, Sentence))
            str(words)


def test_every_recorded_action_has_words():
    """An action that a service names ("unit.move") is in `audit/actions.py`."""
    written = {
        node.value
        for path in (ROOT / "congress_app").rglob("*services*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_]+\.[a-z_]+", node.value)
    }
    assert {"unit.create", "sign_in.refused"} <= written
    assert sorted(written - set(ACTIONS)) == []
