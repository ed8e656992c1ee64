"""Loading the whole demonstration season into an empty database.

Prints one JSON line: seconds, rows a second and the highest memory of the process.
"""

from __future__ import annotations

import json
import resource
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import func, select

from congress_app import create_app
from congress_app.badges.models import Badge
from congress_app.checkin.models import Scan
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.demo import services
from congress_app.demo.sizes import Size
from congress_app.kernel.permissions import system_actor
from congress_app.units.models import Unit

COUNTED = (Unit, Congress, Person, Delegate, Badge, Scan)


def main() -> None:
    """Load once and print what it took; the promise is 60 seconds."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app("config.Testing", DATABASE_URL=f"sqlite:///{Path(folder) / 'b.sqlite'}")
        with app.app_context():
            upgrade()
            began = time.perf_counter()
            services.load(Size.SEASON, 2020, actor=system_actor())
            seconds = time.perf_counter() - began
            rows = {
                model.__tablename__: db.session.scalar(select(func.count()).select_from(model))
                for model in COUNTED
            }
            db.session.remove()
            db.engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": round(seconds, 1), "peak_mb": peak, **rows}))


if __name__ == "__main__":
    main()
