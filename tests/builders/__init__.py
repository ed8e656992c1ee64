"""Rows for tests: plain functions that write what is named and fill in the rest.

Every function writes through `transaction()` and returns the stored row. No rule is asked,
so a test can make any state it needs; what it asserts it passes itself.
"""

from tests.builders.credentials import a_credential_report, a_ruling, a_seat
from tests.builders.day import (
    a_badge,
    a_badge_photo,
    a_device,
    a_presence,
    a_scan,
    a_session,
    a_speech,
    an_item,
)
from tests.builders.doors import a_conflict
from tests.builders.dossiers import a_data_request, a_dossier
from tests.builders.exemplars import (
    a_criteria_set,
    a_link,
    a_nomination,
    an_award,
    an_exemplar,
    an_exemplar_file,
)
from tests.builders.factors import a_code, a_second_factor, a_sign_in_session
from tests.builders.ground import (
    PASSWORD,
    a_cluster,
    a_congress,
    a_rulebook,
    a_season,
    a_stored_rulebook,
    a_unit,
    a_user,
    numbers,
    the_root,
)
from tests.builders.hall import a_hall_link, a_paper_sheet
from tests.builders.jobs import a_job, an_upload
from tests.builders.movements import a_movement, a_movement_result
from tests.builders.papers import a_document, a_document_file, a_released_paper
from tests.builders.people import a_delegate, a_ground, a_person, an_allocation
from tests.builders.releases import a_notice, a_release
from tests.builders.running import a_day_act, a_speaking_turn
from tests.builders.seating import a_hall, seated
from tests.builders.sendings import a_certified_election, a_transmission, an_elected_place
from tests.builders.speeches import a_speech_file, a_speech_review, a_speech_run
from tests.builders.votes import (
    a_candidate,
    a_count_sheet,
    a_round,
    an_electing_congress,
    an_election,
)

__all__ = [
    "PASSWORD",
    "a_badge",
    "a_badge_photo",
    "a_candidate",
    "a_certified_election",
    "a_cluster",
    "a_code",
    "a_conflict",
    "a_congress",
    "a_count_sheet",
    "a_credential_report",
    "a_criteria_set",
    "a_data_request",
    "a_day_act",
    "a_delegate",
    "a_device",
    "a_document",
    "a_document_file",
    "a_dossier",
    "a_ground",
    "a_hall",
    "a_hall_link",
    "a_job",
    "a_link",
    "a_movement",
    "a_movement_result",
    "a_nomination",
    "a_notice",
    "a_paper_sheet",
    "a_person",
    "a_presence",
    "a_release",
    "a_released_paper",
    "a_round",
    "a_rulebook",
    "a_ruling",
    "a_scan",
    "a_season",
    "a_seat",
    "a_second_factor",
    "a_session",
    "a_sign_in_session",
    "a_speaking_turn",
    "a_speech",
    "a_speech_file",
    "a_speech_review",
    "a_speech_run",
    "a_stored_rulebook",
    "a_transmission",
    "a_unit",
    "a_user",
    "an_allocation",
    "an_award",
    "an_elected_place",
    "an_electing_congress",
    "an_election",
    "an_exemplar",
    "an_exemplar_file",
    "an_item",
    "an_upload",
    "numbers",
    "seated",
    "the_root",
]
