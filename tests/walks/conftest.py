"""Fixtures of the walks."""

from tests.walks.phone import hall, phone_with

__all__ = ["hall", "phone_with"]
