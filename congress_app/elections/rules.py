"""The rules of one election as one value, frozen when ballots are issued or hands called for.

No rule for emulation congresses is published: organisers borrow from the party's election
regulations, the law on elections or a union's practice, and each basis elects different
people. So the rule is chosen, written on every paper and never changed under way. JSON is
its stored form: `from_json(to_json(rules)) == rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from congress_app.elections.count import BASE_LABELS, TIE_LABELS, Base, Mode, TieRule
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number


class Form(StrEnum):
    """How the congress votes."""

    SECRET = "secret"  # noqa: S105
    HANDS_LIST = "hands_list"
    HANDS_EACH = "hands_each"


class Marking(StrEnum):
    """How a ballot is filled in."""

    STRIKE_OUT = "strike_out"
    COLUMNS = "columns"


FORM_LABELS: dict[str, str] = {
    Form.SECRET: N_("Bỏ phiếu kín"),
    Form.HANDS_LIST: N_("Biểu quyết giơ tay cả danh sách"),
    Form.HANDS_EACH: N_("Biểu quyết giơ tay từng người"),
}
MARKING_LABELS: dict[str, str] = {
    Marking.STRIKE_OUT: N_("Gạch cả họ và tên người không bầu"),
    Marking.COLUMNS: N_("Đánh dấu X vào cột đồng ý hoặc không đồng ý"),
}


@dataclass(frozen=True, slots=True)
class InvalidReason:
    """Why a ballot does not count, with its code on the count sheet."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one election.

    `rounds` is how many the committee holds before the congress is asked whether to go on.
    `surplus_percent` None: no limit is looked at. `columns_without_surplus`: where as many
    stand as there are seats, the ballot has columns instead of names to strike out.
    `preset` is the key of the preset it came from, and `source` that preset's in words.
    """

    preset: str
    source: str
    form: Form
    base: Base
    tie_rule: TieRule
    invalid_reasons: tuple[InvalidReason, ...]
    rounds: int = 2
    surplus_percent: int | None = 30
    columns_without_surplus: bool = True

    @property
    def mode(self) -> Mode:
        """The word of the counting file."""
        return Mode.SECRET if self.form is Form.SECRET else Mode.SHOW_OF_HANDS

    def marking(self, candidates: int, seats: int) -> Marking:
        """How a ballot with so many names for so many seats is filled in."""
        if self.columns_without_surplus and candidates <= seats:
            return Marking.COLUMNS
        return Marking.STRIKE_OUT


_FOREIGN = InvalidReason("not_issued", N_("Không theo mẫu hoặc không do ban kiểm phiếu phát"))
_TOO_MANY = InvalidReason("too_many", N_("Bầu nhiều hơn số lượng cần bầu"))
_NOBODY = InvalidReason("nobody", N_("Không bầu ai"))
_ADDED = InvalidReason("added_name", N_("Ghi thêm tên ngoài danh sách"))
_SIGNED = InvalidReason("marked", N_("Ký tên, đánh dấu hoặc viết thêm"))
_BOTH = InvalidReason(
    "both_boxes", N_("Danh sách một người: đánh dấu cả hai cột hoặc không đánh dấu cột nào")
)
_NO_STAMP = InvalidReason("no_stamp", N_("Không có dấu quy định"))

PRESETS: tuple[Rules, ...] = (
    Rules(
        preset="convened",
        source=N_("Quy chế bầu cử trong Đảng, Quyết định 190-QĐ/TW ngày 10/10/2024"),
        form=Form.SECRET,
        base=Base.CONVENED,
        tie_rule=TieRule.REVOTE,
        invalid_reasons=(_FOREIGN, _TOO_MANY, _NOBODY, _ADDED, _SIGNED, _BOTH),
    ),
    Rules(
        preset="valid",
        source=N_("Luật Bầu cử năm 2015, Điều 78; Thông tư 01/2021/TT-BNV"),
        form=Form.SECRET,
        base=Base.VALID,
        tie_rule=TieRule.OLDER,
        invalid_reasons=(_FOREIGN, _NO_STAMP, _TOO_MANY, _NOBODY, _ADDED),
        surplus_percent=None,
        columns_without_surplus=False,
    ),
    Rules(
        preset="issued",
        source=N_("Quy chế bầu cử do đại hội thông qua, tính trên số phiếu phát ra"),
        form=Form.SECRET,
        base=Base.ISSUED,
        tie_rule=TieRule.REVOTE,
        invalid_reasons=(_FOREIGN, _TOO_MANY, _NOBODY, _ADDED, _SIGNED, _BOTH),
    ),
)
PRESET_LABELS: dict[str, str] = {
    "convened": N_("Quá nửa số đại biểu được triệu tập"),
    "valid": N_("Quá nửa số phiếu hợp lệ"),
    "issued": N_("Quá nửa số phiếu phát ra"),
}


def preset(key: str) -> Rules:
    """One of `PRESETS` by its key; KeyError for another."""
    return {rules.preset: rules for rules in PRESETS}[key]


def initial(election_form: str) -> Rules:
    """What an election starts with; `election_form` is the rulebook's for the level.

    More than half of those convened; a show of hands starts with the whole list.
    """
    form = Form.HANDS_LIST if election_form == Mode.SHOW_OF_HANDS else Form.SECRET
    return replace(PRESETS[0], form=form)


def to_json(rules: Rules) -> dict[str, Any]:
    """The rules as plain JSON values."""
    return asdict(rules) | {
        "form": rules.form.value,
        "base": rules.base.value,
        "tie_rule": rules.tie_rule.value,
        "invalid_reasons": [asdict(reason) for reason in rules.invalid_reasons],
    }


def from_json(body: Mapping[str, Any]) -> Rules:
    """Read what `to_json` wrote."""
    return Rules(
        **{
            **body,
            "form": Form(body["form"]),
            "base": Base(body["base"]),
            "tie_rule": TieRule(body["tie_rule"]),
            "invalid_reasons": tuple(InvalidReason(**one) for one in body["invalid_reasons"]),
        }
    )


def printed(rules: Rules) -> Sentence:
    """The rule as it stands on ballots, sheets, minutes and results."""
    return Sentence(
        "{form}. Trúng cử: được quá nửa {base}; nhiều phiếu hơn được trước. Bằng phiếu ở suất "
        "cuối: {tie}. Bầu tối đa {rounds} lượt, sau đó đại hội quyết định có bầu tiếp hay không. "
        "Căn cứ: {source}.",
        form=Sentence(FORM_LABELS[rules.form]),
        base=_base(rules),
        tie=Sentence(TIE_LABELS[rules.tie_rule]),
        rounds=number(rules.rounds),
        source=Sentence(rules.source),
    )


def _base(rules: Rules) -> Sentence:
    if rules.form is not Form.SECRET and rules.base is not Base.CONVENED:
        return Sentence(N_("số người biểu quyết"))
    return Sentence(BASE_LABELS[rules.base])
