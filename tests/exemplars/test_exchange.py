"""Another person in the place of an exemplar inherits neither a vote nor a consent."""

from __future__ import annotations

from typing import Any

import pytest

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.exemplars.models import Exemplar
from congress_app.kernel import clock
from tests import builders

AGREED = {"is_public": True, "story_consent": "Đơn 1", "photo_consent": "Đơn 2"}


def an_agreeing_one(**columns: Any) -> Exemplar:
    given = {"story_consent_at": clock.now(), "story_consent_by": "test"}
    given |= {"photo_consent_at": clock.now(), "photo_consent_by": "test"}
    return builders.an_exemplar("Lê An", birth_year=1980, **(AGREED | given | columns))


def edit(as_role: Any, row: Exemplar, **more: str) -> Any:
    sent = {"kind": row.kind, "name": row.name, "detected_year": "2023", "unit": row.unit.code}
    sent |= {"version": str(row.version), "birth": "1980"} | more
    organiser = as_role("organiser")
    answer = organiser.post(f"/exemplars/{row.id}/edit", data=sent)
    db.session.expire_all()
    return organiser, answer


def told(row: Exemplar) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AGREED}


@pytest.mark.parametrize(
    "more", [{"name": "Võ Người Khác"}, {"birth": "1991"}, {"kind": "collective"}]
)
def test_another_one_has_agreed_to_nothing(as_role: Any, more: dict[str, str]) -> None:
    row = an_agreeing_one()
    organiser, answer = edit(as_role, row, **more)
    assert answer.status_code == 302, answer.text
    of_collective = "kind" in more
    expected = {"is_public": of_collective, "story_consent": None, "photo_consent": None}
    assert told(row) == expected
    assert "sự đồng ý công khai đã ghi trước đó hết hiệu lực" in organiser.get("/exemplars").text
    changes = db.session.scalars(db.select(Entry).where(Entry.action == "exemplar.edit")).one()
    assert changes.changes["story_consent"] == ["Đơn 1", None]
    assert "story_consent_at" not in changes.changes


def test_a_person_in_the_place_of_a_collective_is_not_shown(as_role: Any) -> None:
    row = builders.an_exemplar("Phòng Thu", kind="collective", is_public=True)
    _, answer = edit(as_role, row, kind="individual")
    assert answer.status_code == 302
    assert row.is_public is False


@pytest.mark.parametrize("more", [{"name": "LÊ ÂN"}, {"position": "Giám đốc"}, {"birth": ""}])
def test_a_correction_keeps_what_was_agreed(as_role: Any, more: dict[str, str]) -> None:
    row = an_agreeing_one()
    _, answer = edit(as_role, row, **more)
    assert answer.status_code == 302
    assert told(row) == AGREED


@pytest.mark.parametrize(
    ("standing", "status"),
    [("nominated", 302), ("appraised", 422), ("selected", 422), ("not_selected", 422)],
)
def test_whom_the_council_looked_at_is_not_exchanged(
    as_role: Any, standing: str, status: int
) -> None:
    row = an_agreeing_one()
    builders.a_nomination(row, standing=standing)
    _, answer = edit(as_role, row, name="Võ Người Khác")
    assert answer.status_code == status
    assert row.name == ("Võ Người Khác" if status == 302 else "Lê An")
    if status == 422:
        assert "Hội đồng đã thẩm định hoặc bình chọn “Lê An”" in answer.text
        _, answer = edit(as_role, row, name="Lê Ân", position="Phó Giám đốc")
        assert (answer.status_code, row.name) == (302, "Lê Ân")
