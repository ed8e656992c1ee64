"""Every address declares who may come, and every page is whole: no inline code, no dead link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect, Rule

from congress_app import create_app
from congress_app.agenda.calendar_link import secret_of
from congress_app.database import transaction
from congress_app.formats.certificates import new_authority
from congress_app.jobs.models import Job, JobFile
from congress_app.kernel.clock import now
from congress_app.web.guards import access_of, public
from tests import builders
from tests.architecture.pages import html_faults
from tests.architecture.sources import ROOT, lines

ADDRESS = re.compile(r"<(?:a|form|link|script|img|button|source)\b[^>]*?>", re.S)
ATTRIBUTE = re.compile(r"\s(href|src|action|formaction)=\"([^\"]*)\"")
METHOD = re.compile(r"\smethod=\"(\w+)\"", re.I)


def undeclared(app: Flask) -> list[str]:
    """Endpoints that say nothing about who may come."""
    return sorted(
        {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if rule.endpoint != "static" and access_of(app.view_functions[rule.endpoint]) is None
        }
    )


def pages(app: Flask) -> list[Rule]:
    """The rules that answer GET, static files apart."""
    rules = [
        r for r in app.url_map.iter_rules() if "GET" in (r.methods or ()) and r.endpoint != "static"
    ]
    return sorted(rules, key=lambda rule: rule.rule)


def for_devices(app: Flask, rule: Rule) -> bool:
    """True when only a paired device may come, so the administrator is refused."""
    access = access_of(app.view_functions[rule.endpoint])
    return access is not None and access.kind == "device"


def a_job(owner_id: int) -> Job:
    """Work under way that has made its file already."""
    job = Job(
        kind="test", owner_id=owner_id, title="Việc nền", created_at=now(), heartbeat_at=now()
    )
    with transaction() as session:
        session.add(job)
        session.flush()
        session.add(JobFile(job_id=job.id, name="Thẻ.pdf", data=b"%PDF-1.4"))
    return job


@pytest.fixture
def scene(app: Flask, as_role: Any, tmp_path: Path) -> SimpleNamespace:
    """A signed-in administrator, and one row for each kind of argument an address may have."""
    # The page of an office network exists only where one is served.
    authority = tmp_path / "authority.crt"
    authority.write_bytes(new_authority("Mạng nội bộ", [], now()).certificate)
    app.config["LAN_AUTHORITY"] = str(authority)
    client = as_role("admin")
    congress = builders.a_congress()
    person = builders.a_person(unit=congress.unit)
    delegate = builders.a_delegate(congress, person, link_token="t" * 32)
    session = builders.a_session(congress)
    item = builders.an_item(session)
    builders.a_release(congress)
    election = builders.an_election(congress)
    candidate = builders.a_candidate(election, person)
    round_ = builders.a_round(election)
    place = builders.an_elected_place(election, candidate)
    badge = builders.a_badge(delegate)
    exemplar = builders.an_exemplar()
    builders.an_exemplar_file(exemplar, is_portrait=True, kind="jpg")
    speech = builders.a_speech(congress)
    builders.a_speech_file(speech)
    scan = builders.a_scan(session, badge)
    builders.a_credential_report(congress)
    arguments = {
        "candidate_id": candidate.id,
        "uuid": "00000000-0000-4000-8000-000000000000",
        "exemplar_id": exemplar.id,
        "award_code": "order",
        "criteria_id": builders.a_criteria_set(exemplar.unit).id,
        "file_id": builders.an_exemplar_file(exemplar).id,
        "purpose": "story",
        "movement_id": builders.a_movement().id,
        "quarter": "2020-1",
        "nomination_id": builders.a_nomination(exemplar).id,
        "cluster_id": builders.a_cluster().id,
        "conflict_id": builders.a_conflict(scan).id,
        "congress_id": congress.id,
        "delegate_id": delegate.id,
        "device_id": builders.a_device(congress).id,
        "batch": builders.a_paper_sheet(session, [delegate]).batch,
        "document_id": builders.a_document(congress).id,
        "dossier_id": builders.a_dossier(congress).id,
        "person_id": person.id,
        "request_id": builders.a_data_request(person).id,
        "file_format": "pdf",
        "file_key": builders.a_document_file(congress, client.user.id).key,
        "election_id": election.id,
        "grant_id": client.user.grants[0].id,
        "hall_id": builders.a_hall(congress).id,
        "hall_token": builders.a_hall_link(congress).token,
        "item_id": item.id,
        "job_id": a_job(client.user.id).id,
        "key": congress.season.rulebook.key,
        "level": "base",
        "number": builders.an_allocation(congress, {congress.unit: 3}).number,
        "paper_kind": "plan",
        "paper_id": builders.a_released_paper(congress).id,
        "place_id": place.id,
        "scan_id": scan.id,
        "season_id": congress.season_id,
        "sheet_id": builders.a_count_sheet(round_).id,
        "session_id": session.id,
        "run_id": builders.a_speech_run(congress).id,
        "slot": "text",
        "speech_id": speech.id,
        "target": "open",
        "calendar_token": secret_of(str(delegate.link_token)),
        "token": delegate.link_token,
        "transmission_id": builders.a_transmission(election, {place: delegate}).id,
        "unit_id": congress.unit_id,
        "user_id": client.user.id,
    }
    return SimpleNamespace(client=client, arguments=arguments)


def links(html: str) -> Iterator[tuple[str, str]]:
    """Method and address of everything a page leads to."""
    for tag in ADDRESS.findall(html):
        method = METHOD.search(tag)
        for name, address in ATTRIBUTE.findall(tag):
            posts = name == "formaction" or (
                method is not None and method.group(1).lower() == "post"
            )
            yield "POST" if posts else "GET", address.replace("&amp;", "&")


def dead(app: Flask, html: str, base: str) -> list[str]:
    """Addresses on the page that no route answers."""
    adapter = app.url_map.bind("localhost")
    found = []
    for method, address in links(html):
        # A calendar is subscribed to by an address of its own kind; it is ours all the same.
        own = address.removeprefix("webcal://localhost")
        path = own.partition("?")[0].partition("#")[0] or base
        if path.startswith(("mailto:", "tel:", "data:")):
            continue
        try:
            adapter.match(path, method=method)
        except RequestRedirect:
            continue
        except (NotFound, MethodNotAllowed):
            found.append(f"{base}: {method} {own}")
    return found


def test_every_endpoint_declares_its_access(app: Flask) -> None:
    assert undeclared(app) == []


def page_faults(app: Flask, rule: Rule, scene: SimpleNamespace) -> list[str]:
    """What is wrong with one page, opened by the administrator."""
    unknown = rule.arguments - scene.arguments.keys()
    if unknown:
        return [f"{rule.rule}: teach the scene about {', '.join(sorted(unknown))}"]
    values = {name: scene.arguments[name] for name in rule.arguments}
    path = app.url_map.bind("localhost").build(rule.endpoint, values)
    try:
        answer = scene.client.get(path)
    except Exception as error:  # noqa: BLE001 - told beside the faults of the other pages
        return [f"{path} raises {error!r}"]
    faults = []
    if answer.status_code >= 400 and not for_devices(app, rule):
        faults.append(f"{path} answers {answer.status_code}")
    if answer.mimetype == "text/html":
        faults += [f"{path}: {fault}" for fault in html_faults(answer.text)]
        faults += dead(app, answer.text, path)
    return faults


def test_every_page_can_be_opened_and_is_whole(app: Flask, scene: SimpleNamespace) -> None:
    assert lines(fault for rule in pages(app) for fault in page_faults(app, rule, scene)) == ""


def test_address_and_form_are_read_together_by_few_views() -> None:
    # A filter, a choice of view or where to go on; what gives a right or names a row never.
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "congress_app").rglob("*.py")
        if re.search(r"request\.values", path.read_text(encoding="utf-8"))
    }
    assert found == {
        "congress_app/accounts/sign_in_routes.py",
        "congress_app/congresses/routes.py",
        "congress_app/elections/credential_routes.py",
        "congress_app/exemplars/summary_routes.py",
        "congress_app/programme/day_routes.py",
        "congress_app/units/cluster_routes.py",
    }


def test_pages_carry_the_policy_and_their_language(app: Flask, scene: SimpleNamespace) -> None:
    answer = scene.client.get(f"/congresses/{scene.arguments['congress_id']}/plan")
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert '<html lang="vi">' in answer.text


# What follows shows that each check finds a planted fault.


def test_an_undeclared_endpoint_is_found_and_refused(database_url: str) -> None:
    application = create_app("config.Testing", DATABASE_URL=database_url)
    application.add_url_rule("/open", "open", public(lambda: "open"))
    application.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert undeclared(application) == ["forgotten"]
    assert application.test_client().get("/open").status_code == 200
    refused = application.test_client().get("/forgotten")
    assert (refused.status_code, "secret" in refused.text) == (403, False)


def test_a_dead_link_is_found(app: Flask) -> None:
    html = (
        '<a href="/healthz?x=1">a</a><a href="/nowhere">b</a><a href="#main">c</a>'
        '<form method="post" action="/healthz"></form><link href="/static/base.css">'
        '<a href="webcal://localhost/healthz">d</a><a href="webcal://localhost/no.ics">e</a>'
    )
    assert dead(app, html, "/readyz") == [
        "/readyz: GET /nowhere",
        "/readyz: POST /healthz",
        "/readyz: GET /no.ics",
    ]
