from __future__ import annotations

import json

import pytest

from congress_app.elections.count import Base, Mode, TieRule
from congress_app.elections.rules import (
    PRESET_LABELS,
    PRESETS,
    Form,
    Marking,
    Rules,
    from_json,
    initial,
    preset,
    printed,
    to_json,
)


@pytest.mark.parametrize("rules", PRESETS, ids=lambda rules: rules.preset)
def test_json_gives_back_the_same_rules(rules: Rules) -> None:
    assert from_json(json.loads(json.dumps(to_json(rules)))) == rules


def test_the_presets_differ_in_base_and_tie() -> None:
    assert {rules.preset: (rules.base, rules.tie_rule) for rules in PRESETS} == {
        "convened": (Base.CONVENED, TieRule.REVOTE),
        "valid": (Base.VALID, TieRule.OLDER),
        "issued": (Base.ISSUED, TieRule.REVOTE),
    }
    assert set(PRESET_LABELS) == {rules.preset for rules in PRESETS}
    assert preset("valid") is PRESETS[1]


def test_base_level_starts_with_a_show_of_hands_the_others_with_ballots() -> None:
    hands, secret = initial("show_of_hands"), initial("secret")
    assert (hands.form, hands.mode, hands.base) == (
        Form.HANDS_LIST,
        Mode.SHOW_OF_HANDS,
        Base.CONVENED,
    )
    assert (secret.form, secret.mode, secret.base) == (Form.SECRET, Mode.SECRET, Base.CONVENED)


def test_columns_are_for_lists_without_surplus_where_the_rule_has_them() -> None:
    assert preset("convened").marking(3, 3) is Marking.COLUMNS
    assert preset("convened").marking(4, 3) is Marking.STRIKE_OUT
    assert preset("valid").marking(3, 3) is Marking.STRIKE_OUT


def test_the_rule_is_printed_in_words() -> None:
    assert str(printed(preset("valid"))) == (
        "Bỏ phiếu kín. Trúng cử: được quá nửa số phiếu hợp lệ; nhiều phiếu hơn được trước. Bằng "
        "phiếu ở suất cuối: người nhiều tuổi hơn trúng cử. Bầu tối đa 2 lượt, sau đó đại hội "
        "quyết định có bầu tiếp hay không. Căn cứ: Luật Bầu cử năm 2015, Điều 78; Thông tư "
        "01/2021/TT-BNV."
    )
    assert "được quá nửa số đại biểu được triệu tập" in str(printed(initial("show_of_hands")))
