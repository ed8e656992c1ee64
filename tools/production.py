"""What keeps a server with real data from starting, asked before the first worker is made."""

from __future__ import annotations

import os

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from congress_app import create_app
from congress_app.accounts.models import User
from congress_app.database import db
from congress_app.factory.production import why_not


def why_not_serve() -> str | None:
    """The sentence that ends the start; None without `PRODUCTION=1` or when all is well."""
    if os.environ.get("PRODUCTION") != "1":
        return None
    app = create_app()
    with app.app_context():
        try:
            demo = db.session.scalar(select(func.count()).where(User.is_demo)) or 0
        except SQLAlchemyError:  # no tables yet: nobody is in them
            demo = 0
        db.session.remove()
        db.engine.dispose()
    return why_not(app.config, demo_accounts=demo)
