"""A congress in the morning it is held, a unit below it, and who sees to its speeches."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.kernel.permissions import Role
from congress_app.units.models import Unit
from tests.builders import a_congress, a_unit
from tests.conftest import AsRole, FrozenClock


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    """With the clock held."""
    return a_congress()


@pytest.fixture
def district(congress: Congress) -> Unit:
    """Below the congress's unit."""
    return a_unit("7901", congress.unit)


@pytest.fixture
def secretary(as_role: AsRole, congress: Congress) -> FlaskClient:
    """Signed in for the congress's unit."""
    return as_role(Role.SECRETARY, congress.unit)
