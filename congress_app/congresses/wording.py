"""Rules and plans in words: labels, figures with their conditions, what two versions differ in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time

from congress_app.congresses.lifecycle import joined
from congress_app.congresses.plan import PLAN_LABELS, Plan
from congress_app.congresses.rulebook import (
    CATEGORY_LABELS,
    DURATION_LABELS,
    ELECTION_FORM_LABELS,
    LEVEL_LABELS,
    Cap,
    Choice,
    LevelRules,
    Rulebook,
    SubCategory,
)
from congress_app.congresses.timing import Due
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

RULE_LABELS: dict[str, str] = {
    "name": N_("Tên quy định"),
    "source": N_("Căn cứ"),
    "award_years": N_("Năm tính danh hiệu"),
    "report_period": N_("Giai đoạn tổng kết"),
    "priorities": N_("Đối tượng chú trọng"),
    "fields": N_("Lĩnh vực công tác"),
    "event_name": N_("Tên gọi"),
    "cap": N_("Số lượng tối đa"),
    "durations": N_("Thời lượng"),
    "subcategories": N_("Thành phần đại biểu"),
    "deadline": N_("Hoàn thành trước ngày"),
    "window": N_("Khung thời gian"),
    "combinable": N_("Được kết hợp với"),
    "mandatory_items": N_("Nội dung bắt buộc"),
    "election_form": N_("Cách bầu ban đầu"),
    "everyone_attends": N_("Toàn thể tham dự"),
    "unit_kinds": N_("Loại đơn vị tổ chức"),
    "expected_units": N_("Số đơn vị tổ chức"),
    "quorum": N_("Số có mặt tối thiểu"),
    "proposed": N_("Nội dung còn là đề xuất"),
}
_EMPTY = N_("để trống")


def day(value: date) -> str:
    """dd/mm/yyyy."""
    return value.strftime("%d/%m/%Y")


def due_sentence(due: Due | LevelRules) -> Sentence | None:
    """When a congress is due; None when the rules do not say."""
    if due.deadline is not None:
        return Sentence(N_("trước ngày {deadline}"), deadline=day(due.deadline))
    if due.window is not None:
        first, last = due.window
        return Sentence(N_("từ {first} đến {last}"), first=day(first), last=day(last))
    return None


def cap_sentence(cap: Cap, unit_code: str | None = None) -> Sentence:
    """The cap of one unit (or the general one) and who counts towards it."""
    limit = cap.default if unit_code is None else cap.limit(unit_code)
    if limit is None:
        return Sentence(N_("không hạn chế"))
    if len(cap.counted) == len(CATEGORY_LABELS):
        return Sentence(N_("{limit} đại biểu, tính cả khách mời"), limit=number(limit))
    counted = joined([CATEGORY_LABELS[category] for category in cap.counted])
    return Sentence(
        N_("{limit} đại biểu, chỉ tính: {counted}"), limit=number(limit), counted=counted
    )


def plan_differences(stored: Plan, typed: Plan, combinable: Iterable[Choice]) -> list[Sentence]:
    """What a form would change in a plan that somebody saved meanwhile, both values told."""
    titles = {choice.code: choice.title for choice in combinable}
    return [
        _difference(
            Sentence(label),
            _plan_value(getattr(stored, name), titles),
            _plan_value(getattr(typed, name), titles),
        )
        for name, label in PLAN_LABELS.items()
        if getattr(stored, name) != getattr(typed, name)
    ]


def _plan_value(value: object, titles: Mapping[str, str]) -> Sentence | str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    text = str(value or "")
    known = DURATION_LABELS.get(text) or titles.get(text)
    return Sentence(known) if known else text


def rulebook_differences(stored: Rulebook, typed: Rulebook) -> list[Sentence]:
    """What a form would change in a rulebook that somebody saved meanwhile."""
    whole = ("name", "source", "award_years", "report_period", "priorities", "fields")
    found = _field_differences(stored, typed, whole)
    for level, rules in stored.levels.items():
        names = tuple(LevelRules.__dataclass_fields__)
        for sentence in _field_differences(rules, typed.levels[level], names):
            found.append(
                Sentence(
                    N_("{level}: {fault}"), level=Sentence(LEVEL_LABELS[level]), fault=sentence
                )
            )
    return found


def _field_differences(stored: object, typed: object, names: Iterable[str]) -> list[Sentence]:
    return [
        _difference(
            Sentence(RULE_LABELS[name]),
            rule_value(getattr(stored, name)),
            rule_value(getattr(typed, name)),
        )
        for name in names
        if getattr(stored, name) != getattr(typed, name)
    ]


def rule_value(value: object) -> Sentence | str:
    """A value of a rulebook in words, short enough for one line."""
    if isinstance(value, Cap):
        exceptions = ", ".join(f"{code}: {number(n)}" for code, n in value.exceptions.items())
        return Sentence(
            "{cap} ({exceptions})" if exceptions else "{cap}",
            cap=cap_sentence(value),
            exceptions=exceptions,
        )
    if isinstance(value, bool):
        return Sentence(N_("có") if value else N_("không"))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return joined([_item(item) for item in value]) if value else ""
    text = "" if value is None else str(value)
    return Sentence(ELECTION_FORM_LABELS.get(text, text)) if text else ""


def _item(item: object) -> str:
    if isinstance(item, (Choice, SubCategory)):
        return item.title
    if isinstance(item, date):
        return day(item)
    text = str(item)
    return DURATION_LABELS.get(text) or RULE_LABELS.get(text) or text


def _difference(what: Sentence, stored: Sentence | str, typed: Sentence | str) -> Sentence:
    return Sentence(
        N_("{what}: đang lưu “{stored}”, bạn nhập “{typed}”."),
        what=what,
        stored=stored or Sentence(_EMPTY),
        typed=typed or Sentence(_EMPTY),
    )
