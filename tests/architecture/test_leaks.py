"""No secret lies in the repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.leaks import SHAPES, leaks
from tests.architecture.sources import ROOT

# Random words that open nothing, by the file and how they begin, and why they are random.
ALLOWED = {
    ("tests/factory/test_keys.py", "q7Zt0VdP"): "a strong key: production refuses weak ones",
    ("tests/factory/test_production.py", "q7Zt0VdP"): "the strong key beside the weak ones",
    ("tests/operations/test_nginx.py", "9f2b61c0"): "a server that lives for one test",
}


def files() -> Iterator[str]:
    """What is or would be committed; of a tree without git everything that is not ignored."""
    if (ROOT / ".git").exists():
        told = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        found = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        yield from found.rstrip("\0").split("\0")
        return
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in ignored]
        yield from (str((Path(folder) / name).relative_to(ROOT)) for name in names)


def text_of(file: str) -> str:
    """The file's text; of pictures, fonts and what was just deleted there is none."""
    try:
        return (ROOT / file).read_text("utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""


def test_no_secret_lies_in_the_repository() -> None:
    found = [leak for file in files() for leak in leaks(file, text_of(file))]
    seen = {(leak.file, leak.word[:8]) for leak in found}
    told = [f"{leak.file}:{leak.line}: {leak.what}" for leak in found
            if (leak.file, leak.word[:8]) not in ALLOWED]  # fmt: skip
    assert told == []
    assert seen == set(ALLOWED), "what is allowed and no longer there"


# Put together here, so that this very file holds none of them.
WORD = "Zq7t0VdPp3kRw9LmXc2YbN5sHf8JgTa1Q4uE6iOo"
SAMPLES = {
    "private key": [f"-----BEGIN {kind}PRIVATE KEY-----\n{WORD}" for kind in ("", "RSA ", "EC ")],
    "key of a cloud": [f"AKIA{WORD.upper()[:16]}", f"AIza{WORD[:35]}"],
    "token of a forge": [f"ghp_{WORD[:36]}", f"github_pat_{WORD * 2}", f"glpat-{WORD[:20]}"],
    "token of a registry": [f"pypi-AgEI{WORD}", f"npm_{WORD[:36]}"],
    "token of a messenger": [f"xoxb-{WORD[:24]}"],
    "key of a service": [f"sk_live_{WORD[:24]}", f"sk-{WORD}", f"SG.{WORD[:22]}.{WORD}"],
    "signed token": [f"eyJ{WORD}.eyJ{WORD}.{WORD}"],
    "random word under a telling name": [
        f'SECRET_KEY = "{WORD}"',
        f"app.config['MAIL_PASSWORD'] = '{WORD[:16]}'",
        f'api_key: str = "{WORD}"',
        f'{{"accessToken": "{WORD}"}}',
        f'connect(password=b"{WORD}")',
        f"    POSTGRES_PASSWORD: {WORD[:20]}\n",
        f"export SECRET_KEY={WORD}\n",
        'TOTP_SECRET = "JBSWY3DP' + 'EHPK3PXP2W4T"',
        'metrics_token = "9f2b61c0d7e84a53' + 'b1f68c3d5e7a9012"',
    ],
    "password in an address": [f"postgresql://congress:{WORD[:12]}@10.0.0.5/congress"],
}


def test_a_sample_stands_for_every_shape() -> None:
    others = {"random word under a telling name", "password in an address"}
    assert set(SAMPLES) == set(SHAPES) | others


@pytest.mark.parametrize(
    ("what", "text"), [(what, text) for what, texts in SAMPLES.items() for text in texts]
)
def test_each_kind_is_found_where_it_stands(what: str, text: str) -> None:
    found = [(leak.line, leak.what) for leak in leaks("notes.txt", f"one line\n# {text}\n")]
    assert (2, what) in found


@pytest.mark.parametrize("file", ["deploy/server.key", "id_ed25519", "a/ca.p12", ".netrc"])
def test_a_file_of_a_key_is_one_whatever_is_in_it(file: str) -> None:
    assert [leak.what for leak in leaks(file, "")] == ["file of a key"]


@pytest.mark.parametrize(
    "text",
    [
        'METRICS_TOKEN = "secret-of-the-monitor"',
        "SECRET_KEY=change-me-to-something-long-2026",
        'password="mat-khau-moi-cua-toi-2026"',
        'token = request.headers.get("Authorization")',
        'KEYS = "congress.delegates.index_2026"',
        "postgresql://congress:password@localhost/congress",
        "-----BEGIN PRIVATE KEY-----",
        "search_key: Mapped[str] = mapped_column(String(200))",
    ],
)
def test_what_people_write_as_an_example_is_none(text: str) -> None:
    assert list(leaks("notes.txt", text)) == []
