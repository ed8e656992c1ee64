"""The runner of the benchmarks: figures to stdout, words to stderr."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import main, pass_on


def test_figures_carry_the_name_of_their_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    pass_on("scan", '{"p99_ms": 12}\n')
    pass_on("scan", "warming up\n")
    pass_on("scan", "[1, 2]\n")
    captured = capsys.readouterr()
    assert captured.out == '{"benchmark": "scan", "p99_ms": 12}\n'
    assert captured.err == "warming up\n[1, 2]\n"


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no_such"]) == 2
    assert "No such benchmark: no_such." in capsys.readouterr().err
