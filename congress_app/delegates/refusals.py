"""Why something is refused, in words that say what to do instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.delegates.book import Held, Problem
from congress_app.delegates.credentials import STATE_LABELS
from congress_app.delegates.headings import FIELDS
from congress_app.delegates.privacy import SENSITIVE
from congress_app.delegates.registration import SEX_LABELS, PersonFacts
from congress_app.kernel.errors import Conflict, Detail, Forbidden, RuleViolation
from congress_app.kernel.sentences import N_, Sentence

_HEADERS = {field.key: field.header for field in FIELDS} | {
    "unit_id": N_("Đơn vị"),
    "organisation": N_("Cơ quan"),
}


def closed() -> RuleViolation:
    """The congress is over."""
    return RuleViolation(
        "congress_closed",
        Sentence(N_("Hội nghị đã bế mạc nên danh sách đại biểu không thay đổi được nữa.")),
    )


def room(problems: Sequence[Problem]) -> RuleViolation:
    """A cap or quota would be exceeded; further ones are told as details."""
    first, *others = problems
    return RuleViolation(first.code, first.sentence, [problem.sentence for problem in others])


def may_not_except() -> Forbidden:
    """The actor may not exceed caps."""
    return Forbidden(
        "may_not_except",
        Sentence(
            N_(
                "Tài khoản của bạn không được ghi ngoại lệ vượt số lượng. "
                "Hãy đề nghị Ban tổ chức ghi."
            )
        ),
    )


def doubtful(problem: Problem) -> Conflict:
    """A stored person may be meant; details name those to choose from."""
    details: list[Detail] = [
        {"person_id": candidate.person_id, "message": candidate.sentence}
        for candidate in problem.candidates
    ]
    return Conflict(problem.code, problem.sentence, details)


def already_delegate(name: str, held: Held) -> Conflict:
    """The person has a place here already, maybe one given up."""
    return Conflict(
        "already_delegate",
        Sentence(
            N_(
                "“{name}” đã có trong danh sách của hội nghị này (trạng thái: {state}). Mỗi người "
                "chỉ tính một lần: hãy mở trang của đại biểu đó để sửa hoặc thêm căn cứ."
            ),
            name=name,
            state=Sentence(STATE_LABELS[held.state]),
        ),
        [{"delegate_id": held.id}],
    )


def same_person(name: str) -> Conflict:
    """After the change two stored persons would be one."""
    return Conflict(
        "same_person",
        Sentence(
            N_(
                "Đã có một người khác tên “{name}” cùng ngày sinh và đơn vị. Hãy kiểm tra lại; "
                "nếu là một người, hãy rút bản ghi thừa."
            ),
            name=name,
        ),
    )


def not_active(name: str) -> RuleViolation:
    """A place given up is not edited."""
    return RuleViolation(
        "not_active",
        Sentence(
            N_("“{name}” không còn giữ chỗ nên không sửa được. Hãy đưa trở lại danh sách trước."),
            name=name,
        ),
    )


def identity_settled(told: Mapping[str, object]) -> Forbidden:
    """Who the person is, or as what he comes, is no longer the registrar's to change."""
    return Forbidden(
        "identity_settled",
        Sentence(
            N_(
                "“{name}” {hold} ở {congress}, nên tài khoản của bạn không đổi được {facts}; "
                "bạn chỉ sửa được chính tả và ghi thêm điều chưa biết. Hãy đề nghị {organisers}: "
                "nếu là người khác, {way}; nếu hồ sơ ghi sai, sửa và ghi lý do."
            ),
            **told,
        ),
    )


def identity_reason(told: Mapping[str, object]) -> RuleViolation:
    """Who decides may change it, and says why."""
    return RuleViolation(
        "identity_reason",
        Sentence(
            N_(
                "“{name}” {hold} ở {congress}: đổi {facts} cần ghi lý do ở ô bên dưới. Nếu là "
                "người khác, hãy quay lại và {way}."
            ),
            **told,
        ),
    )


def sensitive_stale() -> Sentence:
    """What is stored stands beside the form, told and recorded as every reading."""
    return Sentence(
        N_(
            "Đại biểu này đã được người khác sửa sau khi bạn mở trang. Chưa ghi gì; điều bạn nhập "
            "còn nguyên. Hãy so với điều đang lưu ở bên dưới rồi lưu lại."
        )
    )


def ethnicity_blank() -> RuleViolation:
    """An empty box may be a slip; what is stored goes only when that is said."""
    return RuleViolation(
        "ethnicity_blank",
        Sentence(
            N_(
                "Ô Dân tộc để trống mà đang lưu một giá trị. Hãy ghi dân tộc, hoặc đánh dấu “Xóa "
                "dân tộc đang lưu”. Chưa ghi gì."
            )
        ),
    )


def not_replaceable(name: str) -> RuleViolation:
    """A withdrawn or replaced delegate has no place to hand on."""
    return RuleViolation(
        "not_replaceable",
        Sentence(N_("“{name}” đã rút hoặc đã được thay nên không thay được nữa."), name=name),
    )


def other_delegation(unit_name: str) -> RuleViolation:
    """An elected place belongs to the delegation that elected it."""
    return RuleViolation(
        "other_delegation",
        Sentence(
            N_("Chỗ này do đoàn {unit} bầu, nên người thay phải thuộc đoàn {unit}."),
            unit=unit_name,
        ),
    )


def reason_needed() -> RuleViolation:
    """The act needs a reason."""
    return RuleViolation("reason_needed", Sentence(N_("Cần ghi lý do.")))


def not_movable(names: Iterable[str], after: str) -> RuleViolation:
    """Some of the delegates cannot go into the state."""
    return RuleViolation(
        "not_movable",
        Sentence(
            N_("Không chuyển được sang “{state}”: {names}. Hãy tải lại trang để xem trạng thái."),
            state=Sentence(STATE_LABELS[after]),
            names=", ".join(names),
        ),
    )


def not_of_delegation(name: str) -> RuleViolation:
    """Only a member who holds a place leads a delegation."""
    return RuleViolation(
        "not_of_delegation",
        Sentence(
            N_("“{name}” không phải đại biểu đang giữ chỗ của đoàn này nên không làm trưởng đoàn."),
            name=name,
        ),
    )


def in_words(
    facts: PersonFacts, unit_names: Mapping[int, str], category: str, note: str | None
) -> dict[str, str]:
    """What a form shows of a place, by header: to lay the stored beside the typed."""
    values: dict[str, object] = {name: getattr(facts, name) for name in PersonFacts.__slots__}
    values["unit_id"] = unit_names.get(facts.unit_id or 0)
    values["sex"] = SEX_LABELS.get(facts.sex or "")
    values["category"] = CATEGORY_LABELS[category]
    values["note"] = note
    return {
        _HEADERS[name]: "" if value is None else str(value)
        for name, value in values.items()
        if name not in SENSITIVE
    }


def differences(stored: Mapping[str, str], typed: Mapping[str, str]) -> list[Detail]:
    """What a stale form would have changed: field, stored value, typed value."""
    return [
        {"field": field, "stored": stored[field], "typed": typed[field]}
        for field in stored
        if stored[field] != typed[field]
    ]
