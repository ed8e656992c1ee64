"""The roof: builds the application and names every blueprint.

The only file that knows all chapters. It also hands the guards their loaders and the
shell its menu.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from flask import Flask, current_app, g, request
from flask_babel import Babel, get_locale
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from congress_app import database
from congress_app.accounts import routes as accounts
from congress_app.accounts.login import load_user
from congress_app.agenda import routes as agenda
from congress_app.audit import routes as audit
from congress_app.badges import routes as badges
from congress_app.checkin import attendance_routes as attendance
from congress_app.checkin import board_routes as boards
from congress_app.checkin import delegation_routes as door_delegations
from congress_app.checkin import hall_routes as hall
from congress_app.checkin import paper_routes as paper
from congress_app.checkin import routes as checkin
from congress_app.checkin import walk_in_routes as walk_ins
from congress_app.cli import groups
from congress_app.congresses import routes as congresses
from congress_app.congresses import rulebook_routes as rulebooks
from congress_app.dashboard import routes as dashboard
from congress_app.delegates import cascade_routes as cascade
from congress_app.delegates import committee_routes as committees
from congress_app.delegates import delegation_routes as delegations
from congress_app.delegates import import_routes as delegate_sheets
from congress_app.delegates import place_routes as places
from congress_app.delegates import routes as delegates
from congress_app.documents import merge_routes as papers
from congress_app.documents import routes as documents
from congress_app.documents import text_routes as paper_texts
from congress_app.elections import arrival_routes as arrivals
from congress_app.elections import candidate_routes as candidates
from congress_app.elections import count_routes as counts
from congress_app.elections import credential_routes as credentials
from congress_app.elections import round_routes as rounds
from congress_app.elections import routes as elections
from congress_app.elections import ruling_routes as rulings
from congress_app.elections import upward_routes as upward
from congress_app.exemplars import act_routes as exemplar_acts
from congress_app.exemplars import routes as exemplars
from congress_app.jobs import routes as jobs
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_
from congress_app.programme import routes as programme
from congress_app.programme import review_routes as speech_reviews
from congress_app.programme import selection_routes as speech_selection
from congress_app.programme import speech_routes as speeches
from congress_app.quota import routes as quota
from congress_app.scanners import api as devices_api
from congress_app.scanners import conflict_routes as conflicts
from congress_app.scanners import feed_api, supervisor_api
from congress_app.scanners import routes as scanners
from congress_app.scanners.login import load_device
from congress_app.units import cluster_routes as clusters
from congress_app.units import import_routes as unit_sheets
from congress_app.units import routes as units
from congress_app.web import addresses, errors, filters, guards, headers, navigation
from congress_app.web.certificate_routes import bp as certificate_bp
from congress_app.web.navigation import Entry
from congress_app.web.responses import public_url
from congress_app.web.routes import bp as web_bp
from congress_app.web.routes import home_bp, select_language

ROOT = Path(__file__).resolve().parent.parent

BLUEPRINTS = (
    home_bp,
    web_bp,
    certificate_bp,
    accounts.bp,
    audit.bp,
    jobs.bp,
    units.bp,
    unit_sheets.bp,
    clusters.bp,
    exemplars.bp,
    exemplar_acts.bp,
    congresses.bp,
    congresses.scoped_bp,
    rulebooks.bp,
    quota.bp,
    delegates.bp,
    places.bp,
    delegations.bp,
    cascade.bp,
    committees.bp,
    delegate_sheets.bp,
    programme.bp,
    speeches.bp,
    speech_reviews.bp,
    speech_selection.bp,
    badges.bp,
    checkin.bp,
    boards.bp,
    hall.bp,
    door_delegations.bp,
    attendance.bp,
    walk_ins.bp,
    paper.bp,
    scanners.bp,
    scanners.scoped_bp,
    conflicts.bp,
    devices_api.bp,
    feed_api.bp,
    supervisor_api.bp,
    credentials.bp,
    rulings.bp,
    upward.bp,
    arrivals.bp,
    documents.bp,
    paper_texts.bp,
    papers.bp,
    elections.bp,
    candidates.bp,
    rounds.bp,
    counts.bp,
    agenda.bp,
    dashboard.bp,
    dashboard.scoped_bp,
)

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
        ("exemplars.", "exemplar_acts."),
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
        ("accounts.user", "accounts.create_user", "accounts.grant", "accounts.reset_password"),
    ),
    Entry(N_("Nhật ký"), "audit.index", Permission.AUDIT_READ, "audit", ("audit.",)),
)

CONGRESS_MENU = (
    Entry(N_("Tổng quan"), "overview.show", Permission.CONGRESS_READ, "dashboard"),
    Entry(N_("Phân bổ"), "quota.index", Permission.QUOTA_READ, "quota", ("quota.", "cascade.")),
    Entry(
        N_("Đại biểu"),
        "delegates.index",
        Permission.DELEGATE_READ,
        "people",
        ("delegates.", "places.", "delegations.", "delegate_sheets.", "committees."),
    ),
    Entry(
        N_("Chương trình"),
        "programme.index",
        Permission.PROGRAMME_READ,
        "programme",
        ("programme.",),
    ),
    Entry(
        N_("Tham luận"),
        "speeches.index",
        Permission.PROGRAMME_READ,
        "speech",
        ("speeches.", "speech_reviews.", "speech_selection."),
    ),
    Entry(N_("Thẻ"), "badges.index", Permission.BADGE_PRINT, "badge", ("badges.",)),
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
)

# The parts of a hall's screen, in the order they lie there.
HALL_PANELS: tuple[hall.Panel, ...] = (hall.presence_panel,)

# Our own files change with an upgrade and are asked about again soon; vendored ones carry
# their version in the folder's name, and fonts never change.
STATIC_SECONDS = 60
IMMUTABLE = r"^/static/(vendor/[^/]+-[0-9.]+|fonts)/"

csrf = CSRFProtect()


def build(config: str | None, overrides: Mapping[str, object]) -> Flask:
    """Make the application from a configuration class and single settings."""
    app = Flask(
        "congress_app",
        instance_path=os.environ.get("INSTANCE_PATH") or str(ROOT / "instance"),
        root_path=str(ROOT / "congress_app"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.from_object(config or os.environ.get("CONGRESS_CONFIG", "config.Default"))
    app.config.update(overrides)
    _settle(app)
    database.init_app(app)
    Migrate(app, database.db, directory=str(ROOT / "congress_app" / "migrations"))
    Babel(app, locale_selector=select_language, default_domain="messages")
    csrf.init_app(app)
    addresses.init_app(app)
    errors.init_app(app)
    filters.init_app(app)
    headers.init_app(app)
    guards.init_app(app, load_user, load_device)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    # A device proves itself by its token and holds no cookie, so nothing can be forged.
    for blueprint in (devices_api.bp, feed_api.bp, supervisor_api.bp):
        csrf.exempt(blueprint)
    app.extensions["menu"] = MENU
    app.extensions["hall_panels"] = HALL_PANELS
    groups.init_app(app)
    app.context_processor(_shell)
    _wrap(app)
    return app


def _settle(app: Flask) -> None:
    """Derive what the environment left open: folders, database address, secret key."""
    instance = Path(app.instance_path)
    instance.mkdir(parents=True, exist_ok=True)
    url = str(app.config["DATABASE_URL"] or f"sqlite:///{instance / 'congress.sqlite'}")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    if not app.config["SECRET_KEY"]:
        app.config["SECRET_KEY"] = secret_key(instance / "secret_key")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "congress_app" / "translations")


def secret_key(path: Path) -> str:
    """The key kept in the instance folder; made on first start, readable by its owner only."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        # A link is made whole or not at all: of two processes starting, one wins and both
        # read its key.
        with suppress(FileExistsError):
            os.link(part, path)
        part.unlink()
    return path.read_text(encoding="ascii")


def _shell() -> dict[str, object]:
    """What every page shows around its content."""
    actor = g.get("actor")
    congress = g.get("congress")
    return {
        "current_actor": actor,
        "navigation": navigation.links(MENU, actor),
        "congress_navigation": navigation.scoped_links(CONGRESS_MENU, actor, congress.unit.path)
        if congress is not None
        else [],
        "congress": congress,
        "locale": str(get_locale()),
        "get_locale": get_locale,
        "demo_mode": bool(g.get("demo_mode")),
        "here": request.full_path.rstrip("?"),
        "may": _may,
        "label": filters.label,
        "public_url": public_url,
        "lan_door": current_app.config["LAN_DOOR"],
    }


def _may(permission: str, unit_path: str | None = None) -> bool:
    """May the reader do this here: at the path, in the page's congress, or anywhere?"""
    actor: Actor | None = g.get("actor")
    if actor is None:
        return False
    path = unit_path or g.get("scope_path")
    wanted = Permission(permission)
    return actor.can(wanted, path) if path else actor.can_somewhere(wanted)


def _wrap(app: Flask) -> None:
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(ROOT / "static"),
        prefix="static/",
        max_age=STATIC_SECONDS,
        allow_all_origins=False,
        add_headers_function=headers.add_static_headers,
        immutable_file_test=IMMUTABLE,
    )
