"""What makes a rulebook unusable, told all at once; run before one is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from congress_app.congresses.lifecycle import Finding, Severity
from congress_app.congresses.rulebook import (
    ITEM_LABELS,
    LEVEL_LABELS,
    Choice,
    LevelRules,
    Rulebook,
)
from congress_app.kernel.sentences import N_, Sentence


def faults(book: Rulebook) -> list[Finding]:
    """Every reason why the rulebook cannot be stored; empty when it can."""
    found = _years(book)
    found += _codes(N_("Ưu tiên"), book.priorities)
    found += _codes(N_("Lĩnh vực công tác"), book.fields)
    for level, rules in book.levels.items():
        found += [_at(level, finding) for finding in _level_faults(rules)]
    return found


def _years(book: Rulebook) -> list[Finding]:
    pairs = (
        ("award_years", N_("Năm tính danh hiệu"), book.award_years),
        ("report_period", N_("Giai đoạn tổng kết"), book.report_period),
    )
    return [
        _fault(
            code,
            N_("{what}: năm đầu {first} sau năm cuối {last}. Hãy đổi lại."),
            what=Sentence(what),
            first=first,
            last=last,
        )
        for code, what, (first, last) in pairs
        if first > last
    ]


def _level_faults(rules: LevelRules) -> list[Finding]:
    found: list[Finding] = []
    if not rules.event_name:
        found.append(_fault("event_name", N_("Chưa có tên gọi hội nghị.")))
    if not rules.durations:
        found.append(_fault("durations", N_("Hãy chọn ít nhất một thời lượng tổ chức.")))
    if rules.window is not None and rules.window[0] > rules.window[1]:
        found.append(_fault("window", N_("Khung thời gian: ngày đầu sau ngày cuối. Hãy đổi lại.")))
    if set(rules.mandatory_items) - set(ITEM_LABELS):
        found.append(_fault("mandatory_items", N_("Nội dung bắt buộc không có trong danh mục.")))
    return found + _cap_faults(rules) + _composition_faults(rules)


def _cap_faults(rules: LevelRules) -> list[Finding]:
    cap = rules.cap
    figures = [figure for figure in (cap.default, *cap.exceptions.values()) if figure is not None]
    found = []
    if any(figure < 1 for figure in figures):
        found.append(
            _fault("cap", N_("Số lượng tối đa phải từ 1 trở lên; để trống nếu không hạn chế."))
        )
    if figures and not cap.counted:
        found.append(_fault("counted", N_("Hãy chọn thành phần được tính vào số lượng tối đa.")))
    return found


def _composition_faults(rules: LevelRules) -> list[Finding]:
    found = _twice(N_("Thành phần đại biểu"), [line.code for line in rules.subcategories])
    found += _codes(N_("Hội nghị được kết hợp"), rules.combinable)
    if any(not line.title for line in rules.subcategories):
        found.append(_fault("title", N_("Mỗi dòng thành phần cần có tên gọi.")))
    if any(line.per_unit is not None and line.per_unit < 1 for line in rules.subcategories):
        found.append(
            _fault("per_unit", N_("Số người mỗi đơn vị phải từ 1 trở lên, hoặc để trống."))
        )
    return found


def _codes(what: str, choices: Iterable[Choice]) -> list[Finding]:
    listed = list(choices)
    found = _twice(what, [choice.code for choice in listed])
    if any(not choice.code or not choice.title for choice in listed):
        found.append(
            _fault("choice", N_("{what}: mỗi dòng cần có mã và tên."), what=Sentence(what))
        )
    return found


def _twice(what: str, codes: list[str]) -> list[Finding]:
    return [
        _fault("twice", N_("{what}: mã “{code}” lặp lại."), what=Sentence(what), code=code)
        for code, times in Counter(codes).items()
        if times > 1
    ]


def _at(level: str, finding: Finding) -> Finding:
    sentence = Sentence(
        N_("{level}: {fault}"), level=Sentence(LEVEL_LABELS[level]), fault=finding.sentence
    )
    return Finding(finding.code, finding.severity, sentence)


def _fault(code: str, text: str, /, **params: object) -> Finding:
    return Finding(code, Severity.BLOCKING, Sentence(text, **params))
