"""Why an act about credentials is refused, in words that say what to do instead."""

from __future__ import annotations

from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.sentences import N_, Sentence


def list_changed() -> Conflict:
    """Somebody of the list shown was decided on meanwhile, or is no longer convened."""
    return Conflict(
        "list_changed",
        Sentence(
            N_(
                "Danh sách đã thay đổi từ khi bạn mở trang: có người đã được kết luận "
                "hoặc không còn được triệu tập. Hãy xem lại danh sách rồi ghi lại."
            )
        ),
    )


def nobody_chosen() -> RuleViolation:
    """A bulk act on nobody."""
    return RuleViolation("nobody_chosen", Sentence(N_("Chưa chọn đại biểu nào.")))


def reason_needed() -> RuleViolation:
    """Not qualified, or pending, without saying why."""
    return RuleViolation(
        "reason_needed", Sentence(N_("Hãy ghi lý do không đủ tư cách hoặc còn xem xét."))
    )


def not_a_member() -> RuleViolation:
    """A ruling in the name of nobody, or of somebody outside the committee."""
    return RuleViolation(
        "not_a_member",
        Sentence(
            N_(
                "Hãy ghi tên người kết luận. Khi hội nghị đã lập Ban Thẩm tra, người đó phải "
                "là thành viên của ban."
            )
        ),
    )


def in_future() -> RuleViolation:
    """A report as of a minute that has not come."""
    return RuleViolation(
        "in_future", Sentence(N_("Thời điểm tính chưa tới. Hãy chọn phút đã qua."))
    )


def figures_changed() -> Stale:
    """Scans, rulings or places came between looking at the report and numbering it."""
    return Stale(
        sentence=Sentence(
            N_(
                "Số liệu đã thay đổi từ lúc bạn xem nên chưa lập báo cáo. Bên dưới là số liệu "
                "mới, cùng thời điểm tính; hãy xem lại rồi bấm “Lập báo cáo có số”."
            )
        )
    )


def not_latest(number: int) -> RuleViolation:
    """A vote on a report that was followed by another."""
    return RuleViolation(
        "not_latest",
        Sentence(
            N_("Đã có báo cáo số {number} mới hơn; hội nghị biểu quyết trên bản đó."),
            number=number,
        ),
    )


def voted_already() -> RuleViolation:
    """A second vote on one report."""
    return RuleViolation(
        "voted_already",
        Sentence(
            N_(
                "Kết quả biểu quyết về báo cáo này đã được ghi. Nếu biểu quyết lại, hãy lập "
                "báo cáo mới."
            )
        ),
    )


def too_many_votes(voting: int, convened: int) -> RuleViolation:
    """More voted than were convened."""
    return RuleViolation(
        "too_many_votes",
        Sentence(
            N_(
                "Ghi {voting} người biểu quyết, nhưng chỉ có {convened} đại biểu được triệu tập. "
                "Hãy xem lại số người biểu quyết."
            ),
            voting=voting,
            convened=convened,
        ),
    )
