"""compose.yaml holds together: known keys, names that exist, the database shut off outside."""

from __future__ import annotations

import os
import re
import subprocess
from ipaddress import ip_address, ip_network
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from tests.architecture.sources import ROOT
from tests.tools.compose_file import Misread, read
from tools import throwaway_postgres

FOLDER = ROOT / "deploy"
FILE = read((FOLDER / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = FILE["services"]

# What the compose specification knows and this file may use, with the kind of each value.
KINDS: dict[str, type | tuple[type, ...]] = {
    "image": str,
    "build": dict,
    "command": list,
    "restart": str,
    "depends_on": dict,
    "environment": dict,
    "volumes": list,
    "ports": list,
    "healthcheck": dict,
    "networks": (list, dict),
    "logging": dict,
    "read_only": bool,
    "tmpfs": list,
    "cap_drop": list,
    "security_opt": list,
}
HEALTHCHECK = {"test", "interval", "timeout", "retries", "start_period"}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
DURATION = re.compile(r"\d+(?:ms|s|m|h)")


def test_the_file_has_known_parts_and_every_service_known_keys_of_the_right_kind() -> None:
    # Without `name`, which older versions of the program do not know.
    assert set(FILE) == {"services", "volumes", "networks"}
    faults = [
        f"{name}: {key}"
        for name, service in SERVICES.items()
        for key, value in service.items()
        if key not in KINDS or not isinstance(value, KINDS[key])
    ]
    assert faults == []
    assert all(("image" in each) != ("build" in each) for each in SERVICES.values())


def test_values_of_the_environment_are_texts_as_compose_wants_them() -> None:
    values = [v for each in SERVICES.values() for v in (each.get("environment") or {}).values()]
    assert [value for value in values if not isinstance(value, str)] == []
    holes = [hole for value in values for hole in re.findall(r"\$(?!\{)|\$\{[^}]*$", value)]
    assert holes == []


def test_every_name_a_service_uses_is_defined_and_every_definition_is_used() -> None:
    networks = {name for each in SERVICES.values() for name in each.get("networks", [])}
    mounted = [mount.split(":")[0] for each in SERVICES.values() for mount in each["volumes"]]
    named = {source for source in mounted if not source.startswith((".", "/"))}
    assert (networks, named) == (set(FILE["networks"]), set(FILE["volumes"]))
    for each in SERVICES.values():
        for other, wish in (each.get("depends_on") or {}).items():
            assert wish["condition"] in CONDITIONS
            assert other in SERVICES
            if wish["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other]


def test_health_is_asked_in_a_form_that_runs() -> None:
    asked = [each["healthcheck"] for each in SERVICES.values() if "healthcheck" in each]
    assert asked
    for each in asked:
        assert set(each) <= HEALTHCHECK
        assert each["test"][0] in ("CMD", "CMD-SHELL")
        assert [each[k] for k in ("interval", "timeout") if not DURATION.fullmatch(each[k])] == []


def test_files_a_service_is_built_from_or_mounts_are_there() -> None:
    build = SERVICES["app"]["build"]
    assert ((FOLDER / build["context"]).resolve(), build["dockerfile"]) == (
        ROOT,
        "deploy/Dockerfile",
    )
    assert (ROOT / build["dockerfile"]).is_file()
    assert "./nginx.conf:/etc/nginx/conf.d/default.conf:ro" in SERVICES["proxy"]["volumes"]
    assert "./proxy:/etc/nginx/congress/proxy:ro" in SERVICES["proxy"]["volumes"]
    assert (FOLDER / "nginx.conf").is_file()
    pages = set(re.findall(r" /proxy/([\w.-]+);", (FOLDER / "nginx.conf").read_text("utf-8")))
    assert {path.name for path in (FOLDER / "proxy").iterdir()} == pages | {"pages.css"}


def test_the_applications_account_owns_its_database_and_may_do_nothing_else() -> None:
    script = FOLDER / "database.sh"
    mounted = "./database.sh:/docker-entrypoint-initdb.d/congress.sh:ro"
    assert mounted in SERVICES["database"]["volumes"]
    with throwaway_postgres.server() as url:
        address = make_url(url)
        there = {
            "PGHOST": str(address.host),
            "PGPORT": str(address.port),
            "POSTGRES_PASSWORD": "p'w",
        }
        subprocess.run(["sh", script], env=os.environ | there, check=True, capture_output=True)
        plain = address.set(drivername="postgresql", username="congress", database="congress")
        with psycopg.connect(plain.render_as_string(), autocommit=True) as account:
            account.execute("CREATE TABLE mine (id integer)")
            rights = account.execute(
                "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
                " FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            assert rights == (False,) * 5
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                account.execute("CREATE DATABASE another")


def test_only_the_proxy_is_reached_from_outside_and_the_database_from_the_application() -> None:
    assert {name: each["ports"] for name, each in SERVICES.items() if "ports" in each} == {
        "proxy": ["80:80", "443:443"]
    }
    assert FILE["networks"]["inside"] == {"internal": True}
    inside = {name for name, each in SERVICES.items() if "inside" in each["networks"]}
    assert inside == {"database", "app"}
    # nginx keeps the address it found at its start, so the application keeps it as well.
    (network,) = FILE["networks"]["outside"]["ipam"]["config"]
    address = SERVICES["app"]["networks"]["outside"]["ipv4_address"]
    assert ip_address(address) in ip_network(network["subnet"])
    assert all(each["logging"]["options"]["max-size"] for each in SERVICES.values())
    upstream = re.findall(r"^    server (\w+):(\d+);", (FOLDER / "nginx.conf").read_text(), re.M)
    assert upstream == [("app", "8000")]
    image = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    assert "EXPOSE 8000" in image
    assert "@database/congress" in SERVICES["app"]["environment"]["DATABASE_URL"]


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2", "a:\n   b: 1", "a: &x 1", "a:\n\tb: 1", "- a", "a: b: c", "a: 1\n    b: 2"],
)
def test_what_is_not_understood_is_an_error(text: str) -> None:
    with pytest.raises(Misread):
        read(text)
