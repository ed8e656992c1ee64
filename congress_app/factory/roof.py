"""Builds the application: settings, extensions, guards, shell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, current_app, g, request
from flask_babel import Babel, get_locale
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from congress_app import database
from congress_app.accounts import key_queries
from congress_app.accounts.login import load_user
from congress_app.accounts.miss_services import note_miss
from congress_app.accounts.queries import active_actor
from congress_app.checkin.hall_presence_queries import present_delegates
from congress_app.cli import groups
from congress_app.factory import keys, places
from congress_app.factory.blueprints import BLUEPRINTS
from congress_app.factory.link_queries import standing_links
from congress_app.factory.menu import (
    CONGRESS_MENU,
    EXEMPLAR_PANELS,
    HALL_PANELS,
    MENU,
    SEASON_DUTIES,
)
from congress_app.kernel.crowd import Crowd
from congress_app.operations import routes as operations
from congress_app.scanners import api as devices_api
from congress_app.scanners import feed_api, supervisor_api
from congress_app.scanners.login import load_device
from congress_app.units import queries as unit_queries
from congress_app.web import (
    addresses,
    errors,
    filters,
    guards,
    headers,
    logs,
    navigation,
    rates,
    standing_aside,
    viruses,
)
from congress_app.web.responses import public_url
from congress_app.web.routes import select_language

ROOT = Path(__file__).resolve().parent.parent.parent

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
    app.extensions["crowd"] = Crowd()
    logs.init_app(app)
    database.init_app(app)
    Migrate(app, database.db, directory=str(ROOT / "congress_app" / "migrations"))
    Babel(app, locale_selector=select_language, default_domain="messages")
    rates.init_app(app, note_miss, standing_links)
    csrf.init_app(app)
    for part in (addresses, errors, filters, headers, standing_aside):
        part.init_app(app)
    guards.init_app(app, load_user, load_device)
    viruses.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    # A device proves itself by its token and holds no cookie, so nothing can be forged.
    for blueprint in (devices_api.bp, feed_api.bp, supervisor_api.bp):
        csrf.exempt(blueprint)
    app.extensions.update(_asked_of_later_chapters())
    operations.init_app(app)
    groups.init_app(app)
    app.context_processor(_shell)
    _wrap(app)
    return app


def _asked_of_later_chapters() -> dict[str, object]:
    """What a chapter asks of a later one, which it may not import."""
    return {
        "menu": MENU,
        "place_of": places.place_of,
        "hall_panels": HALL_PANELS,
        "exemplar_panels": EXEMPLAR_PANELS,
        "season_duties": SEASON_DUTIES,
        "present_delegates": present_delegates,
        # Whether who wanted long work may still have it done.
        "active_actor": active_actor,
        "find_units": unit_queries.paths_named,
        "newest_key": key_queries.newest,
    }


def _settle(app: Flask) -> None:
    """Derive what the environment left open: folders, database address, secret key."""
    instance = Path(app.instance_path)
    instance.mkdir(parents=True, exist_ok=True)
    url = str(app.config["DATABASE_URL"] or f"sqlite:///{instance / 'congress.sqlite'}")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    options = database.engine_options(url, app.config["SQLALCHEMY_ENGINE_OPTIONS"])
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    keys.init_app(app)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "congress_app" / "translations")


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
        "may": guards.may,
        "label": filters.label,
        "public_url": public_url,
        "lan_door": current_app.config["LAN_DOOR"],
    }


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
        add_headers_function=headers.static_headers(is_secure=app.config["SESSION_COOKIE_SECURE"]),
        immutable_file_test=IMMUTABLE,
    )
