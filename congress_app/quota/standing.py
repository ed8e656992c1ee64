"""A version as it stands, adjustments included: its fairness, and seats handed on from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota import fairness
from congress_app.quota.apportionment import Apportionment, Line
from congress_app.quota.kept import kept
from congress_app.quota.options import Options
from congress_app.quota.outcome import fairness_figures, tie_facts
from congress_app.quota.problem import Method, Number, Problem, TieChain, Unit
from congress_app.quota.release import Handing, Release, hand_on


@dataclass(frozen=True)
class Standing:
    """One line as it stands; `weight` as stored ("1240", "12.5", "p/q"), `share` its claim."""

    code: str
    name: str
    weight: str
    seats: int
    share: float = 0.0
    base: int = 0
    ceiling: int | None = None
    lock: int | None = None
    cluster: str | None = None

    @property
    def unit(self) -> Unit:
        """The line as the engine knows it."""
        return Unit(
            code=self.code,
            weight=Fraction(self.weight),
            name=self.name,
            base=self.base,
            ceiling=self.ceiling,
            lock=self.lock,
        )


def exact(weight: str) -> Number:
    """A weight as stored; most are whole, which is read in a tenth of the time."""
    return int(weight) if weight.isdecimal() else Fraction(weight)


def standing_figures(lines: Sequence[Standing]) -> dict[str, Any]:
    """The fairness figures of the lines as they stand."""
    return fairness_figures(_placed(lines))


def representation(lines: Sequence[Standing]) -> dict[str, Fraction | None]:
    """Seats per weight of each unit over those of all (1 is even), by code; None without weight."""
    return fairness.representation([(x.code, exact(x.weight), x.seats) for x in lines])


def _placed(lines: Sequence[Standing]) -> Apportionment:
    problem = Problem(tuple(line.unit for line in lines), sum(line.seats for line in lines))
    placed = tuple(Line(line.unit, Fraction(str(line.share)), line.seats) for line in lines)
    return Apportionment(problem, placed)


def hand_on_from(
    lines: Sequence[Standing], options: Options, freed: Mapping[str, int], handing: Handing
) -> Release:
    """Hand on the seats given back; nobody else loses one. Raises what `hand_on` raises."""
    problem = Problem(
        units=tuple(line.unit for line in lines),
        seats=sum(line.seats for line in lines),
        method=Method(options.method),
        ties=TieChain(seed=options.tie_seed, order=options.tie_order),
    )
    clusters = {line.code: line.cluster for line in lines if line.cluster}
    return hand_on(problem, {line.code: line.seats for line in lines}, freed, clusters, handing)


def release_sentence(line: Standing, after: int, freed: int) -> Sentence:
    """What the hand-over did to one line."""
    figures = {"unit": line.name, "before": number(line.seats), "after": number(after)}
    if freed:
        template = N_("{unit}: trả lại {count} trong {before} suất → {after}")
        return Sentence(template, **figures, count=number(freed))
    if after > line.seats:
        template = N_("{unit}: đang có {before}, nhận thêm {count} suất được trả lại → {after}")
        return Sentence(template, **figures, count=number(after - line.seats))
    return Sentence(N_("{unit}: giữ nguyên {after} suất"), **figures)


def release_outcome(
    lines: Sequence[Standing], release: Release, options: Options
) -> dict[str, Any]:
    """What a hand-over tells beside its lines, in the shape of `outcome.outcome_of`."""
    names = {line.code: line.name for line in lines}
    after = [
        Standing(line.code, line.name, line.weight, release.seats[line.code], line.share, line.base)
        for line in lines
    ]
    return {
        "seats": sum(release.seats.values()),
        "ties": [tie_facts(tie, names, options) for tie in release.ties],
        "warnings": [],
        "fairness": standing_figures(after),
        "paradox": None,
        "others": {},
    }


def release_facts(line: Standing, release: Release, freed: Mapping[str, int]) -> dict[str, Any]:
    """What of the facts of the line is new in the version that hands seats on."""
    after = release.seats[line.code]
    return {
        "explanation": kept(release_sentence(line, after, freed.get(line.code, 0))),
        # The cluster it was handed on by stays with it, so that anybody can repeat it.
        "cluster": line.cluster,
        "binding": None,
        "gain_at": None,
        "lose_at": None,
    }


def sum_difference(total: int, seats: int) -> Sentence:
    """By how much the lines miss the seats, and what to do."""
    template = (
        N_("Các dòng cộng lại {total} suất, thừa {difference} so với {seats}. Hãy giảm bớt.")
        if total > seats
        else N_("Các dòng cộng lại {total} suất, còn thiếu {difference} so với {seats}. Hãy thêm.")
    )
    return Sentence(
        template,
        total=number(total),
        difference=number(abs(total - seats)),
        seats=number(seats),
    )
