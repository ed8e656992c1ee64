"""Counting requests, and the text a monitor reads."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.operations.counters import BUCKETS, Counters, as_text, gauge, requests


def test_two_requests_as_a_monitor_reads_them():
    counters = Counters()
    counters.note("units.index", 200, 0.05)
    counters.note("units.index", 503, 0.3)
    text = as_text(requests({"may:1": counters.as_data()}))
    name = "congress_request_duration_seconds"
    of = 'worker="may:1",endpoint="units.index"'
    assert text.splitlines() == [
        "# HELP congress_responses_total Answers by class of status.",
        "# TYPE congress_responses_total counter",
        'congress_responses_total{worker="may:1",status="2xx"} 1',
        'congress_responses_total{worker="may:1",status="5xx"} 1',
        f"# HELP {name} Time to answer, by endpoint.",
        f"# TYPE {name} histogram",
        f'{name}_bucket{{{of},le="0.01"}} 0',
        f'{name}_bucket{{{of},le="0.025"}} 0',
        f'{name}_bucket{{{of},le="0.05"}} 1',
        f'{name}_bucket{{{of},le="0.1"}} 1',
        f'{name}_bucket{{{of},le="0.25"}} 1',
        f'{name}_bucket{{{of},le="0.5"}} 2',
        f'{name}_bucket{{{of},le="1.0"}} 2',
        f'{name}_bucket{{{of},le="2.5"}} 2',
        f'{name}_bucket{{{of},le="10.0"}} 2',
        f'{name}_bucket{{{of},le="+Inf"}} 2',
        f"{name}_sum{{{of}}} 0.35",
        f"{name}_count{{{of}}} 2",
    ]


@given(st.lists(st.floats(0, 100), max_size=30))
def test_every_request_is_in_one_bucket_and_in_the_sum(durations):
    counters = Counters()
    for seconds in durations:
        counters.note("x", 200, seconds)
    row = counters.as_data()["durations"].get("x", [0] * (len(BUCKETS) + 2))
    assert sum(row[:-1]) == len(durations)
    assert abs(row[-1] - sum(durations)) < 0.001


def test_an_unknown_figure_is_left_out_and_a_label_is_escaped():
    told = as_text([gauge("a", "A.", None), gauge("b", "B.", 2**40, of='x"\\\n')])
    assert told == (
        "# HELP a A.\n# TYPE a gauge\n# HELP b B.\n# TYPE b gauge\n"
        'b{of="x\\"\\\\\\n"} 1099511627776\n'
    )
