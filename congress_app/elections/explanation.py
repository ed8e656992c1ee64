"""One line for each thing a result says: the base, every candidate, ties, empty seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from congress_app.elections.count import (
    Base,
    CandidateVotes,
    Count,
    Mode,
    Outcome,
    Ranked,
    TieRule,
)
from congress_app.elections.naming import Label
from congress_app.elections.shares import percent_text
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

# What is counted for a candidate: ballots, or hands.
VOTE_WORDS: dict[str, str] = {
    Mode.SECRET: N_("phiếu"),
    Mode.SHOW_OF_HANDS: N_("lượt tán thành"),
}
_VOTERS = N_("số người biểu quyết")
_BASES: dict[str, str] = {
    Base.ISSUED: N_("số phiếu phát ra"),
    Base.COLLECTED: N_("số phiếu thu về"),
    Base.VALID: N_("số phiếu hợp lệ"),
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A tie that ended, wholly or in part: who was tied, who won, by which rule."""

    tied: tuple[CandidateVotes, ...]
    seats: int
    won: tuple[CandidateVotes, ...]
    by: TieRule


def explain(count: Count, outcome: Outcome, decided: Decided | None) -> Outcome:
    """The outcome with its lines."""
    shown = {line.id: line.label for line in outcome.ranking}
    lines = [_base(count)]
    lines += [_candidate(line, count, outcome) for line in outcome.ranking]
    if decided is not None:
        lines.append(_decided(decided, shown, count))
    if outcome.tied is not None:
        lines.append(_tied(count, outcome.tied.codes, outcome.tied.seats, shown))
    if outcome.vacant:
        lines.append(_vacant(count, outcome))
    return replace(outcome, explanation=tuple(lines))


def _base(count: Count) -> Sentence:
    if not count.needs_majority:
        return Sentence(
            "Bầu lại giữa những người bằng phiếu: ai nhiều {votes} hơn thì trúng cử, "
            "không cần quá nửa.",
            votes=_votes(count),
        )
    return Sentence(
        "{figure}. Quá nửa của {base} là từ {threshold} {votes} trở lên.",
        figure=_figure(count),
        base=number(count.base_figure),
        threshold=number(count.threshold),
        votes=_votes(count),
    )


def _figure(count: Count) -> Sentence:
    if count.base is not Base.CONVENED:
        hands = count.mode is Mode.SHOW_OF_HANDS
        return Sentence(
            "Tính trên {what}: {base}",
            what=Sentence(_VOTERS if hands else _BASES[count.base]),
            base=number(count.base_figure),
        )
    absent = count.absent_throughout - count.absent_replaced
    if not absent:
        return Sentence(
            "Tính trên số đại biểu được triệu tập: {base}", base=number(count.base_figure)
        )
    return Sentence(
        "Tính trên số đại biểu được triệu tập: {convened}, trừ {absent} người vắng suốt "
        "không có người thay, còn {base}",
        convened=number(count.convened),
        absent=number(absent),
        base=number(count.base_figure),
    )


def _candidate(line: Ranked, count: Count, outcome: Outcome) -> Sentence:
    return Sentence(
        "{name}: {votes}/{base} {word} ({percent}), thứ {rank}: {end}.",
        name=line.label,
        votes=number(line.votes),
        base=number(count.base_figure),
        word=_votes(count),
        percent=percent_text(line.votes, count.base_figure),
        rank=number(line.rank),
        end=_end(line, count, outcome),
    )


def _end(line: Ranked, count: Count, outcome: Outcome) -> Sentence:
    if line.elected:
        return Sentence(N_("trúng cử"))
    if outcome.tied is not None and line.id in outcome.tied.codes:
        return Sentence(N_("bằng phiếu ở suất cuối, chưa phân định"))
    if line.votes < count.threshold:
        if not count.needs_majority:
            return Sentence(N_("không trúng cử vì không có phiếu"))
        return Sentence(
            "không trúng cử vì chưa được {threshold}", threshold=number(count.threshold)
        )
    if not count.needs_majority:
        return Sentence(N_("không trúng cử"))
    return Sentence(N_("quá nửa nhưng không trúng cử vì đã hết suất"))


def _decided(decided: Decided, shown: Mapping[str, Label], count: Count) -> Sentence:
    figures: dict[str, object] = {
        "names": _together(shown[one.id] for one in decided.tied),
        "votes": number(decided.tied[0].votes),
        "word": _votes(count),
        "seats": number(decided.seats),
    }
    if decided.by is TieRule.CONGRESS_DECIDES:
        return Sentence(
            "{names} cùng được {votes} {word}, còn {seats} suất; đại hội quyết định: "
            "{won} trúng cử.",
            **figures,
            won=_together(shown[one.id] for one in decided.won),
        )
    if not decided.won:
        return Sentence(
            "{names} cùng được {votes} {word}, còn {seats} suất; ngày sinh đã biết không cho "
            "thấy ai nhiều tuổi hơn.",
            **figures,
        )
    return Sentence(
        "{names} cùng được {votes} {word}, còn {seats} suất; người nhiều tuổi hơn trúng cử: {won}.",
        **figures,
        won=_together(_with_birth(one, shown) for one in decided.won),
    )


def _tied(count: Count, codes: Sequence[str], seats: int, shown: Mapping[str, Label]) -> Sentence:
    votes = {one.id: one.votes for one in count.candidates}
    return Sentence(
        "{names} cùng được {votes} {word}, còn {seats} suất. {what}",
        names=_together(shown[code] for code in codes),
        votes=number(votes[codes[0]]),
        word=_votes(count),
        seats=number(seats),
        what=_what_to_do(count),
    )


def _what_to_do(count: Count) -> Sentence:
    if count.tie_rule is TieRule.OLDER:
        return Sentence(
            N_("Hãy bổ sung ngày sinh, hoặc để đại hội quyết định bầu lại hay chọn người.")
        )
    if count.tie_rule is TieRule.CONGRESS_DECIDES or count.revote is not None:
        return Sentence(N_("Đại hội quyết định ai trúng cử hoặc có bầu lại hay không."))
    return Sentence(N_("Bầu lại giữa đúng những người này."))


def _vacant(count: Count, outcome: Outcome) -> Sentence:
    figures = {"seats": number(count.seats), "vacant": number(outcome.vacant)}
    if len(count.candidates) < count.seats and len(outcome.elected) == len(count.candidates):
        return Sentence(
            "Còn thiếu {vacant}/{seats} suất vì danh sách không đủ người. Đại hội quyết định có "
            "bầu thêm hay không.",
            **figures,
        )
    if not count.needs_majority:
        return Sentence(
            "Còn thiếu {vacant}/{seats} suất. Đại hội quyết định có bầu thêm hay không.", **figures
        )
    return Sentence(
        "Còn thiếu {vacant}/{seats} suất vì không đủ người quá nửa. Đại hội quyết định có bầu "
        "thêm hay không.",
        **figures,
    )


def _votes(count: Count) -> Sentence:
    return Sentence(VOTE_WORDS[count.mode])


def _with_birth(one: CandidateVotes, shown: Mapping[str, Label]) -> Label:
    label = shown[one.id]
    if one.birth is None or str(one.birth.year) in str(label):
        return label
    return Sentence("{name} (sinh {born})", name=label, born=str(one.birth))


def _together(names: Iterable[Label]) -> Label:
    """ "A, B, C", each still translatable."""
    joined: Label = ""
    for name in names:
        joined = Sentence("{first}, {next}", first=joined, next=name) if joined else name
    return joined
