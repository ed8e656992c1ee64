"""The register of durable works."""

from __future__ import annotations

import json

import pytest

from congress_app.jobs import registry
from congress_app.kernel.permissions import Actor, Grant, Role


def test_a_work_is_found_by_its_kind():
    @registry.durable("registry_trial")
    def work(progress, actor):
        return None

    assert registry.work_of("registry_trial") is work
    assert registry.work_of("no such work") is None


def test_two_works_of_one_kind_are_a_mistake():
    @registry.durable("registry_twice")
    def one(progress, actor):
        return None

    with pytest.raises(ValueError, match="registry_twice"):

        @registry.durable("registry_twice")
        def other(progress, actor):
            return None


def test_an_actor_comes_back_from_json_with_his_rights():
    actor = Actor("user", 7, "lan", "Lan", (Grant(Role.REGISTRAR, "/1/5/"),), "192.0.2.1")
    kept = json.loads(json.dumps(registry.actor_as_data(actor)))
    assert registry.actor_from_data(kept) == actor
