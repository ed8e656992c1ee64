"""Write one season: the tree, every congress, who comes, what happens, who was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from sqlalchemy.orm import Session

from congress_app.congresses import placing, rulebook, terms
from congress_app.congresses.models import Congress, CongressStep, Pulse, StoredRulebook
from congress_app.congresses.placing import Place
from congress_app.congresses.rulebook import Level
from congress_app.demo import electors, gatherings, rows, schedule, structure
from congress_app.demo.bodies_services import BodyWriter
from congress_app.demo.congress_services import CongressWriter
from congress_app.demo.election_rows import Conference
from congress_app.demo.election_services import ElectionWriter
from congress_app.demo.exemplar_services import ExemplarWriter
from congress_app.demo.movement_services import MovementWriter
from congress_app.demo.national import NationalPlaces
from congress_app.demo.people import Crowd
from congress_app.demo.places import Fill, HostPlaces, PlaceFacts
from congress_app.demo.rows import Row
from congress_app.demo.schedule import PlanFacts
from congress_app.demo.sizes import SHOWN, Extent
from congress_app.demo.structure import PILOTS, Host, UnitFacts
from congress_app.demo.writer_services import Writer
from congress_app.kernel import clock
from congress_app.quota.options import Options
from congress_app.units.models import Cluster, Unit

HEADCOUNT_DATE = date(2019, 12, 31)
_MORNING = time(9, 0)
ADOPTED_AT = clock.from_venue(datetime.combine(date(2019, 10, 7), _MORNING))
SHARED_AT = clock.from_venue(datetime.combine(date(2020, 2, 3), _MORNING))
TIE_SEED = "Đại hội V"
# Elected delegates of the national congress: what its cap leaves after the officials.
NATIONAL_ELECTED = 256
# Candidates beyond the seats where a province elects.
_SURPLUS = 2
LESSONS = (
    "Nên gửi trước danh sách đại biểu ba ngày để in thẻ; bàn điểm danh chia theo đoàn. "
    "Tham luận quá thời gian cho phép, cần duyệt nội dung và số phút trước hội nghị."
)


class SeasonWriter:
    """Makes everything up and writes it; equal seeds write equal rows."""

    def __init__(
        self, session: Session, extent: Extent, seed: int, season_id: int, book: StoredRulebook
    ) -> None:
        self._seed, self._rng = seed, Random(seed)
        self._extent, self._season_id, self._book = extent, season_id, book
        self._rules = rulebook.from_json(book.body)
        self._writer = Writer(session)
        self._crowd = Crowd(self._rng)
        self._tree = structure.tree(self._rng, extent.shape)
        self._congresses = CongressWriter(self._writer, self._rng, extent)
        self._known = {unit.id: _place(unit) for unit in self._tree.units()}
        self._ids: dict[int, int] = {}  # congress by unit
        self._plans: dict[int, PlanFacts] = {}
        self._turnout: dict[int, int] = {}  # people at the base conference, by unit
        self._waiting: dict[int, list[UnitFacts]] = {}  # units still to elect, by host
        self._conferences: dict[int, Conference] = {}  # base conferences, by unit
        self._elections = ElectionWriter(
            self._writer,
            Random(f"{seed}/votes"),
            self._congresses.know,
            {unit.id: unit.name for unit in self._tree.units()},
        )

    def write(self) -> None:
        """Write the season."""
        self._units()
        self._plan()
        below = [(host, self._host(host)) for host in self._tree.hosts]
        self._national(below)
        chance = Random(f"{self._seed}/exemplars")
        ExemplarWriter(self._writer, chance, self._tree).write(self._extent.exemplars)
        chance = Random(f"{self._seed}/movements")
        MovementWriter(self._writer, chance, self._tree).write(SHOWN)
        self._writer.write()
        self._writer.go_on_counting()

    def _units(self) -> None:
        units = list(self._tree.units())
        clusters = sorted({unit.cluster for unit in units if unit.cluster})
        self._writer.add(
            Cluster, ({"id": key, "name": f"Cụm thi đua số {key}"} for key in clusters)
        )
        self._writer.add(Unit, (rows.unit_row(unit, HEADCOUNT_DATE) for unit in units))
        self._writer.write()

    def _plan(self) -> None:
        codes = [host.unit.code for host in self._tree.hosts]
        states = schedule.states(self._rng, codes, dict(self._extent.states))
        root = self._tree.root
        national = schedule.national_plan(states[root.code])
        top = self._congress(root, Level.NATIONAL, None, national)
        upper = {}
        for number, host in enumerate(self._tree.hosts, start=101):
            unit = host.unit
            pilot = unit.code in PILOTS
            plan = schedule.upper_plan(self._rng, unit.name, number, states[unit.code], pilot=pilot)
            upper[unit.id] = self._congress(unit, Level.UPPER_BASE, top, plan)
        for host in self._tree.hosts:
            waiting = self._waiting[host.unit.id] = self._late(host)
            for number, unit in enumerate(host.base, start=11):
                plan = schedule.base_plan(self._rng, unit.name, number)
                plan = replace(plan, state="open") if unit in waiting else plan
                self._turnout[unit.id] = gatherings.turnout(self._rng, unit)
                key = self._congress(unit, Level.BASE, upper[host.unit.id], plan)
                if self._extent.everybody:
                    everybody = list(gatherings.attendees(self._crowd, unit))
                    self._congresses.register(key, everybody, _morning_of(plan) or SHARED_AT)
                self._conferences[unit.id] = self._conference(unit, upper[host.unit.id], plan)
        self._writer.write()

    def _late(self, host: Host) -> list[UnitFacts]:
        """The units that have still to elect, the last of the protocol."""
        usual = self._rng.randint(1, 4) if self._plans[host.unit.id].state == "convened" else 0
        number = self._extent.waiting.get(host.unit.code, usual)
        return list(host.base[-number:]) if number else []

    def _conference(
        self, unit: UnitFacts, target_id: int, plan: PlanFacts, hall: tuple[int, int] | None = None
    ) -> Conference:
        """The congress as an election sees it; `hall` are its voters, convened and present."""
        convened, present = hall or (unit.staff, self._turnout[unit.id])
        level = Level.UPPER_BASE if hall else Level.BASE
        starts = _morning_of(plan) or SHARED_AT
        return Conference(
            id=self._ids[unit.id],
            target_id=target_id,
            unit_id=unit.id,
            name=self._name(unit, level),
            at=starts + timedelta(hours=3),
            convened=convened,
            present=present,
            paper="01/BB-HN",
            by_hands=hall is None,
        )

    def _congress(
        self, unit: UnitFacts, level: Level, parent_id: int | None, plan: PlanFacts
    ) -> int:
        key = self._writer.number(Congress)
        self._ids[unit.id], self._plans[unit.id] = key, plan
        turnout = self._turnout.get(unit.id)
        frozen = plan.state != "draft"
        row: Row = {
            "id": key,
            "season_id": self._season_id,
            "unit_id": unit.id,
            "parent_id": parent_id,
            "level": level.value,
            "name": self._name(unit, level),
            "attendance": turnout,
            "attendance_source": "Biên bản hội nghị" if turnout is not None else None,
            "lessons": LESSONS if unit.is_pilot else None,
            "is_demo": True,
            "rulebook_id": self._book.id if frozen else None,
            "rules_adopted_at": ADOPTED_AT if frozen else None,
            "rules_adopted_by": rows.BY if frozen else None,
            "version": 1,
            **rows.plan_row(plan),
        }
        # Left out, not None: a JSON column would keep None as the JSON word null.
        if frozen:
            row |= {"rules": self._book.body, **terms.columns_of(self._rules.levels[level])}
        self._writer.add(Congress, [row])
        self._writer.add(CongressStep, rows.step_rows(key, plan.state, _morning_of(plan)))
        self._writer.add(Pulse, [{"congress_id": key, "counter": 1}])
        self._writer.relieve()
        return key

    def _name(self, unit: UnitFacts, level: Level) -> str:
        return placing.proposed_name(self._rules, level, _place(unit), self._known)

    def _host(self, host: Host) -> list[PlaceFacts]:
        unit = host.unit
        plan, rules = self._plans[unit.id], self._rules.levels[Level.UPPER_BASE]
        cap = rules.cap.limit(unit.code) or 300
        fill = self._extent.fills.get(unit.code) or self._usual_fill(cap, plan.state)
        weights = {one.id: self._turnout[one.id] for one in host.base}
        options = _options(cap, fill, host.headcount)
        seats = {}
        if plan.state != "draft":
            seats = self._congresses.share(
                self._ids[unit.id], host.base, weights, options, SHARED_AT
            )
        filler = HostPlaces(self._rng, self._crowd, host, rules)
        certain = unit.code in self._extent.doors
        late = {one.id for one in self._waiting[unit.id]}
        places = filler.settle(filler.fill(seats, fill, late), plan.state, certain=certain)
        if plan.state != "draft":
            places = self._elected_below(host, seats, places)
        keys = self._congresses.write(self._ids[unit.id], unit, plan, places, Level.UPPER_BASE)
        self._elections.send(keys)
        self._bodies(unit, places, keys)
        self._writer.relieve()
        return places if plan.state != "draft" else []

    def _elected_below(
        self, host: Host, seats: Mapping[int, int], places: Sequence[PlaceFacts]
    ) -> list[PlaceFacts]:
        """Let the base units elect whom they send; the first of the late ones raises its hands."""
        told = list(places)
        for unit in host.base:
            told = self._elections.by_hands(
                self._conferences[unit.id], told, partial(self._crowd.staff, unit)
            )
        for unit in self._waiting[host.unit.id][:-1][:1]:
            people = [self._crowd.staff(unit) for _ in range(seats[unit.id])]
            self._elections.counting(self._conferences[unit.id], people)
        return told

    def _usual_fill(self, cap: int, state: str) -> Fill:
        rng = self._rng
        if state == "draft":
            return Fill(guests=0, officials=rng.randint(60, 90))
        large = cap > 300
        officials = rng.randint(118, 130) if large else rng.randint(98, 108)
        reserve = rng.randint(0, 2) if state == "closed" else rng.randint(2, 5)
        return Fill(rng.randint(20, 24), officials, reserve)

    def _national(self, below: Sequence[tuple[Host, Sequence[PlaceFacts]]]) -> None:
        root, rules = self._tree.root, self._rules.levels[Level.NATIONAL]
        hosts = [host for host, _ in below]
        weights = {h.unit.id: sum(self._turnout[u.id] for u in h.base) for h in hosts}
        cap = rules.cap.limit(root.code) or 500
        seats_wanted = NATIONAL_ELECTED * len(hosts) // 64 or 1
        options = Options(cap=cap, officials=cap - seats_wanted - 4, reserve=4, tie_seed=TIE_SEED)
        seats = self._congresses.share(
            self._ids[root.id], [h.unit for h in hosts], weights, options, SHARED_AT
        )
        filler = NationalPlaces(self._rng, self._crowd, self._tree, rules, below)
        voted = {
            unit_id: number
            for unit_id, number in seats.items()
            if self._plans[unit_id].state in ("closed", "open")
        }
        for host, told in below:
            if host.unit.code in self._extent.preparing:
                number = voted.pop(host.unit.id)
                standing = electors.others(self._rng, told, (), number + _SURPLUS)
                self._elections.preparing(self._hall(host, told), number, standing)
        places = filler.fill(voted, self._extent.national)
        taken = {place.person.id for place in places}
        for host, told in below:
            if host.unit.id in voted:
                besides = electors.others(self._rng, told, taken, _SURPLUS)
                places = self._elections.by_ballot(self._hall(host, told), places, besides)
        keys = self._congresses.write(
            self._ids[root.id], root, self._plans[root.id], places, Level.NATIONAL
        )
        self._elections.send(keys)
        self._bodies(root, places, keys)

    def _bodies(self, unit: UnitFacts, places: Sequence[PlaceFacts], keys: Sequence[int]) -> None:
        plan = self._plans[unit.id]
        if plan.state not in ("open", "closed") and unit is not self._tree.root:
            return
        begun = plan.state in ("open", "closed")
        starts = _morning_of(plan) or SHARED_AT
        writer = BodyWriter(self._writer)
        writer.seat(self._ids[unit.id], places, keys, starts if begun else None)
        if begun and unit.code in self._extent.doors:
            writer.rule(places, keys, starts - timedelta(days=1))

    def _hall(self, host: Host, places: Sequence[PlaceFacts]) -> Conference:
        top = self._ids[self._tree.root.id]
        plan = self._plans[host.unit.id]
        return self._conference(host.unit, top, plan, electors.voters(self._rng, places))


def _morning_of(plan: PlanFacts) -> datetime | None:
    """When the congress starts; None while it has no day."""
    if plan.held_on is None:
        return None
    return clock.from_venue(datetime.combine(plan.held_on, plan.starts_at or schedule.USUAL_START))


def _options(cap: int, fill: Fill, headcount: int) -> Options:
    # A unit cannot elect more people than it has, officials taken out.
    seats = min(cap - fill.guests - fill.officials - fill.reserve, headcount - fill.officials)
    reserve = cap - fill.guests - fill.officials - seats
    return Options(
        cap=cap, officials=fill.officials, guests=fill.guests, reserve=reserve, tie_seed=TIE_SEED
    )


def _place(unit: UnitFacts) -> Place:
    return Place(unit.id, unit.code, unit.name, unit.kind, unit.path)
