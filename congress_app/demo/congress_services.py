"""Write one congress of the demonstration: allocation, places, badges, programme, scans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin.models import Excuse, Presence, Scan
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Level
from congress_app.delegates.models import Delegate, DelegationHead, Ground, Person
from congress_app.demo import agendas, rows, schedule, shares
from congress_app.demo.agendas import SessionFacts, SpeechFacts
from congress_app.demo.people import Somebody
from congress_app.demo.places import PlaceFacts
from congress_app.demo.rows import Row
from congress_app.demo.schedule import PlanFacts
from congress_app.demo.sizes import Extent
from congress_app.demo.structure import PILOTS, UnitFacts
from congress_app.demo.writer_services import Writer
from congress_app.kernel import clock
from congress_app.programme.models import Item, Speech
from congress_app.programme.models import Session as Sitting
from congress_app.programme.outlines import announced, outlines_for
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.quota.options import Options

_ENTITLED = ("nominated", "convened", "confirmed")
_EXCUSES = ("Ốm đột xuất", "Xe hỏng trên đường", "Họp đột xuất ở địa phương")
_SHOWN_UP, _SHOWN_UP_SO_FAR = 0.96, 0.62


class CongressWriter:
    """Writes congress after congress with the same source of chance."""

    def __init__(self, writer: Writer, rng: Random, extent: Extent) -> None:
        self._writer, self._rng, self._extent = writer, rng, extent
        self._agendas_left = extent.agendas
        self._known: set[int] = set()  # persons already stored

    def share(
        self,
        congress_id: int,
        units: Sequence[UnitFacts],
        weights: Mapping[int, int],
        options: Options,
        at: datetime,
    ) -> dict[int, int]:
        """The approved allocation; gives the seats by unit."""
        share = shares.share(units, weights, options, at, rows.BY)
        key = self._writer.number(Allocation)
        self._writer.add(Allocation, [{"id": key, "congress_id": congress_id, **share.row}])
        self._writer.add(AllocationLine, ({"allocation_id": key, **line} for line in share.lines))
        return share.seats

    def write(
        self,
        congress_id: int,
        unit: UnitFacts,
        plan: PlanFacts,
        places: Sequence[PlaceFacts],
        level: Level,
    ) -> list[int]:
        """All about the congress of one unit, as far as its state has come; the places' numbers."""
        morning = _morning(plan)
        keys = self.register(congress_id, places, morning)
        if plan.state != "draft":
            self._lived(congress_id, unit, plan, places, level, keys)
        return keys

    def know(self, person: Somebody) -> None:
        """Store a person who is not stored yet."""
        if person.id not in self._known:
            self._known.add(person.id)
            self._writer.add(Person, [rows.person_row(person)])

    def _lived(
        self,
        congress_id: int,
        unit: UnitFacts,
        plan: PlanFacts,
        places: Sequence[PlaceFacts],
        level: Level,
        keys: Sequence[int],
    ) -> None:
        morning = _morning(plan)
        self._heads(congress_id, places, keys)
        badges = self._badges(places, keys, morning)
        if plan.state == "closed":
            present = sum(place.state == "confirmed" for place in places)
            self._turnout(congress_id, round(present * self._rng.uniform(0.95, 1)))
        if not self._has_agenda(unit, plan, level):
            return
        outline = outlines_for(level)[
            0 if plan.duration == "half_day" or level is Level.NATIONAL else -1
        ]
        for position, session in enumerate(agendas.sessions(outline, morning.date())):
            key = self._session(congress_id, position, session)
            if position == 0 or session.kind == "official":
                self._speeches(congress_id, key, session, places, keys)
            if plan.state == "closed":
                came = self._entries(congress_id, key, session, badges, _SHOWN_UP)
                self._turnout(congress_id, came)
        if unit.code in self._extent.doors:
            session = agendas.rehearsal(outline, clock.now())
            key = self._session(congress_id, 9, session)
            self._items(key, session, {})
            if unit.code in self._extent.crowded:
                self._entries(congress_id, key, session, badges, _SHOWN_UP_SO_FAR)

    def register(
        self, congress_id: int, places: Sequence[PlaceFacts], morning: datetime
    ) -> list[int]:
        """The places and whoever holds them; gives the places' numbers."""
        keys = [self._writer.number(Delegate) for _ in places]
        for number, (place, key) in enumerate(zip(places, keys, strict=True), start=1):
            self.know(place.person)
            at = morning - timedelta(
                days=self._rng.randint(12, 40), minutes=self._rng.randint(0, 400)
            )
            self._writer.add(Delegate, [rows.delegate_row(place, key, congress_id, number, at)])
            self._writer.add(Ground, rows.ground_rows(place, key))
            if place.replaces is not None:
                self._writer.change(Delegate, keys[place.replaces], "replaced_by_id", key)
        return keys

    def _heads(self, congress_id: int, places: Sequence[PlaceFacts], keys: Sequence[int]) -> None:
        heads: dict[int, int] = {}
        for place, key in zip(places, keys, strict=True):
            if place.person.is_leader and place.delegation_id and place.state == "confirmed":
                heads.setdefault(place.delegation_id, key)
        self._writer.add(
            DelegationHead,
            (
                {"congress_id": congress_id, "unit_id": unit_id, "delegate_id": key}
                for unit_id, key in heads.items()
            ),
        )

    def _badges(
        self, places: Sequence[PlaceFacts], keys: Sequence[int], morning: datetime
    ) -> list[Row]:
        made = [
            {
                "id": self._writer.number(Badge),
                "delegate_id": key,
                "code": token.new_code(self._rng.randrange),
                "version": 1,
                "state": "active",
                "issued_at": morning - timedelta(days=6),
                "issued_by": rows.BY,
                "printed_at": morning - timedelta(days=5),
                "print_count": 1,
            }
            for place, key in zip(places, keys, strict=True)
            if place.state in _ENTITLED
        ]
        self._writer.add(Badge, made)
        confirmed = {
            key for place, key in zip(places, keys, strict=True) if place.state == "confirmed"
        }
        return [badge for badge in made if badge["delegate_id"] in confirmed]

    def _has_agenda(self, unit: UnitFacts, plan: PlanFacts, level: Level) -> bool:
        if plan.held_on is None:
            return False
        if level is Level.NATIONAL or unit.code in PILOTS or unit.code in self._extent.doors:
            return True
        if plan.state == "closed" and self._agendas_left:
            self._agendas_left -= 1
            return True
        return plan.state == "open"

    def _session(self, congress_id: int, position: int, session: SessionFacts) -> int:
        key = self._writer.number(Sitting)
        row = {
            "id": key,
            "congress_id": congress_id,
            "position": position,
            "kind": session.kind,
            "title": session.title,
            "hall": "Hội trường lớn",
            "starts_at": session.starts_at,
            "doors_open_at": session.doors_open_at,
            "doors_close_at": session.doors_close_at,
            "allows_reentry": True,
            "version": 1,
        }
        self._writer.add(Sitting, [row])
        return key

    def _speeches(
        self,
        congress_id: int,
        session_id: int,
        session: SessionFacts,
        places: Sequence[PlaceFacts],
        keys: Sequence[int],
    ) -> None:
        slots = [n for n, item in enumerate(session.items) if item.kind == "speech"]
        given: dict[int, tuple[int, SpeechFacts]] = {}
        found = agendas.speeches(self._rng, places, len(slots)) if slots else []
        for number, speech in enumerate(found):
            key = self._writer.number(Speech)
            place = places[speech.speaker]
            row = {
                "id": key,
                "congress_id": congress_id,
                "title": speech.title,
                "unit_id": place.person.facts.unit_id,
                "delegate_id": keys[speech.speaker],
                "kind": "individual",
                "field": speech.field,
                "minutes": speech.minutes,
                "state": speech.state,
                "version": 1,
            }
            self._writer.add(Speech, [row])
            if number < len(slots):
                given[slots[number]] = (key, speech)
        self._items(session_id, session, given)

    def _items(
        self,
        session_id: int,
        session: SessionFacts,
        speeches: Mapping[int, tuple[int, SpeechFacts]],
    ) -> None:
        numbers = [self._writer.number(Item) for _ in session.items]
        results = announced([item.kind for item in session.items])
        for number, item in enumerate(session.items):
            key, speech = speeches.get(number, (None, None))
            row = {
                "id": numbers[number],
                "session_id": session_id,
                "position": number + 1,
                "kind": item.kind,
                "title": speech.title if speech else item.title,
                "minutes": speech.minutes if speech else item.minutes,
                "speech_id": key,
                "announces_id": numbers[results[number]] if number in results else None,
                "parallel": item.parallel,
                "version": 1,
            }
            self._writer.add(Item, [row])

    def _entries(
        self,
        congress_id: int,
        session_id: int,
        session: SessionFacts,
        badges: Sequence[Row],
        share: float,
    ) -> int:
        opens = session.doors_open_at
        minutes = max(10, int((session.starts_at - opens).total_seconds()) // 60)
        coming = [badge for badge in badges if self._rng.random() < share]
        # Written in the order in which they came, as a door does.
        times = sorted(
            opens + timedelta(seconds=round(self._rng.triangular(0, 1, 0.75) * minutes * 60))
            for _ in coming
        )
        self._rng.shuffle(coming)
        for badge, at in zip(coming, times, strict=True):
            scan, presence = rows.entry_rows(
                self._rng, congress_id, session_id, badge["delegate_id"], badge, at
            )
            key = self._writer.number(Scan)
            self._writer.add(Scan, [{"id": key, **scan}])
            self._writer.add(Presence, [{**presence, "last_scan_id": key}])
        came = {badge["id"] for badge in coming}
        for badge in [badge for badge in badges if badge["id"] not in came][:4]:
            excuse = {
                "session_id": session_id,
                "delegate_id": badge["delegate_id"],
                "reason": self._rng.choice(_EXCUSES),
                "accepted_by": rows.BY,
                "at": session.starts_at,
            }
            self._writer.add(Excuse, [excuse])
        return len(coming)

    def _turnout(self, congress_id: int, number: int) -> None:
        self._writer.change(Congress, congress_id, "attendance", number)
        self._writer.change(Congress, congress_id, "attendance_source", "Điểm danh")


def _morning(plan: PlanFacts) -> datetime:
    day = plan.held_on or schedule.USUAL_DAY
    return clock.from_venue(datetime.combine(day, plan.starts_at or schedule.USUAL_START))
