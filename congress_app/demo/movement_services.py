"""Write movements and what the units reported of them."""

from __future__ import annotations

from datetime import datetime, time
from random import Random

from congress_app.demo import movements
from congress_app.demo.rows import BY
from congress_app.demo.structure import Tree, UnitFacts
from congress_app.demo.writer_services import Writer
from congress_app.exemplars.movement_facts import MovementEntry
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.exemplars.movements import MovementFacts, quarters, reporting
from congress_app.kernel import clock


class MovementWriter:
    """Writes the movements of the sector and of one province."""

    def __init__(self, writer: Writer, rng: Random, tree: Tree) -> None:
        self._writer, self._rng, self._tree = writer, rng, tree
        self._units = sorted(tree.units(), key=lambda unit: unit.id)

    def write(self, shown: str) -> None:
        """The movements; `shown` is the code of the province that has one of its own."""
        for entry in movements.OF_THE_SECTOR:
            self._launch(entry, self._tree.root)
        for host in self._tree.hosts:
            if host.unit.code == shown:
                self._launch(movements.OF_A_PROVINCE, host.unit)

    def _launch(self, entry: MovementEntry, unit: UnitFacts) -> None:
        key = self._writer.number(Movement)
        row = {"id": key, "unit_id": unit.id, **entry.columns(), "version": 1}
        self._writer.add(Movement, [row])
        facts = MovementFacts(
            key,
            unit.path,
            entry.starts_on,
            entry.ends_on,
            reporters=entry.reporters,
            report_days=entry.report_days,
        )
        for quarter in quarters(facts):
            for place in reporting(facts, self._units):
                made = movements.a_report(self._rng, facts, quarter)
                if made is None:
                    continue
                self._writer.add(
                    MovementResult,
                    [
                        {
                            "movement_id": key,
                            "unit_id": place.id,
                            "year": quarter.year,
                            "quarter": quarter.number,
                            "reached": made.reached,
                            "text": made.text,
                            "reported_at": clock.from_venue(datetime.combine(made.on, time(15))),
                            "reported_by": BY,
                            "version": 1,
                        }
                    ],
                )
