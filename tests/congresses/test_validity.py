"""All faults of a rulebook at once, each with its place."""

from dataclasses import replace
from datetime import date

from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Cap, Category, Choice, Priority, SubCategory
from congress_app.congresses.validity import faults

UPPER_BASE = GUIDANCE_2020.level("upper_base")


def told(**changes):
    rules = replace(UPPER_BASE, **changes)
    return [str(fault.sentence) for fault in faults(GUIDANCE_2020.with_level("upper_base", rules))]


def test_several_faults_are_told_together():
    book = replace(
        GUIDANCE_2020,
        award_years=(2019, 2015),
        priorities=(Priority("women", "Nữ"), Priority("women", "Đại biểu nữ")),
    ).with_level("base", replace(GUIDANCE_2020.level("base"), durations=()))
    assert [str(fault.sentence) for fault in faults(book)] == [
        "Năm tính danh hiệu: năm đầu 2019 sau năm cuối 2015. Hãy đổi lại.",
        "Ưu tiên: mã “women” lặp lại.",
        "Cấp cơ sở: Hãy chọn ít nhất một thời lượng tổ chức.",
    ]


def test_a_window_must_not_end_before_it_begins():
    assert told(window=(date(2020, 9, 30), date(2020, 7, 1))) == [
        "Cấp trên cơ sở: Khung thời gian: ngày đầu sau ngày cuối. Hãy đổi lại."
    ]
    assert told(window=(date(2020, 7, 1), date(2020, 7, 1))) == []


def test_caps_start_at_one_and_count_somebody():
    assert told(cap=Cap(0)) == [
        "Cấp trên cơ sở: Số lượng tối đa phải từ 1 trở lên; để trống nếu không hạn chế."
    ]
    assert told(cap=Cap(300, {"01": 0})) == told(cap=Cap(0))
    assert told(cap=Cap(300, counted=())) == [
        "Cấp trên cơ sở: Hãy chọn thành phần được tính vào số lượng tối đa."
    ]
    assert told(cap=Cap(counted=())) == []


def test_lines_have_one_code_and_one_title_each():
    line = SubCategory("leaders", Category.OFFICIAL, "Lãnh đạo")
    assert told(subcategories=(line, line)) == [
        "Cấp trên cơ sở: Thành phần đại biểu: mã “leaders” lặp lại."
    ]
    assert told(subcategories=(replace(line, title=""),)) == [
        "Cấp trên cơ sở: Mỗi dòng thành phần cần có tên gọi."
    ]
    assert told(subcategories=(replace(line, per_unit=0),)) == [
        "Cấp trên cơ sở: Số người mỗi đơn vị phải từ 1 trở lên, hoặc để trống."
    ]


def test_names_items_and_choices():
    assert told(event_name="") == ["Cấp trên cơ sở: Chưa có tên gọi hội nghị."]
    assert told(mandatory_items=("dance",)) == [
        "Cấp trên cơ sở: Nội dung bắt buộc không có trong danh mục."
    ]
    assert told(combinable=(Choice("", "Hội nghị tổng kết"),)) == [
        "Cấp trên cơ sở: Hội nghị được kết hợp: mỗi dòng cần có mã và tên."
    ]
