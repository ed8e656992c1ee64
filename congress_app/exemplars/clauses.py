"""The clauses of the criteria, each answered by itself with the words that say why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from congress_app.exemplars.awards import AwardFacts
from congress_app.kernel.sentences import N_, Sentence


class Answer(StrEnum):
    """Met, not met, or not to be told from what is recorded."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Discipline(IntEnum):
    """Disciplinary measures, the mildest first (Law on cadres and civil servants)."""

    NONE = 0
    REPRIMAND = 1
    WARNING = 2
    SALARY_CUT = 3
    DEMOTION = 4
    REMOVAL = 5
    DISMISSAL = 6


DISCIPLINE_LABELS: dict[int, str] = {
    Discipline.NONE: N_("không có"),
    Discipline.REPRIMAND: N_("khiển trách"),
    Discipline.WARNING: N_("cảnh cáo"),
    Discipline.SALARY_CUT: N_("hạ bậc lương"),
    Discipline.DEMOTION: N_("giáng chức"),
    Discipline.REMOVAL: N_("cách chức"),
    Discipline.DISMISSAL: N_("buộc thôi việc"),
}


@dataclass(frozen=True)
class Clause:
    """One clause answered, with the words that say why."""

    code: str
    answer: Answer
    reason: Sentence


_TOLD: dict[str, tuple[str, str, str]] = {
    "conduct": (
        N_("Chấp hành tốt chủ trương, pháp luật; học tập và làm theo Bác."),
        N_("Chưa gương mẫu chấp hành chủ trương, pháp luật hoặc học tập và làm theo Bác."),
        N_("Chưa ghi nhận xét về chấp hành chủ trương, pháp luật."),
    ),
    "exceeds_targets": (
        N_("Liên tục hoàn thành vượt mức chỉ tiêu, kế hoạch hằng năm."),
        N_("Không hoàn thành vượt mức chỉ tiêu liên tục các năm."),
        N_("Chưa ghi mức hoàn thành chỉ tiêu, kế hoạch hằng năm."),
    ),
    "runs_movements": (
        N_("Tổ chức các phong trào thi đua thiết thực, hiệu quả."),
        N_("Chưa tổ chức phong trào thi đua thiết thực, hiệu quả."),
        N_("Chưa ghi kết quả tổ chức phong trào thi đua."),
    ),
    "has_solution": (
        N_("Có giải pháp, sáng kiến, cách làm hay hoặc mô hình mới."),
        N_("Chưa có giải pháp, sáng kiến, cách làm hay hoặc mô hình mới."),
        N_("Chưa ghi giải pháp, sáng kiến hoặc mô hình."),
    ),
    "initiatives": (
        N_("Có sáng kiến, giải pháp được công nhận."),
        N_("Chưa có sáng kiến, giải pháp được công nhận."),
        N_("Chưa ghi sáng kiến, giải pháp được công nhận."),
    ),
    "takes_part": (
        N_("Tích cực tham gia công tác đoàn thể hoặc đạt giải."),
        N_("Chưa tích cực tham gia công tác đoàn thể và chưa đạt giải."),
        N_("Chưa ghi việc tham gia công tác đoàn thể hoặc giải thưởng."),
    ),
}


def told(code: str, value: bool | None) -> Clause:
    """A clause that is recorded as it is: yes, no, or not said."""
    met, not_met, unknown = _TOLD[code]
    if value is None:
        return Clause(code, Answer.UNKNOWN, Sentence(unknown))
    return Clause(
        code, Answer.MET if value else Answer.NOT_MET, Sentence(met if value else not_met)
    )


def discipline(heaviest: Discipline | None, barring: Discipline) -> Clause:
    """No measure from `barring` upward against anybody of the collective."""
    if heaviest is None:
        return Clause(
            "discipline", Answer.UNKNOWN, Sentence(N_("Chưa ghi tình hình kỷ luật của tập thể."))
        )
    measure = Sentence(DISCIPLINE_LABELS[heaviest])
    bar = Sentence(DISCIPLINE_LABELS[barring])
    if heaviest >= barring:
        reason = Sentence(
            N_("Có người bị kỷ luật {measure}, từ mức {bar} trở lên."), measure=measure, bar=bar
        )
        return Clause("discipline", Answer.NOT_MET, reason)
    reason = Sentence(N_("Không có người bị kỷ luật từ mức {bar} trở lên."), bar=bar)
    return Clause("discipline", Answer.MET, reason)


def excellent_years(ratings: Mapping[int, bool], wanted: int, window: tuple[int, int]) -> Clause:
    """So many years in a row within the window, each rated excellent."""
    first, last = window
    figures = {"wanted": wanted, "first": first, "last": last}
    longest, run_start = _longest_run([y for y in range(first, last + 1) if ratings.get(y)])
    if longest >= wanted:
        reason = Sentence(
            N_("Hoàn thành xuất sắc nhiệm vụ {years} năm liên tục ({start}–{end})."),
            years=longest,
            start=run_start,
            end=run_start + longest - 1,
        )
        return Clause("excellent_years", Answer.MET, reason)
    possible = [y for y in range(first, last + 1) if ratings.get(y, True)]
    if _longest_run(possible)[0] >= wanted:
        unknown = [str(y) for y in range(first, last + 1) if y not in ratings]
        reason = Sentence(
            N_("Chưa ghi xếp loại năm {years} nên chưa rõ có {wanted} năm xuất sắc liên tục."),
            years=", ".join(unknown),
            wanted=wanted,
        )
        return Clause("excellent_years", Answer.UNKNOWN, reason)
    reason = Sentence(
        N_("Không có {wanted} năm liên tục hoàn thành xuất sắc nhiệm vụ trong {first}–{last}."),
        **figures,
    )
    return Clause("excellent_years", Answer.NOT_MET, reason)


def _longest_run(years: Sequence[int]) -> tuple[int, int]:
    """Length and first year of the longest run of consecutive years; (0, 0) of none."""
    best, start, length = (0, 0), 0, 0
    for year in years:
        start, length = (start, length + 1) if length and year == start + length else (year, 1)
        best = max(best, (length, start), key=lambda run: run[0])
    return best


def leader(is_leader: bool | None, collective: Answer | None) -> Clause:
    """A leader leads a collective that meets the criteria itself; None: none is recorded."""
    if is_leader is None:
        reason = Sentence(N_("Chưa ghi có giữ chức vụ lãnh đạo, quản lý hay không."))
        return Clause("leader", Answer.UNKNOWN, reason)
    if not is_leader:
        reason = Sentence(N_("Không giữ chức vụ lãnh đạo, quản lý."))
        return Clause("leader", Answer.MET, reason)
    if collective is Answer.MET:
        reason = Sentence(N_("Tập thể do người này lãnh đạo đạt tiêu chuẩn."))
        return Clause("leader", Answer.MET, reason)
    if collective is Answer.NOT_MET:
        reason = Sentence(N_("Tập thể do người này lãnh đạo không đạt tiêu chuẩn."))
        return Clause("leader", Answer.NOT_MET, reason)
    if collective is None:
        reason = Sentence(
            N_("Chưa ghi tập thể do người này lãnh đạo; chọn trong danh sách điển hình.")
        )
        return Clause("leader", Answer.UNKNOWN, reason)
    reason = Sentence(
        N_("Tập thể do người này lãnh đạo còn thiếu dữ liệu nên chưa rõ có đạt tiêu chuẩn không.")
    )
    return Clause("leader", Answer.UNKNOWN, reason)


def award(awards: Sequence[AwardFacts], listed: Sequence[str], window: tuple[int, int]) -> Clause:
    """One of the listed awards, decided within the window (both years included)."""
    first, last = window
    years = {"first": first, "last": last}
    ours = [award for award in awards if award.kind in listed]
    for award in ours:
        if award.year is not None and first <= award.year <= last:
            reason = Sentence(
                N_("Được tặng “{award}” theo quyết định năm {year}."),
                award=award.name,
                year=award.year,
            )
            return Clause("award", Answer.MET, reason)
    undated = next((award for award in ours if award.year is None), None)
    if undated is not None:
        reason = Sentence(
            N_("“{award}”: chưa ghi năm quyết định (cần {first}–{last})."),
            award=undated.name,
            **years,
        )
        return Clause("award", Answer.UNKNOWN, reason)
    if ours:
        reason = Sentence(
            N_("“{award}”: quyết định năm {year} nằm ngoài {first}–{last}."),
            award=ours[0].name,
            year=ours[0].year,
            **years,
        )
        return Clause("award", Answer.NOT_MET, reason)
    reason = Sentence(
        N_("Không có danh hiệu, khen thưởng nào thuộc tiêu chuẩn trong {first}–{last}."), **years
    )
    return Clause("award", Answer.NOT_MET, reason)
