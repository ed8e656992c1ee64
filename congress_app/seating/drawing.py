"""The seats of a hall as the page shows them: drawn, with colour and words, and as rows.

Put together here and not in the template: a hall has hundreds of seats, and what is worked
out for each of them there is most of the page's time. It is HTML: what people typed is
escaped, the rest are numbers and our own words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from congress_app.seating.plan import HallPlan, PlanSeat, left_of, top_of


@dataclass(frozen=True, slots=True)
class SeatWords:
    """What is said of a seat, in the reader's language; `seat` holds "%(seat)s"."""

    seat: str
    blocked: str
    locked_seat: str
    free: str
    left: str
    left_now: str
    pinned: str
    blocks: Mapping[str, str]

    def told(self, seat: PlanSeat) -> str:
        """ "Ghế A12: Nguyễn Thị Lan, BHXH huyện Một, Đoàn đại biểu, đã ghim"."""
        return f"{self.seat % {'seat': seat.label}}: {self._who(seat)}"

    def _who(self, seat: PlanSeat) -> str:
        if seat.is_blocked:
            return self.blocked
        sitter = seat.sitter
        if sitter is None:
            return self.free
        block = self.left if sitter.has_left else self.blocks[sitter.block]
        said = (sitter.name, sitter.group or sitter.unit, block, self.pinned * seat.is_fixed)
        return ", ".join(part for part in said if part)


def drawn(plan: HallPlan, words: SeatWords, way: str, chosen_id: int | None) -> str:
    """The links of all seats, for inside the plan's svg; `way` is the address of the page."""
    start = escape(way)
    return "\n".join(_seat(one, words, start, chosen_id) for one in plan.seats)


def _seat(seat: PlanSeat, words: SeatWords, way: str, chosen_id: int | None) -> str:
    left, top, mark = left_of(seat.x), top_of(seat.y), escape(seat.mark)
    chosen = " is-chosen" if seat.id == chosen_id else ""
    flags = " data-taken" * (seat.sitter is not None) + " data-blocked" * seat.is_blocked
    drawing = f'<rect x="{left}" y="{top}" width="45" height="50" rx="8"></rect>'
    drawing += f'<text x="{left + 22}" y="{top + 20}">{seat.seat}</text>'
    if mark:
        drawing += f'<text class="seat__mark" x="{left + 22}" y="{top + 41}">{mark}</text>'
    if seat.is_fixed:
        drawing += f'<circle cx="{left + 39}" cy="{top + 7}" r="4"></circle>'
    return (
        f'<a id="seat-{seat.id}" class="seat seat--{seat.tone}{chosen}"'
        f' href="{way}?seat={seat.id}#panel" data-seat="{seat.id}" data-version="{seat.version}"'
        f' data-x="{seat.x}" data-y="{seat.y}"{flags} data-label="{escape(seat.label)}"'
        f' aria-label="{seat.seat}{mark}: {escape(words.told(seat))}">{drawing}</a>'
    )


def listed(seats: Sequence[PlanSeat], words: SeatWords, way: str, pin: str) -> str:
    """The same seats as rows of a table; `pin` stands behind the name of who is pinned."""
    start = escape(way)
    return "\n".join(_row(one, words, start, pin) for one in seats)


def _row(seat: PlanSeat, words: SeatWords, way: str, pin: str) -> str:
    sitter = seat.sitter
    if sitter is None:
        said = f'<span class="muted">{words.locked_seat if seat.is_blocked else words.free}</span>'
    else:
        block = words.left_now if sitter.has_left else words.blocks[sitter.block]
        about = " · ".join(part for part in (block, sitter.group or sitter.unit) if part)
        pinned = f" {pin}" if seat.is_fixed else ""
        said = f'<span class="name">{escape(sitter.name)}</span>{pinned}<br>'
        said += f'<span class="muted">{escape(about)}</span>'
    link = f'<a class="hall__seat" href="{way}?seat={seat.id}#panel">{escape(seat.label)}</a>'
    return f'<tr><th scope="row">{link}</th><td>{said}</td></tr>'
