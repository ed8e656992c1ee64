"""The roof: builds the application and names every blueprint.

The only file that knows all chapters. It also hands the guards their loaders and the
shell its menu.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, g, request
from flask_babel import Babel, get_locale
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from congress_app import database
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.web import errors, filters, guards, headers, navigation
from congress_app.web.navigation import Entry
from congress_app.web.routes import bp as web_bp
from congress_app.web.routes import home_bp, select_language

ROOT = Path(__file__).resolve().parent.parent

# TEMPORARY while chapters are being written: module and blueprint attribute names.
ROUTES = (
    ("accounts.routes", ("bp",)),
    ("audit.routes", ("bp",)),
    ("jobs.routes", ("bp",)),
    ("units.routes", ("bp",)),
    ("units.import_routes", ("bp",)),
    ("units.cluster_routes", ("bp",)),
    ("congresses.routes", ("bp", "scoped_bp")),
    ("congresses.rulebook_routes", ("bp",)),
    ("quota.routes", ("bp",)),
    ("delegates.routes", ("bp",)),
    ("delegates.place_routes", ("bp",)),
    ("delegates.delegation_routes", ("bp",)),
    ("delegates.cascade_routes", ("bp",)),
    ("delegates.import_routes", ("bp",)),
    ("programme.routes", ("bp",)),
    ("programme.speech_routes", ("bp",)),
    ("badges.routes", ("bp",)),
    ("checkin.routes", ("bp",)),
    ("scanners.routes", ("bp", "scoped_bp")),
    ("scanners.api", ("bp",)),
    ("agenda.routes", ("bp",)),
    ("dashboard.routes", ("bp", "scoped_bp")),
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
        ("delegates.", "places.", "delegations.", "delegate_sheets."),
    ),
    Entry(
        N_("Chương trình"),
        "programme.index",
        Permission.PROGRAMME_READ,
        "programme",
        ("programme.", "speeches."),
    ),
    Entry(N_("Thẻ"), "badges.index", Permission.BADGE_PRINT, "badge", ("badges.",)),
    Entry(N_("Điểm danh"), "checkin.index", Permission.CHECKIN_READ, "scan", ("checkin.",)),
    Entry(N_("Máy quét"), "devices.index", Permission.DEVICE_MANAGE, "phone", ("devices.",)),
    Entry(N_("Kế hoạch"), "congress.plan", Permission.CONGRESS_READ, "calendar", ("congress.",)),
)

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
    errors.init_app(app)
    filters.init_app(app)
    headers.init_app(app)
    login = importlib.import_module("congress_app.accounts.login")
    api = _module("scanners.login")
    guards.init_app(app, login.load_user, api.load_device if api else lambda: None)
    _register(app)
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
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key


def _module(name: str):  # type: ignore[no-untyped-def]
    full = f"congress_app.{name}"
    try:
        found = importlib.util.find_spec(full)
    except ModuleNotFoundError:
        found = None
    try:  # TEMPORARY: a chapter in the middle of an edit must not stop the others
        return importlib.import_module(full) if found else None
    except (ImportError, SyntaxError) as error:
        print('chapter left out:', full, error)
        return None


def _register(app: Flask) -> None:
    app.register_blueprint(web_bp)
    app.register_blueprint(home_bp)
    for name, attributes in ROUTES:
        module = _module(name)
        for attribute in attributes:
            if module is not None and hasattr(module, attribute):
                app.register_blueprint(getattr(module, attribute))
    app.extensions["menu"] = tuple(entry for entry in MENU if entry.endpoint in app.view_functions)
    if "scanners_api" in app.blueprints:
        csrf.exempt(app.blueprints["scanners_api"])
    commands = _module("cli.groups")
    if commands is not None:
        commands.init_app(app)


def _shell() -> dict[str, object]:
    """What every page shows around its content."""
    actor = g.get("actor")
    congress = g.get("congress")
    known = {rule.endpoint for rule in _app_rules()}
    main = tuple(entry for entry in MENU if entry.endpoint in known)
    inner = tuple(entry for entry in CONGRESS_MENU if entry.endpoint in known)
    return {
        "current_actor": actor,
        "navigation": navigation.links(main, actor),
        "congress_navigation": navigation.scoped_links(inner, actor, congress.unit.path)
        if congress is not None
        else [],
        "congress": congress,
        "locale": str(get_locale()),
        "get_locale": get_locale,
        "demo_mode": bool(g.get("demo_mode")),
        "here": request.full_path.rstrip("?"),
        "may": _may,
        "label": filters.label,
    }


def _may(permission: str, unit_path: str | None = None) -> bool:
    """May the reader do this here: at the path, in the page's congress, or anywhere?"""
    actor = g.get("actor")
    if actor is None:
        return False
    path = unit_path or g.get("scope_path")
    wanted = Permission(permission)
    return actor.can(wanted, path) if path else actor.can_somewhere(wanted)


def _app_rules():  # type: ignore[no-untyped-def]
    from flask import current_app

    return current_app.url_map.iter_rules()


def _wrap(app: Flask) -> None:
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    static = WhiteNoise(app.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=3600)
    app.wsgi_app = static  # type: ignore[method-assign]
