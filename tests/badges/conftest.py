"""A congress with badges, and who prints them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.kernel.permissions import Role
from tests.builders import a_congress
from tests.conftest import AsRole


@pytest.fixture
def congress(app: Flask) -> Congress:
    """With nobody yet."""
    return a_congress()


@pytest.fixture
def organiser(as_role: AsRole, congress: Congress) -> FlaskClient:
    """Signed in for the congress's unit."""
    return as_role(Role.ORGANISER, congress.unit)
