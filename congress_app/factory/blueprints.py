"""Every blueprint of the house, in the order of the chapters."""

from __future__ import annotations

from congress_app.accounts import oversight_routes as accounts
from congress_app.agenda import calendar_routes as agenda_calendar
from congress_app.agenda import feed_routes as agenda_feeds
from congress_app.agenda import routes as agenda
from congress_app.audit import routes as audit
from congress_app.badges import design_routes as badge_designs
from congress_app.badges import person_routes as badge_people
from congress_app.badges import print_routes as badge_prints
from congress_app.badges import routes as badges
from congress_app.checkin import attendance_routes as attendance
from congress_app.checkin import board_routes as boards
from congress_app.checkin import delegation_routes as door_delegations
from congress_app.checkin import hall_routes as hall
from congress_app.checkin import paper_routes as paper
from congress_app.checkin import routes as checkin
from congress_app.checkin import speaking_routes as speakers
from congress_app.checkin import walk_in_routes as walk_ins
from congress_app.congresses import routes as congresses
from congress_app.congresses import rulebook_routes as rulebooks
from congress_app.congresses import sheet_routes as congress_sheets
from congress_app.dashboard import routes as dashboard
from congress_app.delegates import cascade_routes as cascade
from congress_app.delegates import committee_routes as committees
from congress_app.delegates import delegation_routes as delegations
from congress_app.delegates import exemplar_routes as delegate_exemplars
from congress_app.delegates import import_routes as delegate_sheets
from congress_app.delegates import place_routes as places
from congress_app.delegates import routes as delegates
from congress_app.delegates import sheet_routes as delegate_lists
from congress_app.documents import merge_routes as papers
from congress_app.documents import routes as documents
from congress_app.documents import text_routes as paper_texts
from congress_app.dossiers import request_routes as data_requests
from congress_app.dossiers import routes as dossiers
from congress_app.elections import arrival_routes as arrivals
from congress_app.elections import candidate_routes as candidates
from congress_app.elections import count_routes as counts
from congress_app.elections import credential_routes as credentials
from congress_app.elections import round_routes as rounds
from congress_app.elections import routes as elections
from congress_app.elections import ruling_routes as rulings
from congress_app.elections import sheet_routes as election_lists
from congress_app.elections import upward_routes as upward
from congress_app.exemplars import act_routes as exemplar_acts
from congress_app.exemplars import award_name_routes as award_names
from congress_app.exemplars import criteria_routes as exemplar_criteria
from congress_app.exemplars import file_routes as exemplar_files
from congress_app.exemplars import movement_report_routes as movement_reports
from congress_app.exemplars import movement_routes as movements
from congress_app.exemplars import publishing_routes as exemplar_publishing
from congress_app.exemplars import removal_routes as exemplar_removal
from congress_app.exemplars import routes as exemplars
from congress_app.exemplars import sensitive_routes as exemplar_sensitive
from congress_app.exemplars import sheet_routes as exemplar_sheets
from congress_app.exemplars import summary_routes as exemplar_summary
from congress_app.jobs import routes as jobs
from congress_app.operations import routes as operations
from congress_app.programme import day_routes as day
from congress_app.programme import day_screen_routes as day_screens
from congress_app.programme import exemplar_routes as speech_exemplars
from congress_app.programme import honour_routes as honours
from congress_app.programme import item_routes as items
from congress_app.programme import order_routes as speech_order
from congress_app.programme import release_routes as releases
from congress_app.programme import review_routes as speech_reviews
from congress_app.programme import routes as programme
from congress_app.programme import selection_routes as speech_selection
from congress_app.programme import speech_routes as speeches
from congress_app.quota import routes as quota
from congress_app.scanners import api as devices_api
from congress_app.scanners import conflict_routes as conflicts
from congress_app.scanners import feed_api, photo_api, supervisor_api
from congress_app.scanners import routes as scanners
from congress_app.scanners import sheet_routes as door_lists
from congress_app.seating import move_routes as seats
from congress_app.seating import routes as seating
from congress_app.units import chooser_routes as unit_chooser
from congress_app.units import cluster_routes as clusters
from congress_app.units import import_routes as unit_sheets
from congress_app.units import routes as units
from congress_app.web.certificate_routes import bp as certificate_bp
from congress_app.web.routes import bp as web_bp
from congress_app.web.routes import home_bp

BLUEPRINTS = (
    home_bp,
    web_bp,
    certificate_bp,
    accounts.bp,
    audit.bp,
    jobs.bp,
    units.bp,
    unit_chooser.bp,
    unit_sheets.bp,
    clusters.bp,
    exemplars.bp,
    exemplar_acts.bp,
    exemplar_criteria.bp,
    exemplar_files.bp,
    exemplar_publishing.bp,
    exemplar_removal.bp,
    exemplar_sheets.bp,
    award_names.bp,
    movements.bp,
    movement_reports.bp,
    exemplar_sensitive.bp,
    exemplar_summary.bp,
    congresses.bp,
    congresses.scoped_bp,
    congress_sheets.bp,
    rulebooks.bp,
    quota.bp,
    delegates.bp,
    places.bp,
    delegations.bp,
    cascade.bp,
    committees.bp,
    delegate_sheets.bp,
    delegate_lists.bp,
    delegate_exemplars.bp,
    programme.bp,
    items.bp,
    releases.bp,
    day.bp,
    day_screens.bp,
    speeches.bp,
    speech_reviews.bp,
    speech_selection.bp,
    speech_exemplars.bp,
    honours.bp,
    speech_order.bp,
    seating.bp,
    seats.bp,
    badges.bp,
    badge_designs.bp,
    badge_people.bp,
    badge_prints.bp,
    checkin.bp,
    boards.bp,
    hall.bp,
    door_delegations.bp,
    attendance.bp,
    walk_ins.bp,
    paper.bp,
    speakers.bp,
    scanners.bp,
    scanners.scoped_bp,
    conflicts.bp,
    door_lists.bp,
    devices_api.bp,
    feed_api.bp,
    supervisor_api.bp,
    photo_api.bp,
    credentials.bp,
    rulings.bp,
    upward.bp,
    arrivals.bp,
    documents.bp,
    paper_texts.bp,
    papers.bp,
    elections.bp,
    election_lists.bp,
    candidates.bp,
    rounds.bp,
    counts.bp,
    agenda.bp,
    agenda_feeds.bp,
    agenda_calendar.bp,
    dashboard.bp,
    dashboard.scoped_bp,
    dossiers.bp,
    data_requests.bp,
    operations.bp,
)
