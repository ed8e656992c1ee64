"""Where weights come from: one source or a mix, each with its coefficient and its name.

A mix adds the sources as they are (people and people-equivalents), as Norway adds 1.8 for
every square kilometre to its population: nothing is scaled behind the organiser's back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number, percent
from congress_app.quota.problem import Number


@dataclass(frozen=True, slots=True)
class WeightSource:
    """One source of weights: values by unit code, multiplied by `coefficient`."""

    label: str
    values: Mapping[str, Number]
    coefficient: Number = 1


def mixed(sources: Sequence[WeightSource], codes: Sequence[str]) -> dict[str, Number]:
    """The weight of every code; a unit a source does not know counts 0 there."""
    weights: dict[str, Number] = {}
    for code in codes:
        whole = sum(
            (Fraction(source.coefficient) * source.values.get(code, 0) for source in sources),
            Fraction(0),
        )
        weights[code] = whole.numerator if whole.denominator == 1 else whole
    return weights


def weight_warnings(weights: Mapping[str, Number], cap: int | None) -> tuple[Sentence, ...]:
    """Say when more than a third of the weights are equal or sit at the cap.

    Then the weights hardly tell units apart, and ties and lots decide instead.
    """
    warnings: list[Sentence] = []
    count = len(weights)
    (value, times), *_ = Counter(weights.values()).most_common(1) or [(0, 0)]
    at_cap = sum(weight >= cap for weight in weights.values()) if cap is not None else 0
    if 3 * at_cap > count:
        warnings.append(
            Sentence(
                "{times} trong {count} đơn vị ({share}) có trọng số bằng mức tối đa {cap}: "
                "trọng số không còn phân biệt được các đơn vị. Hãy chọn nguồn trọng số khác.",
                times=number(at_cap),
                count=number(count),
                share=percent(at_cap, count),
                cap=number(cap or 0),
            )
        )
    elif 3 * times > count and times > 1:
        warnings.append(
            Sentence(
                "{times} trong {count} đơn vị ({share}) có cùng trọng số {value}: "
                "nhiều suất sẽ phải quyết định bằng tiêu chí phụ hoặc bốc thăm. "
                "Hãy xem lại nguồn trọng số.",
                times=number(times),
                count=number(count),
                share=percent(times, count),
                value=number(value),
            )
        )
    return tuple(warnings)
