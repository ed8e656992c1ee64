"""`make run`'s own part: prepare, serve, say where, stop."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.architecture.sources import ROOT
from tools.run import why_not_listen

START_SECONDS = 120


@pytest.fixture
def port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Start]:
    """`start(ALLOW_DEMO="0")` begins a server on `port`; it is killed after the test."""
    started: list[subprocess.Popen[str]] = []

    def run(**settings: str) -> subprocess.Popen[str]:
        own = {"INSTANCE_PATH": str(tmp_path), "PORT": str(port), "HOST": "127.0.0.1"}
        environment = {**os.environ, "DATABASE_URL": "", **own, **settings}
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.run"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ask(port: int, path: str, process: subprocess.Popen[str]) -> str:
    """The answer of the server, once it is there."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                return str(answer.read().decode())
        except URLError:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)
    raise AssertionError(process.communicate())


def stop(process: subprocess.Popen[str], number: signal.Signals) -> tuple[int, str, str]:
    """Exit code and everything said, after the signal."""
    process.send_signal(number)
    said, complained = process.communicate(timeout=60)
    return process.returncode, said, complained


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_cleanly(start: Start, port: int, number: signal.Signals) -> None:
    process = start(ALLOW_DEMO="0")
    assert json.loads(ask(port, "/readyz", process)) == {"status": "ok"}
    code, said, complained = stop(process, number)
    assert (code, complained) == (0, "")
    assert f"http://127.0.0.1:{port}" in said


def test_the_first_start_loads_the_demonstration_and_the_second_keeps_it(
    start: Start, port: int
) -> None:
    first = start()
    ask(port, "/readyz", first)
    code, said, complained = stop(first, signal.SIGTERM)
    assert (code, complained) == (0, "")
    accounts = re.search(r"Tài khoản minh họa:\n(?:    \S+ +\S+ +\S.*\n)+", said)
    assert accounts is not None
    second = start()
    ask(port, "/readyz", second)
    code, said_again, complained = stop(second, signal.SIGTERM)
    assert (code, complained) == (0, "")
    assert accounts.group() in said_again
    assert "Đang nạp" in said
    assert "Đang nạp" not in said_again


def test_a_taken_port_is_told_in_one_sentence(start: Start, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        process = start(ALLOW_DEMO="0")
        said, complained = process.communicate(timeout=START_SECONDS)
    sentence = (
        f"Cổng {port} đang có chương trình khác dùng: "
        f"hãy dừng nó hoặc chạy make run PORT={port + 1}.\n"
    )
    assert (process.returncode, said, complained) == (1, "", sentence)


@pytest.mark.parametrize(
    ("host", "given", "sentence"),
    [
        ("127.0.0.1", "0", "PORT=0 không phải số cổng"),
        ("127.0.0.1", "http", "PORT=http không phải số cổng"),
        ("127.0.0.1", "65536", "PORT=65536 không phải số cổng"),
        ("no-such-host.invalid", "8000", "HOST=no-such-host.invalid không phải địa chỉ"),
    ],
)
def test_an_impossible_address_is_told(host: str, given: str, sentence: str) -> None:
    trouble = why_not_listen(host, given)
    assert trouble is not None
    assert trouble.startswith(sentence)


def test_a_free_port_is_no_trouble(port: int) -> None:
    assert why_not_listen("127.0.0.1", str(port)) is None
