"""One collective and one individual for every field: what counts for which unit."""

from __future__ import annotations

from congress_app.exemplars.coverage import WANTED_FIELDS, Coverage, Selection, coverage_of
from congress_app.exemplars.fields import WORK_FIELDS

FIELDS = ("collection", "benefits", "finance", "it")


def test_every_field_is_met_or_tells_what_is_missing() -> None:
    selections = [
        Selection("collective", "collection", "/1/2/", "/1/2/"),
        Selection("individual", "collection", "/1/2/", "/1/2/"),
        Selection("individual", "benefits", "/1/2/", "/1/2/"),
        Selection("collective", "finance", "/1/2/", "/1/2/"),
        Selection("individual", None, "/1/2/", "/1/2/"),
        Selection("individual", "other", "/1/2/", "/1/2/"),
    ]
    found = coverage_of("BHXH tỉnh A", "/1/2/", selections, FIELDS)
    assert found == Coverage(
        "BHXH tỉnh A",
        2,
        4,
        met=("collection",),
        no_collective=("benefits",),
        no_individual=("finance",),
        neither=("it",),
        no_field=1,
    )
    assert not found.is_met
    assert coverage_of("BHXH tỉnh A", "/1/2/", selections, FIELDS[:1]).is_met


def test_a_selection_counts_from_the_council_down_to_the_exemplars_unit() -> None:
    by_province = Selection("individual", "it", "/1/2/5/", "/1/2/")
    by_district = Selection("individual", "it", "/1/2/5/", "/1/2/5/")
    counted = {
        path: [one.counts_for(path) for one in (by_province, by_district)]
        for path in ("/1/", "/1/2/", "/1/2/5/", "/1/2/6/")
    }
    assert counted == {
        "/1/": [False, False],
        "/1/2/": [True, False],
        "/1/2/5/": [True, True],
        "/1/2/6/": [False, False],
    }


def test_all_fields_of_the_list_are_asked_for_but_the_rest() -> None:
    assert (*WANTED_FIELDS, "other") == tuple(WORK_FIELDS)
