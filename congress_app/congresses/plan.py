"""The plan of one congress as a value: what an organiser writes down and may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from congress_app.kernel.sentences import N_

PLAN_LABELS: dict[str, str] = {
    "name": N_("Tên hội nghị, đại hội"),
    "held_on": N_("Ngày tổ chức"),
    "starts_at": N_("Giờ bắt đầu"),
    "duration": N_("Thời lượng"),
    "place": N_("Địa điểm"),
    "address": N_("Địa chỉ"),
    "combined_with": N_("Kết hợp với"),
    "plan_document": N_("Số kế hoạch"),
}


@dataclass(frozen=True)
class Plan:
    """Day, length and place of a congress; `name` None asks for the proposed name.

    `duration` is a `rulebook.Duration`; None takes the first one the rules allow.
    `combined_with` is the code of one of the rulebook's combinable conferences.
    """

    name: str | None = None
    held_on: date | None = None
    starts_at: time | None = None
    duration: str | None = None
    place: str | None = None
    address: str | None = None
    combined_with: str | None = None
    plan_document: str | None = None


@dataclass(frozen=True)
class Turnout:
    """How many took part in a base conference, and by whose word."""

    number: int
    source: str | None = None
