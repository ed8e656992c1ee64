"""A morning of two delegations and a guest, for the boards and the paper of the hall."""

from __future__ import annotations

from dataclasses import dataclass, field

from congress_app.badges import token
from congress_app.checkin import services
from congress_app.checkin.answer import Answer
from congress_app.checkin.intake import Door, ScanRequest, read_scan
from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.programme.models import Session
from tests.builders import (
    a_badge,
    a_congress,
    a_delegate,
    a_person,
    a_session,
    a_unit,
    the_root,
)


@dataclass
class Hall:
    """A provincial congress with an open door; people by the first word of their name."""

    congress: Congress
    session: Session
    people: dict[str, Delegate] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def scan(self, name: str, direction: str = "in", gate: str = "Cửa A") -> Answer:
        """Scan the badge of the person at a gate."""
        return services.scan(
            self.request(name, direction), Door(self.congress.id, 1, "Điện thoại 1", gate=gate)
        )

    def request(self, name: str, direction: str = "in") -> ScanRequest:
        """What the device at the gate sends, a scan of its own each time."""
        self.sent = getattr(self, "sent", 0) + 1
        return read_scan(
            {
                "uuid": f"00000000-0000-4000-8000-{self.sent:012d}",
                "code": self.codes[name],
                "direction": direction,
                "scanned_at": clock.now().isoformat(),
            }
        )


def a_hall() -> Hall:
    """Two districts: An, Bình and Chi of the first, Dũng of the second, and the guest Giang."""
    province = a_unit("79", the_root(), kind="tinh", name="BHXH tỉnh Thử")
    first = a_unit("7901", province, kind="huyen", name="BHXH huyện Một", precedence=1)
    second = a_unit("7902", province, kind="huyen", name="BHXH huyện Hai", precedence=2)
    congress = a_congress(province, level="upper_base", rules=GUIDANCE_2020)
    hall = Hall(congress, a_session(congress))
    for place, (name, unit, category) in enumerate(
        (
            ("Nguyễn Văn An", first, "elected"),
            ("Trần Thị Bình", first, "elected"),
            ("Lê Chi", first, "official"),
            ("Phạm Dũng", second, "elected"),
            ("Hoàng Giang", None, "guest"),
        ),
        start=1,
    ):
        phone = f"09120000{place:02d}"
        person = a_person(name, unit, phone=phone)
        delegate = a_delegate(congress, person, category=category, number=place)
        given = name.split()[-1]
        hall.people[given] = delegate
        hall.codes[given] = token.new_code()
        a_badge(delegate, hall.codes[given])
    return hall
