"""The catalogue of papers: every kind of `papers/`, in the order of a congress."""

from __future__ import annotations

from congress_app.documents.markup import PLACE
from congress_app.documents.papers.allocation_letter import ALLOCATION_LETTER
from congress_app.documents.papers.attendance_sheet import ATTENDANCE_SHEET
from congress_app.documents.papers.ballot_paper import BALLOT_PAPER
from congress_app.documents.papers.base import Kind
from congress_app.documents.papers.committee_decision import COMMITTEE_DECISION
from congress_app.documents.papers.convocation import CONVOCATION
from congress_app.documents.papers.counting_minutes import COUNTING_MINUTES
from congress_app.documents.papers.credentials_report import CREDENTIALS_REPORT
from congress_app.documents.papers.delegate_list import DELEGATE_LIST
from congress_app.documents.papers.elected_letter import ELECTED_LETTER
from congress_app.documents.papers.election_regulations import ELECTION_REGULATIONS
from congress_app.documents.papers.invitation import INVITATION
from congress_app.documents.papers.minutes import MINUTES
from congress_app.documents.papers.name_plates import NAME_PLATES
from congress_app.documents.papers.plan import PLAN
from congress_app.documents.papers.programme import PROGRAMME
from congress_app.documents.papers.resolution import RESOLUTION
from congress_app.documents.papers.result_report import RESULT_REPORT
from congress_app.documents.papers.run_sheet import RUN_SHEET
from congress_app.documents.papers.seating_plan import SEATING_PLAN
from congress_app.documents.papers.speech_list import SPEECH_LIST
from congress_app.documents.papers.summary_figures import SUMMARY_FIGURES
from congress_app.documents.papers.working_regulations import WORKING_REGULATIONS
from congress_app.kernel.errors import NotFound
from congress_app.kernel.sentences import N_, Sentence

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        PLAN,
        COMMITTEE_DECISION,
        ALLOCATION_LETTER,
        INVITATION,
        CONVOCATION,
        DELEGATE_LIST,
        PROGRAMME,
        RUN_SHEET,
        ATTENDANCE_SHEET,
        WORKING_REGULATIONS,
        ELECTION_REGULATIONS,
        BALLOT_PAPER,
        COUNTING_MINUTES,
        MINUTES,
        CREDENTIALS_REPORT,
        RESOLUTION,
        ELECTED_LETTER,
        NAME_PLATES,
        SEATING_PLAN,
        SPEECH_LIST,
        RESULT_REPORT,
        SUMMARY_FIGURES,
    )
}


# What every delegate may read on the phone: no list of persons with more than names, posts
# and seats, and nothing written to one person alone.
RELEASABLE = frozenset(
    kind.code
    for kind in (
        PLAN,
        PROGRAMME,
        WORKING_REGULATIONS,
        ELECTION_REGULATIONS,
        RESOLUTION,
        SEATING_PLAN,
        SPEECH_LIST,
    )
)


# Tables that print birth dates, which an organiser may put into the text of any kind.
PARTICULARS = frozenset({"bang_dai_bieu", "bang_trung_cu"})


def may_be_released(code: str, text: str) -> bool:
    """True when an issued paper of the kind with this text can be shown to every delegate."""
    places = {match.group(1) for match in PLACE.finditer(text)}
    return code in RELEASABLE and places.isdisjoint(PARTICULARS)


def kind_of(code: str) -> Kind:
    """The kind with this code; raises NotFound."""
    if code not in KINDS:
        raise NotFound(
            "unknown_kind",
            Sentence(
                N_("Không có loại văn bản “{code}”. Lệnh “documents kinds” liệt kê các loại."),
                code=code,
            ),
        )
    return KINDS[code]
