"""What a round and the end of an election refuse, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from congress_app.elections.conduct import ROUND_OUTCOME_LABELS, ROUND_STATE_LABELS
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, Detail, Forbidden, RuleViolation, Stale
from congress_app.kernel.sentences import N_, Sentence


def round_moved_on(state: str, outcome: str | None) -> Conflict:
    """The same of a round."""
    words = ROUND_OUTCOME_LABELS[outcome] if outcome else ROUND_STATE_LABELS[state]
    return Conflict(
        "round_moved_on",
        Sentence(
            N_("Lượt bầu này đã ở tình trạng “{state}”. Hãy tải lại trang để xem số liệu mới."),
            state=Sentence(words),
        ),
    )


def round_not_next() -> Conflict:
    """The course of the election offers another step."""
    return Conflict(
        "round_not_next",
        Sentence(
            N_(
                "Lượt bầu này không phải là bước tiếp theo nữa. "
                "Hãy tải lại trang để xem các bước đang mở."
            )
        ),
    )


def list_vote_with_surplus(candidates: int, seats: int) -> RuleViolation:
    """A vote on the whole list cannot choose among its names."""
    return RuleViolation(
        "list_vote_with_surplus",
        Sentence(
            N_(
                "Danh sách có {candidates} người cho {seats} suất: biểu quyết cả danh sách không "
                "chọn được ai. Lượt này phải biểu quyết từng người hoặc bỏ phiếu kín."
            ),
            candidates=candidates,
            seats=seats,
        ),
    )


def below_quorum(line: Sentence) -> RuleViolation:
    """A vote below quorum needs a recorded decision."""
    return RuleViolation(
        "below_quorum",
        Sentence(
            N_(
                "{line} Chưa mở được lượt bầu: hãy đợi đủ người, "
                "hoặc ghi rõ ai quyết định vẫn bầu và vì sao."
            ),
            line=line,
        ),
    )


def presence_impossible() -> RuleViolation:
    """Typed figures that cannot be."""
    return RuleViolation(
        "presence_impossible",
        Sentence(
            N_(
                "Số có mặt cộng số vắng không được lớn hơn số triệu tập, và phải có người có mặt. "
                "Hãy xem lại các số."
            )
        ),
    )


NOBODY_SCANNED = N_(
    "Theo lượt quét thẻ của “{session}”, lúc {at} chưa có đại biểu nào trong hội trường, nên chưa "
    "mở được lượt bầu. Hãy quét thẻ (hoặc ghi danh sách giấy) cho người đang dự."
)
RUNS_OVER = N_(
    "{nobody} Nếu phiên trước kéo dài sang giờ mở cửa phiên này, hãy lùi giờ đóng cửa của phiên "
    "trước ở trang Chương trình đến sau lúc này, rồi chọn phút chốt trước {opens}, giờ mở cửa của "
    "“{session}”."
)


def nobody_scanned(session: str, opens: datetime | None, at: datetime) -> RuleViolation:
    """Voters are registered and a session is planned, but none of them came in by then.

    `opens` is when the session's doors open: before that an earlier one sits.
    """
    minute = clock.at_venue(at).strftime("%H:%M")
    told = Sentence(NOBODY_SCANNED, session=session, at=minute)
    if opens is not None and opens <= at:
        wall = clock.at_venue(opens).strftime("%H:%M")
        told = Sentence(RUNS_OVER, nobody=told, opens=wall, session=session)
    return RuleViolation("nobody_scanned", told)


def in_the_future() -> RuleViolation:
    """A minute that has not come."""
    return RuleViolation(
        "in_the_future",
        Sentence(N_("Phút chốt số có mặt chưa tới. Hãy chọn giờ đã qua hoặc để trống.")),
    )


def reason_needed() -> RuleViolation:
    """A further round says why."""
    return RuleViolation(
        "reason_needed", Sentence(N_("Hãy ghi lý do bầu thêm lượt này; lý do được in trên phiếu."))
    )


def sheets_taken(tellers: Sequence[str]) -> Conflict:
    """Every sheet has its teller."""
    return Conflict(
        "sheets_taken",
        Sentence(
            N_(
                "Phiếu kiểm của lượt này đã do {tellers} nhập. "
                "Hai phiếu kiểm phải do hai người nhập riêng."
            ),
            tellers=", ".join(tellers),
        ),
    )


def sheet_given_away() -> Stale:
    """Whose sheet was handed over does not get it back by a page still open."""
    return Stale(
        version=0,
        sentence=Sentence(
            N_(
                "Phiếu kiểm của bạn đã được người điều hành giao cho người khác. "
                "Chỉ lưu lại nếu chính bạn được giao kiểm phiếu này."
            )
        ),
    )


def round_changed() -> Sentence:
    """Said where nothing of the round stands below the form."""
    return Sentence(
        N_("Lượt bầu đã thay đổi từ lúc bạn mở trang. Hãy mở lại trang lượt bầu, xem rồi làm lại.")
    )


def sheets_incomplete(waiting: Sequence[Detail]) -> RuleViolation:
    """Cells or whole sheets are missing."""
    return RuleViolation(
        "sheets_incomplete",
        Sentence(N_("Chưa khóa được kết quả: phiếu kiểm chưa nhập đủ.")),
        waiting,
    )


def sheets_differ(cells: Sequence[Detail]) -> RuleViolation:
    """The two tellers did not count the same."""
    return RuleViolation(
        "sheets_differ",
        Sentence(
            N_(
                "Hai người kiểm phiếu nhập khác nhau. "
                "Hãy đếm lại các ô dưới đây; khi hai phiếu khớp mới khóa được kết quả."
            )
        ),
        cells,
    )


def figures_impossible(tellers: Sequence[str]) -> RuleViolation:
    """Totals that cannot be true together; only who typed them sees which."""
    return RuleViolation(
        "figures_impossible",
        Sentence(N_("Chưa khóa được kết quả: các số trên cùng một phiếu kiểm không khớp nhau.")),
        [
            Sentence(
                N_("Phiếu kiểm của {teller}: người nhập mở lại phiếu để xem chỗ chưa khớp."),
                teller=teller,
            )
            for teller in tellers
        ],
    )


def no_tie() -> Conflict:
    """Nothing is tied (any more)."""
    return Conflict("no_tie", Sentence(N_("Lượt bầu này không còn ai bằng phiếu chờ quyết định.")))


def revote_running(number: int) -> Conflict:
    """The tied are being voted on: a decision beside it would fill the seats twice."""
    return Conflict(
        "revote_running",
        Sentence(
            N_(
                "Lượt bầu lại {number} giữa những người bằng phiếu đang diễn ra. Hãy khóa kết quả "
                "hoặc hủy lượt đó rồi mới ghi quyết định của hội nghị."
            ),
            number=number,
        ),
    )


def not_last_round() -> Conflict:
    """Only the last round can be taken down."""
    return Conflict(
        "not_last_round",
        Sentence(N_("Chỉ hủy được lượt bầu cuối cùng. Các lượt trước được giữ nguyên.")),
    )


def decider_needed() -> RuleViolation:
    """A result is not one person's to take down."""
    return RuleViolation(
        "decider_needed",
        Sentence(
            N_(
                "Lượt bầu này đã khóa kết quả: chỉ Đoàn Chủ tịch hoặc hội nghị quyết định hủy. "
                "Hãy ghi ai quyết định và số biên bản."
            )
        ),
    )


def released() -> Forbidden:
    """The hall has seen the result."""
    return Forbidden(
        "released",
        Sentence(
            N_(
                "Kết quả lượt này đã công bố trên màn hình hội trường: chỉ người có quyền công "
                "nhận kết quả bầu cử (Ban tổ chức) hủy được. Hãy báo Ban tổ chức."
            )
        ),
    )


def not_certifiable() -> RuleViolation:
    """Something is still open."""
    return RuleViolation(
        "not_certifiable",
        Sentence(
            N_(
                "Chưa công nhận được kết quả: còn lượt bầu đang diễn ra, phải bầu lại, "
                "hoặc còn người bằng phiếu, hoặc chưa ai trúng cử."
            )
        ),
    )
