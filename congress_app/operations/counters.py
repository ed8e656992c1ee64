"""What a serving process counts of its requests, and how a monitor reads it.

The text is the Prometheus exposition format, version 0.0.4. Durations are a histogram with
cumulative buckets in seconds; each process is a series of its own (label `worker`), so that
a restarted one is seen as a reset and not as a loss.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = Mapping[str, str]


class Counters:
    """Requests of one process since it started: by endpoint, how many and how long."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._durations: dict[str, list[float]] = {}
        self._answers: dict[str, int] = {}

    def note(self, endpoint: str, status: int, seconds: float) -> None:
        """One more request; the last figure of an endpoint is the sum of its seconds."""
        with self._guard:
            row = self._durations.setdefault(endpoint, [0] * (len(BUCKETS) + 1) + [0.0])
            row[bisect_left(BUCKETS, seconds)] += 1
            row[-1] += seconds
            kind = f"{status // 100}xx"
            self._answers[kind] = self._answers.get(kind, 0) + 1

    def as_data(self) -> dict[str, Any]:
        """The counts as JSON."""
        with self._guard:
            durations = {
                name: [*row[:-1], round(row[-1], 4)] for name, row in self._durations.items()
            }
            return {"durations": durations, "answers": dict(self._answers)}


@dataclass(frozen=True)
class Metric:
    """One name with its samples: pairs of labels and value."""

    name: str
    kind: str  # gauge, counter, histogram
    help: str
    samples: tuple[tuple[str, Labels, float], ...]


def gauge(name: str, text: str, value: float | None, **labels: str) -> Metric:
    """One figure; nothing at all when it is not known."""
    return Metric(name, "gauge", text, () if value is None else (("", labels, value),))


def requests(processes: Mapping[str, Mapping[str, Any]]) -> Iterator[Metric]:
    """The request metrics of all processes, by their names."""
    answers: list[tuple[str, Labels, float]] = []
    durations: list[tuple[str, Labels, float]] = []
    for worker, counted in sorted(processes.items()):
        for status, count in sorted(counted.get("answers", {}).items()):
            answers.append(("", {"worker": worker, "status": status}, count))
        for endpoint, row in sorted(counted.get("durations", {}).items()):
            durations += _histogram({"worker": worker, "endpoint": endpoint}, row)
    yield Metric(
        "congress_responses_total", "counter", "Answers by class of status.", tuple(answers)
    )
    yield Metric(
        "congress_request_duration_seconds",
        "histogram",
        "Time to answer, by endpoint.",
        tuple(durations),
    )


def _histogram(labels: Labels, row: list[float]) -> Iterator[tuple[str, Labels, float]]:
    seen = 0.0
    for bound, count in zip([*map(str, BUCKETS), "+Inf"], row, strict=False):
        seen += count
        yield "_bucket", {**labels, "le": bound}, seen
    yield "_sum", labels, row[-1]
    yield "_count", labels, seen


def as_text(metrics: Iterable[Metric]) -> str:
    """All metrics as a monitor reads them."""
    lines: list[str] = []
    for metric in metrics:
        lines += [f"# HELP {metric.name} {metric.help}", f"# TYPE {metric.name} {metric.kind}"]
        lines += [
            f"{metric.name}{suffix}{_labels(labels)} {value:g}"
            if abs(value) < 1e6
            else f"{metric.name}{suffix}{_labels(labels)} {value:.0f}"
            for suffix, labels, value in metric.samples
        ]
    return "\n".join([*lines, ""])


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    inner = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return "{" + inner + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
