"""One sentence for each unit: how its number came about and how near the next one is.

"Hà Nội: 1.240 đại biểu ÷ 62 = 20,0 → 20; thêm 31 người sẽ được 21". Figures are shown with
as many decimals as it takes to see the rounding; what decides is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota.apportionment import Apportionment, Binding, Line, Workings
from congress_app.quota.divisors import RULES
from congress_app.quota.intervals import DivisorInterval
from congress_app.quota.listing import listed
from congress_app.quota.problem import Method, Number, StepRule
from congress_app.quota.sensitivity import Margin
from congress_app.quota.steps import steps_of
from congress_app.quota.ties import Tie

DELEGATES = N_("đại biểu")
PEOPLE = N_("người")

# Most decimals shown to make a rounding visible.
_FINEST = 8

ROUNDINGS: dict[Method, str] = {
    Method.WEBSTER: N_("làm tròn đến số gần nhất"),
    Method.JEFFERSON: N_("làm tròn xuống"),
    Method.ADAMS: N_("làm tròn lên"),
    Method.DEAN: N_("làm tròn theo trung bình điều hòa"),
    Method.HUNTINGTON_HILL: N_("làm tròn theo trung bình nhân"),
    Method.MODIFIED_SAINTE_LAGUE: N_("làm tròn đến số gần nhất, suất đầu cần từ 0,7"),
}

TIE_LINKS: dict[str, str] = {
    "keys": N_("tiêu chí ưu tiên của ban tổ chức"),
    "weight": N_("trọng số lớn hơn"),
    "lot": N_("bốc thăm công khai theo chuỗi đã công bố"),
    "order": N_("thứ tự bốc thăm đã nhập"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the weights count: "1.240 đại biểu", "thêm 31 người"."""

    noun: Sentence | str = DELEGATES
    more: Sentence | str = PEOPLE


def explain(
    result: Apportionment, margins: Mapping[str, Margin], words: Words | None = None
) -> dict[str, Sentence]:
    """A sentence for every unit of a division, by code; `margins` from `sensitivity`."""
    words = words or Words()
    places = _places(result)
    in_tie = {code: tie for tie in result.ties for code in tie.codes}
    said: dict[str, Sentence] = {}
    for place, line in enumerate(result.lines):
        main = _main(result, line, places.get(place), words)
        if line.code in in_tie:
            main = Sentence("{main}; {tie}", main=main, tie=_tie_part(in_tie[line.code], line))
        said[line.code] = _with_margin(main, line, margins.get(line.code, Margin()), words)
    return said


def explain_tie(tie: Tie, names: Mapping[str, str]) -> Sentence:
    """Who tied, for how many seats, and what decided."""
    return Sentence(
        "{units} ngang nhau hoàn toàn khi còn {seats} suất; "
        "{winners} được, quyết định bằng {link}.",
        units=listed(names.get(code) or code for code in tie.codes),
        seats=number(tie.seats),
        winners=listed(names.get(code) or code for code in tie.codes[: tie.seats]),
        link=Sentence(TIE_LINKS[tie.decided_by]),
    )


def shown_weight(weight: Number) -> str:
    """A weight for people: whole, with its decimals, or with two when it has no end."""
    if weight.denominator == 1:
        return number(int(weight))
    for places in range(1, 7):
        if 10**places % weight.denominator == 0:
            return number(weight, places)
    return number(weight, 2)


def _places(result: Apportionment) -> dict[int, int]:
    if result.workings is None:
        return {}
    return {place: at for at, place in enumerate(result.workings.field.places)}


def _main(result: Apportionment, line: Line, at: int | None, words: Words) -> Sentence:
    unit, problem = line.unit, result.problem
    if line.binding is Binding.LOCK:
        return Sentence("{unit}: khóa ở {seats} suất", unit=unit.label, seats=number(line.seats))
    if problem.method is Method.BASE_STEP and problem.step is not None:
        return _by_steps(problem.step, line, words)
    workings = result.workings
    if at is None or workings is None:
        return Sentence(
            "{unit}: trọng số 0, nhận đúng mức sàn {seats} suất",
            unit=unit.label,
            seats=number(line.seats),
        )
    if problem.method in RULES:
        return _by_divisor(problem.method, result.divisor, line, words)
    return _by_remainder(workings, line, at, words)


def _by_divisor(
    method: Method, divisor: DivisorInterval | None, line: Line, words: Words
) -> Sentence:
    part = line.seats - line.unit.fixed
    figures: dict[str, object] = {
        "unit": line.unit.label,
        "weight": shown_weight(line.unit.weight),
        "noun": _phrase(words.noun),
    }
    if divisor is None:
        return Sentence(
            "{unit}: {weight} {noun}; sàn, trần và thứ tự trọng số quyết định → {seats}",
            **figures,
            seats=_total(line, part),
        )
    figures |= {
        "divisor": shown_weight(divisor.chosen),
        "quotient": _quotient(method, divisor, line, part),
        "seats": _outcome(line, part),
    }
    if method is Method.WEBSTER:
        return Sentence("{unit}: {weight} {noun} ÷ {divisor} = {quotient} → {seats}", **figures)
    return Sentence(
        "{unit}: {weight} {noun} ÷ {divisor} = {quotient}, {rounding} → {seats}",
        **figures,
        rounding=Sentence(ROUNDINGS[method]),
    )


def _quotient(method: Method, divisor: DivisorInterval, line: Line, part: int) -> str:
    # As few decimals as keep the shown figure on the right side of both signposts.
    exact = Fraction(line.unit.weight) / divisor.chosen
    if line.binding is not None:
        return number(exact, 1)
    rule = RULES[method]
    ends = [Fraction(*rule.signpost(seat)) if seat else Fraction(-1) for seat in (part, part + 1)]
    for places in range(1, _FINEST):
        tried = Fraction(round(exact * 10**places), 10**places) ** rule.power
        if ends[0] < tried < ends[1] or tried == exact**rule.power:
            return number(exact, places)
    return number(exact, _FINEST)


def _by_remainder(workings: Workings, line: Line, at: int, words: Words) -> Sentence:
    field, shares = workings.field, workings.shares
    part = line.seats - line.unit.fixed
    figures: dict[str, object] = {
        "unit": line.unit.label,
        "weight": shown_weight(line.unit.weight),
        "noun": _phrase(words.noun),
        "seats": _outcome(line, part),
    }
    if shares is None:
        return Sentence("{unit}: {weight} {noun} → {seats}", **figures)
    share = Fraction(field.weights[at] * shares.above, shares.below)
    rest = share - int(share)
    if line.binding is not None or not int(share) <= part <= int(share) + 1:
        return Sentence(
            "{unit}: {weight} {noun}, phần được chia {share} → {seats}",
            **figures,
            share=number(share, 2),
        )
    figures |= {
        "pool": number(shares.above),
        "whole": shown_weight(Fraction(shares.below, field.grid)),
        "share": number(share, _decimals(rest)),
        "rest": number(rest, _decimals(rest)),
    }
    if part > share:
        return Sentence(
            "{unit}: {weight} {noun} × {pool} suất ÷ {whole} = {share}, "
            "số dư {rest} được thêm một suất → {seats}",
            **figures,
        )
    return Sentence(
        "{unit}: {weight} {noun} × {pool} suất ÷ {whole} = {share}, "
        "số dư {rest} không được thêm suất → {seats}",
        **figures,
    )


def _decimals(rest: Fraction) -> int:
    return 2 if rest == 0 or Fraction(1, 200) < rest < Fraction(199, 200) else 5


def _by_steps(rule: StepRule, line: Line, words: Words) -> Sentence:
    full, rest, more = steps_of(rule, line.unit.weight)
    figures: dict[str, object] = {
        "unit": line.unit.label,
        "base": number(line.unit.fixed),
        "weight": shown_weight(line.unit.weight),
        "noun": _phrase(words.noun),
        "step": shown_weight(rule.step),
        "full": number(full),
        "rest": shown_weight(rest),
        "limit": shown_weight(rule.limit),
        "seats": _bounded(line, number(line.seats)),
    }
    if more:
        return Sentence(
            "{unit}: {base} suất cố định; {weight} {noun} ÷ {step} = {full}, "
            "dư {rest} (từ {limit} trở lên) thêm 1 → {seats}",
            **figures,
        )
    return Sentence(
        "{unit}: {base} suất cố định; {weight} {noun} ÷ {step} = {full}, "
        "dư {rest} (chưa đến {limit}) → {seats}",
        **figures,
    )


def _outcome(line: Line, part: int) -> Sentence | str:
    return _bounded(line, _total(line, part))


def _total(line: Line, part: int) -> Sentence | str:
    if not line.unit.fixed:
        return number(line.seats)
    return Sentence(
        "{part}, cộng {base} suất cố định thành {seats}",
        part=number(part),
        base=number(line.unit.fixed),
        seats=number(line.seats),
    )


def _bounded(line: Line, seats: Sentence | str) -> Sentence | str:
    if line.binding is Binding.FLOOR:
        return Sentence("nâng lên mức sàn: {seats}", seats=seats)
    if line.binding is Binding.CEILING:
        return Sentence("dừng ở mức trần: {seats}", seats=seats)
    return seats


def _tie_part(tie: Tie, line: Line) -> Sentence:
    won = line.code in tie.codes[: tie.seats]
    figures: dict[str, object] = {
        "count": number(len(tie.codes)),
        "seats": number(tie.seats),
        "link": Sentence(TIE_LINKS[tie.decided_by]),
    }
    if won:
        return Sentence("{count} đơn vị ngang nhau cho {seats} suất, được nhờ {link}", **figures)
    return Sentence("{count} đơn vị ngang nhau cho {seats} suất, không được do {link}", **figures)


def _with_margin(main: Sentence, line: Line, margin: Margin, words: Words) -> Sentence:
    if margin.gain_at is None:
        return main
    return Sentence(
        "{main}; thêm {gap} {more} sẽ được {next}",
        main=main,
        gap=shown_weight(margin.gain_at - line.unit.weight),
        more=_phrase(words.more),
        next=number(line.seats + 1),
    )


def _phrase(words: Sentence | str) -> Sentence:
    return words if isinstance(words, Sentence) else Sentence(words)
