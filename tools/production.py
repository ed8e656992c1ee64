"""What keeps a server with real data from starting, asked before the first worker is made."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from congress_app import create_app
from congress_app.accounts import key_file
from congress_app.accounts.models import User
from congress_app.database import database_files, db
from congress_app.factory.production import logs_rows, too_mighty, why_not
from congress_app.operations.queries import logged_account


def why_not_serve() -> str | None:
    """The sentence that ends the start; None without `PRODUCTION=1` or when all is well."""
    if os.environ.get("PRODUCTION") != "1":
        return None
    app = create_app()
    with app.app_context():
        try:
            for told in (too_mighty(rights_of_account()), logs_rows(logged_account())):
                if told:
                    print(told, file=sys.stderr)
            demo = db.session.scalar(select(func.count()).where(User.is_demo)) or 0
        except SQLAlchemyError:  # no tables yet: nobody is in them
            demo = 0
        db.session.remove()
        db.engine.dispose()
    file = str(app.config["SECRET_KEY_FILE"])
    is_open = bool(file) and key_file.is_open(Path(file))
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    seen = next((str(one) for one in database_files(url) if key_file.is_open(one)), None)
    return why_not(app.config, demo_accounts=demo, key_is_open=is_open, open_file=seen)


# Rights of a PostgreSQL role over the whole server, by their columns in pg_roles.
_RIGHTS = {
    "rolsuper": "SUPERUSER",
    "rolcreaterole": "CREATEROLE",
    "rolcreatedb": "CREATEDB",
    "rolreplication": "REPLICATION",
    "rolbypassrls": "BYPASSRLS",
}


def rights_of_account() -> list[str]:
    """What the database's account may do beyond its own database; nothing on SQLite."""
    if db.engine.dialect.name != "postgresql":
        return []
    asked = text("SELECT * FROM pg_roles WHERE rolname = current_user")
    row = db.session.execute(asked).mappings().one()
    return [name for column, name in _RIGHTS.items() if row[column]]
