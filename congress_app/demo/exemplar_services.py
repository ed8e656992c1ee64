"""Write the register of exemplars: who, awards, stages, and what councils said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from congress_app.demo import exemplars
from congress_app.demo.exemplars import ExemplarMade
from congress_app.demo.people import Crowd
from congress_app.demo.rows import BY, Row
from congress_app.demo.structure import Host, Tree, UnitFacts
from congress_app.demo.writer_services import Writer
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.criteria import PLAN_2021_2025, Finding
from congress_app.exemplars.facts import Kind, judge
from congress_app.exemplars.freezing import frozen
from congress_app.exemplars.lifecycle import Stage, Standing
from congress_app.exemplars.models import Award, Exemplar, ExemplarStep, Nomination
from congress_app.kernel import clock
from congress_app.kernel.vietnamese import fold, name_sort_key, text_sort_key

_COUNCIL = 9
_SHARE_OF_UNITS, _SHARE_OF_TEAMS = 0.12, 0.28
_CONSENT = "Phiếu đồng ý công khai, lưu tại phòng Tổ chức cán bộ"
_STAGES = tuple(Stage)


class ExemplarWriter:
    """Writes exemplars all over the tree; equal sources of chance write equal rows."""

    def __init__(self, writer: Writer, rng: Random, tree: Tree) -> None:
        self._writer, self._rng, self._tree = writer, rng, tree
        self._crowd = Crowd(rng)
        self._known: set[tuple[Kind, int, str]] = set()
        # The units that are exemplars as a whole: what leaders there are tied to.
        self._units: dict[int, tuple[int, Answer]] = {}

    def write(self, wanted: int) -> None:
        """So many exemplars, spread over the units that hold base conferences."""
        places = [(host, unit) for host in self._tree.hosts for unit in host.base]
        while len(self._known) < wanted:
            host, unit = self._rng.choice(places)
            made = self._one(unit)
            facts = made.facts
            key = (facts.kind, facts.unit_id, fold(facts.name))
            if key not in self._known:
                self._known.add(key)
                self._store(host, unit, made)

    def _one(self, unit: UnitFacts) -> ExemplarMade:
        mark = self._rng.random()
        if mark < _SHARE_OF_UNITS:
            return exemplars.a_collective(self._rng, unit)
        if mark < _SHARE_OF_TEAMS:
            name = exemplars.team_name(self._rng, unit)
            return exemplars.a_collective(self._rng, unit, name)
        led, _answer = self._units.get(unit.id, (None, None))
        return exemplars.a_person(self._rng, self._crowd, unit, led)

    def _store(self, host: Host, unit: UnitFacts, made: ExemplarMade) -> None:
        facts, key = made.facts, self._writer.number(Exemplar)
        is_person = facts.kind is Kind.INDIVIDUAL
        found_at = _instant(date(facts.detected_year, self._rng.randint(1, 12), 15))
        public = made.stage is Stage.REPLICATE and bool(facts.story)
        if facts.kind is Kind.COLLECTIVE and facts.name == unit.name:
            self._units[unit.id] = key, self._finding(made).answer
        row: Row = {
            "id": key,
            **facts.columns(),
            "search_key": fold(facts.name)[:250],
            "sort_key": (name_sort_key if is_person else text_sort_key)(facts.name)[:600],
            "stage": made.stage.value,
            "story_consent": _CONSENT if public and is_person else None,
            "is_public": public,
            "created_at": found_at,
            "created_by": BY,
        }
        self._writer.add(Exemplar, [row])
        self._writer.add(Award, _awards(key, made))
        self._writer.add(ExemplarStep, _steps(key, made.stage, found_at))
        if made.stage is not Stage.DETECT or self._rng.random() < 0.4:
            self._nominate(host, made, key)

    def _nominate(self, host: Host, made: ExemplarMade, exemplar_id: int) -> None:
        """For one year, as far as the council of the province has come with it."""
        rng, year = self._rng, self._rng.choice(exemplars.YEARS[1:])
        row: Row = {
            "exemplar_id": exemplar_id,
            "year": year,
            "council_unit_id": host.unit.id,
            "standing": Standing.NOMINATED.value,
            "reason": "Đơn vị đề nghị sau khi bình xét",
            "nominated_at": _instant(date(year, 10, rng.randint(1, 20))),
            "nominated_by": BY,
        }
        if year == exemplars.YEARS[-1] and rng.random() < 0.5:
            self._writer.add(Nomination, [row])
            return
        finding = self._finding(made)
        row |= {
            "standing": Standing.APPRAISED.value,
            "finding": frozen(finding) | {"rules": PLAN_2021_2025.key},
            "appraisal": "Đã đối chiếu hồ sơ với tiêu chuẩn",
        }
        if year < exemplars.YEARS[-1] or rng.random() < 0.5:
            row |= self._decided(finding.answer, year)
        self._writer.add(Nomination, [row])

    def _finding(self, made: ExemplarMade) -> Finding:
        _led, collective = self._units.get(made.facts.unit_id, (None, None))
        led = collective if made.facts.leads_id else None
        return judge(made.facts, made.awards, PLAN_2021_2025, led)

    def _decided(self, answer: Answer, year: int) -> Row:
        chosen = answer is Answer.MET
        against = self._rng.randint(0, 1)
        votes = (_COUNCIL - against, against) if chosen else (against, _COUNCIL - against)
        day = date(year, 11, self._rng.randint(1, 25))
        return {
            "standing": (Standing.SELECTED if chosen else Standing.NOT_SELECTED).value,
            "votes_for": votes[0],
            "votes_against": votes[1],
            "votes_other": 0,
            "minutes_number": f"{self._rng.randint(3, 60)}/BB-HĐTĐKT",
            "minutes_on": day,
            "decided_at": _instant(day),
            "decided_by": BY,
        }


def _instant(day: date) -> datetime:
    return clock.from_venue(datetime.combine(day, time(9, 0)))


def _awards(exemplar_id: int, made: ExemplarMade) -> Sequence[Row]:
    return [
        {
            "exemplar_id": exemplar_id,
            "kind": award.kind,
            "name": award.name,
            "decision_number": award.number,
            "decision_year": award.year,
            "signatory": award.signatory,
        }
        for award in made.awards
    ]


def _steps(exemplar_id: int, stage: Stage, begun: datetime) -> Sequence[Row]:
    """One step after the other up to the stage, a season each."""
    return [
        {
            "exemplar_id": exemplar_id,
            "from_stage": _STAGES[place].value,
            "to_stage": _STAGES[place + 1].value,
            "at": begun + timedelta(days=90 * (place + 1)),
            "by": BY,
        }
        for place in range(_STAGES.index(stage))
    ]
