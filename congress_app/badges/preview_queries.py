"""A badge as the screen shows it: the same marks as on paper."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from congress_app.badges import face_queries
from congress_app.badges.back import back_marks, lines_lost
from congress_app.badges.content import BadgeFace
from congress_app.badges.design import Design
from congress_app.badges.frame import LEAST_MODULE_MM
from congress_app.badges.layout import Layout
from congress_app.badges.models import Badge
from congress_app.badges.sheet import per_sheet
from congress_app.badges.svg import badge_svg
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel.sentences import N_, Sentence
from congress_app.seating.queries import seat_of

# A code that nobody has: its check digit is wrong on purpose, so no door knows it.
SAMPLE_CODE = "00000000000000001"
_LONG_NAME = "Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Phương Thảo Trang Bảo Ngọc"
_ENTITLED = ("nominated", "convened", "confirmed")


@dataclass(frozen=True)
class Preview:
    """Both sides as SVG (`back` None of a badge with one), and what to know before printing."""

    front: str
    back: str | None
    warnings: tuple[Sentence, ...]
    per_sheet: int
    module_mm: float


def preview(congress: Congress, design: Design, face: BadgeFace) -> Preview:
    """The badge in the design, stored or not."""
    logo = face_queries.logo_of(congress.id)
    layout = Layout(design, face_queries.congress_face(congress), has_logo=logo is not None)
    pictures = {}
    if logo:
        pictures["logo"] = _address(logo, "png")
    if face.photo:
        pictures["photo"] = _address(face.photo, "jpeg")
    front = [*layout.ground(face.category), *layout.badge(face)]
    back = face_queries.back_of(congress, design)
    shown = None
    if back:
        marks = back_marks(layout, back, face.category, bleed=0.0)
        shown = badge_svg(marks, layout.frame, label=back.heading, pictures={})
    module = layout.frame.module_mm
    warnings = []
    if module < LEAST_MODULE_MM - 0.005:
        warnings.append(_small_symbol(module))
    if back and (lost := lines_lost(layout, back)):
        warnings.append(
            Sentence(N_("Mặt sau không đủ chỗ: {count} dòng cuối không in."), count=lost)
        )
    if design.emblem == "logo" and not logo:
        warnings.append(Sentence(N_("Chưa tải biểu trưng lên: thẻ in ngôi sao vàng.")))
    label = f"{face.name}, {design.looks[face.category].words}"
    svg = badge_svg(front, layout.frame, label=label, pictures=pictures)
    return Preview(svg, shown, tuple(warnings), per_sheet(design), module)


def _small_symbol(module: float) -> Sentence:
    return Sentence(
        N_(
            "Mã QR nhỏ: mỗi ô {module} mm, nên từ 1,2 mm. Điện thoại phải đưa sát mới đọc được; "
            "hãy chọn khổ thẻ lớn hơn."
        ),
        module=f"{module:.2f}".replace(".", ","),
    )


def _address(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def sample(congress: Congress, design: Design, which: str, category: str) -> BadgeFace:
    """A badge to look at: `real` (the longest name of the category), `long`, `short`."""
    if which == "real" and (delegate := _longest(congress.id, category)):
        return face_of_delegate(delegate, design)
    name = "Lê Ý" if which == "short" else _LONG_NAME
    return BadgeFace(
        name,
        category,
        SAMPLE_CODE,
        number="0127",
        unit=congress.unit.name,
        position="Phó Trưởng phòng Chế độ bảo hiểm xã hội",
        delegation=congress.unit.name,
        details=(("Ghế / Seat", "A12"),) if "seat" in design.shown else (),
    )


def face_of_delegate(delegate: Delegate, design: Design) -> BadgeFace:
    """The badge a delegate has, or would get: then with a code that opens nothing."""
    stored = face_queries.photo_of(delegate.id)
    badge = db.session.scalar(
        select(Badge).where(Badge.delegate_id == delegate.id, Badge.state == "active")
    )
    code = badge.code if badge else SAMPLE_CODE
    seats = seat_of([delegate.id]) if "seat" in design.shown else {}
    photo = stored.data if stored else None
    return face_queries.face_of(delegate, code, photo, seats.get(delegate.id))


def _longest(congress_id: int, category: str) -> Delegate | None:
    return db.session.scalar(
        select(Delegate)
        .join(Delegate.person)
        .where(
            Delegate.congress_id == congress_id,
            Delegate.category == category,
            Delegate.state.in_(_ENTITLED),
        )
        .options(joinedload(Delegate.person).joinedload(Person.unit))
        .order_by(func.length(Person.full_name).desc(), Delegate.id)
        .limit(1)
    )
