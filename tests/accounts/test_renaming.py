"""The name under which acts are recorded is another administrator's to change."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.accounts import queries, services
from congress_app.accounts.models import User
from congress_app.kernel.errors import RuleViolation
from congress_app.units.models import Unit
from tests import builders

NEW = "Lê Thị Bí"


@pytest.fixture
def root(app: Flask) -> Unit:
    return builders.the_root()


def rename(user: User, by: User) -> str:
    services.rename(user, NEW, actor=queries.actor_of(by, None))
    return user.display_name


def test_nobody_signs_by_a_name_of_his_own_choice(root: Unit) -> None:
    province = builders.a_unit("79", root)
    chief, second, local = (builders.a_user("admin", unit) for unit in (root, root, province))
    for user in (chief, local):
        before = user.display_name
        with pytest.raises(RuleViolation) as refused:
            rename(user, by=user)
        assert (refused.value.code, user.display_name) == ("own_name", before)
    assert rename(chief, by=second) == NEW


def test_the_only_one_who_could_changes_his_own(root: Unit) -> None:
    chief = builders.a_user("admin", root)
    # Who manages a province does not reach him, a closed account nobody.
    builders.a_user("admin", builders.a_unit("79", root))
    builders.a_user("admin", root, is_active=False)
    assert rename(chief, by=chief) == NEW
