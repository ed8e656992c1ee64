"""Fixtures of the walks."""

from tests.walks.everything import arguments, elsewhere, foreign, place
from tests.walks.phone import hall, phone_with

__all__ = ["arguments", "elsewhere", "foreign", "hall", "phone_with", "place"]
