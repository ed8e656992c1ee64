"""Give congresses of the demonstration a hall with everybody seated, and a design of badges."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from congress_app.badges import design_services
from congress_app.badges.design import Design
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates.credentials import ACTIVE
from congress_app.demo.hall_plan import hall_for
from congress_app.kernel.permissions import Actor
from congress_app.seating import queries, services
from congress_app.units.models import Unit

HALL_NAME = "Hội trường lớn"
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
