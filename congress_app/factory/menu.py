"""What the menus offer; each reader sees what his rights open."""

from __future__ import annotations

from congress_app.checkin import hall_routes as hall
from congress_app.delegates import exemplar_routes as delegate_exemplars
from congress_app.dossiers import request_routes as data_requests
from congress_app.elections import hall_routes as votes
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.programme import day_screen_routes as day
from congress_app.programme import exemplar_routes as speech_exemplars
from congress_app.web.navigation import Entry

MENU = (
    Entry(N_("Tổng quan"), "dashboard.index", Permission.CONGRESS_READ, "dashboard"),
    Entry(
        N_("Hội nghị, Đại hội"),
        "congresses.index",
        Permission.CONGRESS_READ,
        "congress",
        ("congresses.",),
    ),
    Entry(
        N_("Đơn vị"),
        "units.index",
        Permission.UNIT_READ,
        "units",
        ("units.", "unit_sheets.", "clusters."),
    ),
    Entry(
        N_("Điển hình"),
        "exemplars.index",
        Permission.EXEMPLAR_READ,
        "star",
        (
            "exemplars.",
            "exemplar_acts.",
            "exemplar_criteria.",
            "exemplar_files.",
            "exemplar_publishing.",
            "exemplar_removal.",
            "exemplar_sheets.",
            "award_names.",
        ),
    ),
    Entry(
        N_("Phong trào"),
        "movements.index",
        Permission.EXEMPLAR_READ,
        "flag",
        ("movements.", "movement_reports."),
    ),
    Entry(
        N_("Số liệu tổng kết"),
        "exemplar_summary.index",
        Permission.EXEMPLAR_READ,
        "list",
        ("exemplar_summary.",),
    ),
    Entry(
        N_("Quy định"),
        "rulebooks.index",
        Permission.RULEBOOK_EDIT,
        "document",
        ("rulebooks.",),
    ),
    Entry(
        N_("Tài khoản"),
        "accounts.users",
        Permission.USER_MANAGE,
        "settings",
        (
            "accounts.user",
            "accounts.create_user",
            "accounts.grant",
            "accounts.rename",
            "accounts.reset_password",
        ),
    ),
    Entry(N_("Nhật ký"), "audit.index", Permission.AUDIT_READ, "audit", ("audit.",)),
    Entry(
        N_("Dữ liệu cá nhân"),
        "data_requests.index",
        Permission.PERSON_RIGHTS,
        "person",
        ("data_requests.",),
    ),
    Entry(N_("Máy chủ"), "operations.show", Permission.USER_MANAGE, "globe", at_root=True),
)

CONGRESS_MENU = (
    Entry(N_("Tổng quan"), "overview.show", Permission.CONGRESS_READ, "dashboard"),
    Entry(N_("Phân bổ"), "quota.index", Permission.QUOTA_READ, "quota", ("quota.", "cascade.")),
    Entry(
        N_("Đại biểu"),
        "delegates.index",
        Permission.DELEGATE_READ,
        "people",
        (
            "delegates.",
            "places.",
            "delegations.",
            "delegate_sheets.",
            "delegate_exemplars.",
            "committees.",
        ),
    ),
    Entry(
        N_("Chương trình"),
        "programme.index",
        Permission.PROGRAMME_READ,
        "programme",
        ("programme.", "items.", "honours.", "releases."),
    ),
    Entry(
        N_("Điều hành"),
        "day.show",
        Permission.PROGRAMME_EDIT,
        "play",
        ("day.", "speakers."),
    ),
    Entry(
        N_("Tham luận"),
        "speeches.index",
        Permission.PROGRAMME_READ,
        "speech",
        ("speeches.", "speech_reviews.", "speech_selection.", "speech_exemplars.", "speech_order."),
    ),
    Entry(N_("Chỗ ngồi"), "seating.index", Permission.CHECKIN_READ, "list", ("seating.", "seats.")),
    Entry(
        N_("Thẻ"),
        "badges.index",
        Permission.BADGE_PRINT,
        "badge",
        ("badges.", "badge_designs.", "badge_people.", "badge_prints."),
    ),
    Entry(
        N_("Điểm danh"),
        "checkin.index",
        Permission.CHECKIN_READ,
        "scan",
        ("checkin.", "conflicts.", "board.", "door_groups.", "attendance.", "walk_ins.", "paper."),
    ),
    Entry(
        N_("Tư cách"),
        "credentials.index",
        Permission.CREDENTIAL_READ,
        "check",
        ("credentials.", "rulings."),
    ),
    Entry(
        N_("Bầu cử"),
        "elections.index",
        Permission.ELECTION_READ,
        "ballot",
        ("elections.", "candidates.", "rounds.", "counts.", "upward."),
    ),
    Entry(
        N_("Danh sách bầu"), "arrivals.index", Permission.DELEGATE_READ, "download", ("arrivals.",)
    ),
    Entry(N_("Máy quét"), "devices.index", Permission.DEVICE_MANAGE, "phone", ("devices.",)),
    Entry(
        N_("Văn bản"),
        "documents.index",
        Permission.DOCUMENT_READ,
        "document",
        ("documents.", "papers.", "paper_texts."),
    ),
    Entry(N_("Kế hoạch"), "congress.plan", Permission.CONGRESS_READ, "calendar", ("congress.",)),
    Entry(N_("Hồ sơ"), "dossiers.index", Permission.DOSSIER_MANAGE, "document", ("dossiers.",)),
)

# The parts of a hall's screen, in the order they lie there.
HALL_PANELS: tuple[hall.Panel, ...] = (votes.result_panel, day.hall_panel, hall.presence_panel)

# What later chapters add to the list of things to do on the season's page.
SEASON_DUTIES = (data_requests.duties,)

# What later chapters put on an exemplar's page, in this order.
EXEMPLAR_PANELS = (delegate_exemplars.exemplar_panel, speech_exemplars.exemplar_panel)
