"""The four stages of an exemplar (guidance 4231/HD-BHXH of 05/11/2014) and its selection.

detect ─▶ nurture ─▶ sum up ─▶ replicate        one step forward or back at a time
nominated ─▶ appraised ─▶ selected / not selected    for one year, by the council
"""

from __future__ import annotations

from enum import StrEnum

from congress_app.kernel.sentences import N_


class Stage(StrEnum):
    """How far the work on an exemplar has come."""

    DETECT = "detect"
    NURTURE = "nurture"
    SUM_UP = "sum_up"
    REPLICATE = "replicate"


STAGE_LABELS: dict[str, str] = {
    Stage.DETECT: N_("Phát hiện"),
    Stage.NURTURE: N_("Bồi dưỡng"),
    Stage.SUM_UP: N_("Tổng kết"),
    Stage.REPLICATE: N_("Nhân rộng"),
}


class Standing(StrEnum):
    """What the council has said about a nomination."""

    NOMINATED = "nominated"
    APPRAISED = "appraised"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"


STANDING_LABELS: dict[str, str] = {
    Standing.NOMINATED: N_("Được đề cử"),
    Standing.APPRAISED: N_("Đã thẩm định"),
    Standing.SELECTED: N_("Được chọn"),
    Standing.NOT_SELECTED: N_("Không được chọn"),
}
_MOVES: dict[Standing, frozenset[Standing]] = {
    Standing.NOMINATED: frozenset({Standing.APPRAISED}),
    Standing.APPRAISED: frozenset({Standing.SELECTED, Standing.NOT_SELECTED, Standing.NOMINATED}),
    # The council may take its decision back, with a new vote; it never disappears.
    Standing.SELECTED: frozenset({Standing.APPRAISED}),
    Standing.NOT_SELECTED: frozenset({Standing.APPRAISED}),
}


def stages_from(stage: str) -> tuple[Stage, ...]:
    """The stages one step away: back first, then forward."""
    order = tuple(Stage)
    place = order.index(Stage(stage))
    return tuple(order[i] for i in (place - 1, place + 1) if 0 <= i < len(order))


def may_stand(before: str, after: str) -> bool:
    """True when a nomination may go from one standing to the other."""
    return Standing(after) in _MOVES[Standing(before)]
