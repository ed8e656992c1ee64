"""A form that came too late, as a value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.accounts import typed_form
from congress_app.accounts.typed_form import TypedForm
from congress_app.jobs.uploads import KEY

TEXT = st.text(max_size=30)
FIELDS = st.lists(st.tuples(TEXT.map(lambda name: f"x-{name}"), TEXT), max_size=5).map(tuple)


@given(st.builds(TypedForm, TEXT, FIELDS, st.lists(TEXT, max_size=2).map(tuple)))
def test_it_comes_back_as_it_was(form: TypedForm) -> None:
    assert typed_form.from_bytes(typed_form.as_bytes(form)) == form


def test_the_protection_of_the_ended_session_is_not_kept() -> None:
    form = TypedForm("/a", (("csrf_token", "x"), ("name", "Lê An"), (typed_form.AGAIN, "1")))
    kept = typed_form.from_bytes(typed_form.as_bytes(form))
    assert kept == TypedForm("/a", (("name", "Lê An"),))


def test_a_person_is_shown_what_he_recognises() -> None:
    form = TypedForm("/a", (("version", "v3"), ("name", "Lê An"), ("seats", "12"), ("note", "")))
    assert form.words == ("Lê An",)


def test_its_key_is_no_key_of_a_sheet() -> None:
    assert KEY.fullmatch(typed_form.key_of(7)) is None
