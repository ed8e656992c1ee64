"""A congress with papers, and who writes them."""

from __future__ import annotations

from datetime import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.kernel.permissions import Role
from tests.builders import a_congress, a_unit, the_root
from tests.conftest import AsRole


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A province's, its place and hour known."""
    return a_congress(
        a_unit("22", the_root(), name="BHXH tỉnh Quảng Ninh"),
        starts_at=time(7, 30),
        place="Hội trường tỉnh",
    )


@pytest.fixture
def organiser(as_role: AsRole, congress: Congress) -> FlaskClient:
    """Signed in for the congress's unit."""
    return as_role(Role.ORGANISER, congress.unit)
