"""How long the proposal takes for halls of 500 and 1,500 seats, all but a few taken."""

from __future__ import annotations

import json
import time

from congress_app.demo.hall_plan import hall_for
from congress_app.seating.blocks import Attendee, grouped
from congress_app.seating.layout import read_hall
from congress_app.seating.proposal import Chair, propose

# Delegations of one to nineteen people, as those of districts and provinces are.
LARGEST = 19


def attendees(count: int) -> list[Attendee]:
    found: list[Attendee] = []
    delegation = 0
    while len(found) < count:
        size = min(1 + delegation * 7 % LARGEST, count - len(found))
        found += [
            Attendee(
                len(found) + n + 1,
                "Nguyễn Văn An",
                f"{len(found) + n:06d}",
                "guest" if delegation == 0 else "elected",
                delegation,
                f"Đoàn {delegation}",
                delegation,
            )
            for n in range(size)
        ]
        delegation += 1
    return found


def measure(seats: int) -> None:
    spots = read_hall(hall_for(seats))[:seats]
    chairs = [
        Chair(key, spot.y, spot.x, 1, False, False, None) for key, spot in enumerate(spots, start=1)
    ]
    people = attendees(len(chairs) - len(chairs) // 20)
    started, cpu = time.perf_counter(), time.process_time()
    seated = propose(chairs, grouped(people, {}))
    figures = {
        "seats": len(chairs),
        "people": len(people),
        "seated": len(seated),
        "seconds": round(time.perf_counter() - started, 3),
        "cpu_seconds": round(time.process_time() - cpu, 3),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    for seats in (500, 1500):
        measure(seats)
