"""Rules and plans in words."""

from dataclasses import replace
from datetime import date, time

from congress_app.congresses.lifecycle import STATE_LABELS, STATE_LOOKS, State
from congress_app.congresses.plan import PLAN_LABELS, Plan
from congress_app.congresses.presets import GUIDANCE_2020, STRUCTURE_2025
from congress_app.congresses.rulebook import Cap, Category, LevelRules, Rulebook
from congress_app.congresses.timing import Due
from congress_app.congresses.wording import (
    RULE_LABELS,
    cap_sentence,
    due_sentence,
    plan_differences,
    rule_value,
    rulebook_differences,
)

BASE = GUIDANCE_2020.level("base")
UPPER_BASE = GUIDANCE_2020.level("upper_base")
NATIONAL = GUIDANCE_2020.level("national")


def test_caps_in_words():
    assert str(cap_sentence(BASE.cap)) == "không hạn chế"
    assert str(cap_sentence(UPPER_BASE.cap)) == "300 đại biểu, tính cả khách mời"
    assert str(cap_sentence(UPPER_BASE.cap, "79")) == "350 đại biểu, tính cả khách mời"
    assert str(cap_sentence(NATIONAL.cap, "VN")) == (
        "500 đại biểu, chỉ tính: Đại biểu chính thức, Đại biểu bầu"
    )
    assert str(cap_sentence(Cap(1200, counted=(Category.ELECTED,)))) == (
        "1.200 đại biểu, chỉ tính: Đại biểu bầu"
    )


def test_due_days_in_words():
    assert str(due_sentence(UPPER_BASE)) == "trước ngày 30/04/2020"
    assert str(due_sentence(NATIONAL)) == "từ 01/07/2020 đến 30/09/2020"
    assert due_sentence(Due()) is None


def test_two_plans_are_compared_field_by_field():
    stored = Plan("Tên", date(2020, 3, 12), None, "half_day", combined_with="staff")
    typed = Plan("Tên", date(2020, 3, 15), time(7, 30), "full_day")
    assert [str(told) for told in plan_differences(stored, typed, BASE.combinable)] == [
        "Ngày tổ chức: đang lưu “12/03/2020”, bạn nhập “15/03/2020”.",
        "Giờ bắt đầu: đang lưu “để trống”, bạn nhập “07:30”.",
        "Thời lượng: đang lưu “1/2 ngày”, bạn nhập “1 ngày”.",
        "Kết hợp với: đang lưu “Hội nghị công chức, viên chức”, bạn nhập “để trống”.",
    ]
    assert plan_differences(stored, stored, ()) == []


def test_two_rulebooks_are_compared_level_by_level():
    rules = replace(UPPER_BASE, cap=Cap(280, {"01": 320}), everyone_attends=True)
    typed = replace(GUIDANCE_2020, award_years=(2016, 2019)).with_level("upper_base", rules)
    assert [str(told) for told in rulebook_differences(GUIDANCE_2020, typed)] == [
        "Năm tính danh hiệu: đang lưu “2015, 2019”, bạn nhập “2016, 2019”.",
        (
            "Cấp trên cơ sở: Số lượng tối đa: đang lưu “300 đại biểu, tính cả khách mời "
            "(KCQ: 350, 01: 350, 79: 350)”, bạn nhập “280 đại biểu, tính cả khách mời (01: 320)”."
        ),
        "Cấp trên cơ sở: Toàn thể tham dự: đang lưu “không”, bạn nhập “có”.",
    ]
    assert rulebook_differences(STRUCTURE_2025, STRUCTURE_2025) == []


def test_values_in_words():
    assert str(rule_value(NATIONAL.window)) == "01/07/2020, 30/09/2020"
    assert str(rule_value(BASE.combinable)) == (
        "Hội nghị tổng kết công tác năm 2019, Hội nghị công chức, viên chức"
    )
    assert str(rule_value("secret")) == "Bỏ phiếu kín"
    assert (rule_value(None), rule_value(())) == ("", "")


def test_everything_has_its_words():
    fields = {*LevelRules.__dataclass_fields__, *Rulebook.__dataclass_fields__}
    assert fields - set(RULE_LABELS) == {"key", "levels"}
    assert set(PLAN_LABELS) == set(Plan.__dataclass_fields__)
    assert set(STATE_LABELS) == set(STATE_LOOKS) == set(State)
