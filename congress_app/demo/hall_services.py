"""Give congresses of the demonstration a hall with everybody seated, and a design of badges."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from sqlalchemy import select

from congress_app.badges import design_services
from congress_app.badges.design import Design
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates.credentials import ACTIVE
from congress_app.kernel.permissions import Actor
from congress_app.seating import queries, services
from congress_app.units.models import Unit

HALL_NAME = "Hội trường lớn"
_ROW = 22
# Rows that stay free: latecomers and substitutes find a seat near their own people.
_SPARE_ROWS = 2
DESIGN = Design(
    shown=("number", "position", "delegation", "seat"),
    back="text",
    back_text=(
        "Đại biểu đeo thẻ trong suốt thời gian dự Hội nghị.\n"
        "Đưa mã QR vào máy quét ở cửa hội trường khi vào và khi ra.\n"
        "Mất thẻ, xin báo ngay bàn đón tiếp để được cấp thẻ mới."
    ),
)


def furnish(codes: Sequence[str], *, actor: Actor) -> None:
    """Seat everybody of these units' congresses, and choose how their badges look."""
    with transaction() as session:
        wanted = select(Congress).join(Unit, Congress.unit_id == Unit.id)
        for congress in session.scalars(wanted.where(Unit.code.in_(codes)).order_by(Congress.id)):
            people = len(queries.people(congress.id, ACTIVE))
            services.add_hall(congress, HALL_NAME, hall_for(people), actor=actor)
            services.seat_all(congress, ACTIVE, actor=actor)
            design_services.save_design(congress, DESIGN, version=0, actor=actor)


def hall_for(people: int) -> str:
    """A description with room for so many: rows with an aisle, a gangway, a balcony."""
    rows = -(-people // _ROW) + _SPARE_ROWS
    floor = ascii_uppercase[: min(rows, len(ascii_uppercase))]
    middle = len(floor) // 2
    aisle = f"{_ROW}, lối đi sau ghế {_ROW // 2}"
    parts = [
        f"{floor[0]}-{floor[middle - 1]}: {aisle}",
        "lối đi ngang",
        f"{floor[middle]}-{floor[-1]}: {aisle}",
    ]
    if rows > len(floor):
        parts.append(f"ban công 1-{rows - len(floor)}: {_ROW}")
    return "\n".join(parts)
