"""The scanner's page and what its service worker keeps."""

from __future__ import annotations

import json
import re
from pathlib import Path

from flask.testing import FlaskClient

from congress_app.scanners import shell
from tests.architecture.sources import ROOT

STATIC = ROOT / "static"
PAGE = ROOT / "templates" / "scanners" / "scanner.html"
LINKED = re.compile(r'(?:src|href)="(/static/[^"#?]+)')
IMPORTED = re.compile(r'from "\./([a-z]+\.js)"')


def kept(client: FlaskClient) -> dict[str, object]:
    first = client.get("/scanner/worker.js").text.partition("\n")[0]
    told: dict[str, object] = json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))
    return told


def status_of(client: FlaskClient, path: str) -> int:
    with client.get(path) as answer:
        return answer.status_code


def test_everything_the_page_links_is_kept(client: FlaskClient) -> None:
    files = kept(client)["files"]
    assert isinstance(files, list)
    linked = set(LINKED.findall(client.get("/scanner").text))
    assert linked - {"/static/icons/icon-180.png"} <= set(files) | {"/static/favicon.svg"}
    scripts = [STATIC.parent / file.lstrip("/") for file in files if file.endswith(".js")]
    own = [path for path in scripts if path.parent.name == "scanners" and path.exists()]
    needed = {name for path in own for name in IMPORTED.findall(path.read_text("utf-8"))}
    assert needed <= {path.name for path in own}


def test_everything_kept_is_answered(client: FlaskClient) -> None:
    files = kept(client)["files"]
    assert isinstance(files, list)
    assert [file for file in files if status_of(client, file) != 200] == []


def test_no_call_of_the_api_is_kept(client: FlaskClient) -> None:
    assert [file for file in kept(client)["files"] if "/api/" in file] == []  # type: ignore[attr-defined]


def test_workers_cover_the_page_under_its_own_policy(client: FlaskClient) -> None:
    worker, decoder = client.get("/scanner/worker.js"), client.get("/scanner/decoder.js")
    assert (worker.mimetype, worker.headers["Service-Worker-Allowed"]) == (
        "text/javascript",
        "/scanner",
    )
    assert "wasm-unsafe-eval" in decoder.headers["Content-Security-Policy"]


def test_the_version_changes_with_a_file_and_with_the_page(tmp_path: Path) -> None:
    (tmp_path / "scanners").mkdir()
    script, page = tmp_path / "scanners" / "a.js", tmp_path / "page.html"
    versions = []
    for code, text in (("1", "1"), ("22", "1"), ("22", "22"), ("22", "22")):
        script.write_text(code, "utf-8")
        page.write_text(text, "utf-8")
        versions.append(shell.version(tmp_path, page))
    assert len(set(versions[:3])) == 3
    assert versions[2] == versions[3]


def test_the_page_tells_its_version(client: FlaskClient) -> None:
    assert f'data-version="{shell.version(STATIC, PAGE)}"' in client.get("/scanner").text
