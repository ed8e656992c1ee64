"""The door of the house: `create_app()` builds the application.

The import of the factory stands inside the function on purpose, so that a pure
file such as `congress_app.quota.apportionment` loads neither Flask nor SQLAlchemy.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: str | None = None, **overrides: object) -> Flask:
    """Build the application; `config` is a dotted class name as in `config.py`."""
    from congress_app.factory.roof import build

    # The server, every command and the migrations come in here, and what they make holds
    # personal data: no other user of the machine reads it.
    os.umask(0o077)
    return build(config, overrides)
