"""Badges on a real database: numbers that never move, codes that die."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.badges import face_queries, print_queries, print_services, queries, services
from congress_app.badges.design import Design
from congress_app.badges.models import Badge
from congress_app.badges.queries import BadgeCounts, BadgeFilter
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import system_actor
from tests.builders import (
    a_delegate,
    a_hall,
    a_person,
    a_session,
    a_unit,
    an_item,
    seated,
)

ACTOR = system_actor()


def a_member(congress: Congress, name: str, **columns: object) -> Delegate:
    unit = a_unit(parent=congress.unit, kind="huyen")
    person = a_person(name, unit)
    return a_delegate(congress, person, delegation_unit_id=unit.id, **columns)


def numbers(congress: Congress) -> dict[str, int | None]:
    db.session.expire_all()
    rows = db.session.scalars(select(Delegate).where(Delegate.congress_id == congress.id))
    return {row.person.full_name: row.number for row in rows}


def test_everybody_whose_place_stands_gets_a_badge(congress: Congress) -> None:
    for name, state in (("An", "confirmed"), ("Bình", "nominated"), ("Chi", "withdrawn")):
        a_member(congress, name, state=state)
    assert services.issue_missing(congress, actor=ACTOR) == 2
    assert services.issue_missing(congress, actor=ACTOR) == 0
    assert numbers(congress) == {"An": 1, "Bình": 2, "Chi": None}
    assert queries.counts(congress.id) == BadgeCounts(entitled=2, issued=2, printed=0)


def test_a_number_once_given_never_moves(congress: Congress) -> None:
    a_member(congress, "Bình")
    services.issue_missing(congress, actor=ACTOR)
    late = a_unit(parent=congress.unit, kind="huyen", precedence=0)
    a_delegate(congress, a_person("An", late), delegation_unit_id=late.id)
    services.issue_missing(congress, actor=ACTOR)
    assert numbers(congress) == {"Bình": 1, "An": 2}


def test_a_new_badge_ends_the_old_one_and_keeps_the_number(congress: Congress) -> None:
    delegate = a_member(congress, "An")
    services.issue_missing(congress, actor=ACTOR)
    fresh = services.reissue(
        congress, delegate, "mất thẻ", seen=queries.standing_of(delegate.id), actor=ACTOR
    )
    history = [(b.version, b.state, b.reason) for b in queries.history_of(delegate.id)]
    assert history == [(2, "active", None), (1, "superseded", "mất thẻ")]
    assert queries.badge_codes(congress.id) == [
        {"delegate_id": delegate.id, "number": 1, "version": 2, "code": fresh.code}
    ]


def test_a_revoked_badge_is_no_badge(congress: Congress) -> None:
    delegate = a_member(congress, "An")
    services.issue_missing(congress, actor=ACTOR)
    services.revoke(
        congress, delegate, "bị kỷ luật", seen=queries.standing_of(delegate.id), actor=ACTOR
    )
    assert queries.active_badge_of(delegate.id) is None
    with pytest.raises(RuleViolation) as raised:
        services.revoke(
            congress, delegate, "nữa", seen=queries.standing_of(delegate.id), actor=ACTOR
        )
    assert raised.value.code == "no_badge"


def test_whose_badge_was_taken_away_gets_none_in_passing(congress: Congress) -> None:
    delegate = a_member(congress, "An")
    a_member(congress, "Bình")
    services.issue_missing(congress, actor=ACTOR)
    services.revoke(
        congress, delegate, "bị kỷ luật", seen=queries.standing_of(delegate.id), actor=ACTOR
    )
    assert services.issue_missing(congress, actor=ACTOR) == 0
    print_services.print_batch(congress, BadgeFilter(), "a6", actor=ACTOR)
    assert queries.active_badge_of(delegate.id) is None
    counted = queries.counts(congress.id)
    assert counted == BadgeCounts(entitled=2, issued=1, printed=1, revoked=1)
    assert counted.missing == 0
    services.reissue(
        congress, delegate, "hết kỷ luật", seen=queries.standing_of(delegate.id), actor=ACTOR
    )
    history = [(b.version, b.state, b.reason) for b in queries.history_of(delegate.id)]
    assert history == [(2, "active", None), (1, "revoked", "bị kỷ luật")]
    assert queries.revoked(congress.id) == []


def test_a_batch_prints_what_the_filter_finds_and_counts_it(
    congress: Congress, tmp_path: Path
) -> None:
    for name in ("Lê Ý", "H’Hen Niê Kdăm"):
        a_member(congress, name)
    pdf = print_services.print_batch(congress, BadgeFilter(text="le y"), "a6", actor=ACTOR)
    (tmp_path / "b.pdf").write_bytes(pdf)
    program = ["pdftoppm", "-r", "150", "-png", str(tmp_path / "b.pdf"), str(tmp_path / "p")]
    subprocess.run(program, check=True, timeout=60)
    [picture] = tmp_path.glob("p*.png")
    reader = ["zbarimg", "--quiet", "--raw", str(picture)]
    read = subprocess.run(reader, check=True, capture_output=True, text=True, timeout=60)
    [printed] = db.session.scalars(select(Badge).where(Badge.printed_at.is_not(None))).all()
    assert read.stdout.strip() == printed.code
    assert (printed.delegate.person.full_name, printed.print_count) == ("Lê Ý", 1)


def test_nothing_to_print_is_told(congress: Congress) -> None:
    with pytest.raises(RuleViolation) as raised:
        print_services.print_batch(congress, BadgeFilter(text="nobody"), "a6", actor=ACTOR)
    assert raised.value.code == "nothing_to_print"


def test_the_event_s_name_stands_apart_from_whose_it_is(congress: Congress) -> None:
    congress.name = f"Hội nghị {congress.unit.name}"
    face = face_queries.congress_face(congress)
    assert (face.title, face.subtitle, face.host) == ("Hội nghị", None, congress.unit.name)
    congress.name = "Hội nghị biểu dương lần thứ V"
    face = face_queries.congress_face(congress)
    assert (face.title, face.subtitle) == ("Hội nghị", "biểu dương lần thứ V")


def test_what_is_other_than_printed_is_found_and_printed_again(congress: Congress) -> None:
    for name in ("An", "Bình", "Chi"):
        a_member(congress, name)
    print_services.print_batch(congress, BadgeFilter(), "a6", actor=ACTOR)
    assert queries.badges(congress.id, BadgeFilter(printing="changed")) == []
    chosen = db.session.scalars(select(Delegate).where(Delegate.number.in_((1, 3)))).all()
    with transaction():
        chosen[0].person.full_name = "An Nhiên"
        chosen[1].person.position = "Giám đốc"
    db.session.expire_all()
    changed = queries.badges(congress.id, BadgeFilter(printing="changed"))
    assert [badge.delegate.person.full_name for badge in changed] == ["An Nhiên", "Chi"]
    print_services.print_batch(congress, BadgeFilter(printing="changed"), "a4", actor=ACTOR)
    db.session.expire_all()
    assert queries.badges(congress.id, BadgeFilter(printing="changed")) == []
    runs = [(run.run.count, run.numbers) for run in print_queries.prints_of(congress.id)]
    assert runs == [(2, "1, 3"), (3, "1–3")]
    prints = print_queries.prints_of_delegate(chosen[0].id)
    assert [(run.imposition, version) for run, version in prints] == [("a4", 1), ("a6", 1)]


def test_a_spoiled_badge_is_printed_again_with_its_code(congress: Congress) -> None:
    delegate = a_member(congress, "An")
    print_services.print_batch(congress, BadgeFilter(), "a6", actor=ACTOR)
    before = queries.badge_codes(congress.id)
    services.print_again(
        congress, delegate, "in lem mực", seen=queries.standing_of(delegate.id), actor=ACTOR
    )
    db.session.expire_all()
    [badge] = queries.badges(congress.id, BadgeFilter(printing="new"))
    assert (badge.version, queries.badge_codes(congress.id)) == (1, before)
    services.revoke(congress, delegate, "thu", seen=queries.standing_of(delegate.id), actor=ACTOR)
    with pytest.raises(RuleViolation) as raised:
        services.print_again(
            congress, delegate, "nữa", seen=queries.standing_of(delegate.id), actor=ACTOR
        )
    assert raised.value.code == "no_badge"


def test_the_log_names_whose_badge_it_is_and_never_its_code(congress: Congress) -> None:
    delegate = a_member(congress, "An")
    services.issue_missing(congress, actor=ACTOR)
    services.reissue(
        congress, delegate, "mất thẻ", seen=queries.standing_of(delegate.id), actor=ACTOR
    )
    services.print_again(
        congress, delegate, "in lem mực", seen=queries.standing_of(delegate.id), actor=ACTOR
    )
    services.revoke(congress, delegate, "thu", seen=queries.standing_of(delegate.id), actor=ACTOR)
    told = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    assert [(one.action, one.subject_name, one.changes) for one in told] == [
        ("badge.issue", congress.name, {"count": 1}),
        ("badge.reissue", "An", {"reason": "mất thẻ", "version": [1, 2]}),
        ("badge.print_again", "An", {"reason": "in lem mực", "printed_at": [None, None]}),
        ("badge.revoke", "An", {"reason": "thu"}),
    ]


def test_a_seat_stands_on_the_badge_and_changes_it(congress: Congress) -> None:
    delegate = a_member(congress, "An")
    print_services.print_batch(congress, BadgeFilter(), "a6", actor=ACTOR)
    seated(a_hall(congress), "B2", delegate)
    db.session.expire_all()
    [badge] = queries.badges(congress.id, BadgeFilter(printing="changed"))
    [face] = face_queries.faces_of([badge], face_queries.design_of(congress.id))
    assert face.details == (("Ghế / Seat", "B2"),)


def test_badges_of_one_category_are_found(congress: Congress) -> None:
    a_member(congress, "An", category="guest")
    a_member(congress, "Bình", category="official")
    services.issue_missing(congress, actor=ACTOR)
    found = queries.badges(congress.id, BadgeFilter(category="guest"))
    assert [badge.delegate.person.full_name for badge in found] == ["An"]


def test_the_other_side_tells_the_programme(congress: Congress) -> None:
    session = a_session(congress, title="Phiên khai mạc")
    an_item(session, title="Báo cáo tổng kết")
    back = face_queries.back_of(congress, Design(back="programme"))
    assert back is not None
    assert back.heading == "CHƯƠNG TRÌNH"
    assert back.paragraphs[0].startswith("Phiên khai mạc (")
    assert back.paragraphs[1].endswith("Báo cáo tổng kết")
    assert face_queries.back_of(congress, Design()) is None
    text = face_queries.back_of(congress, Design(back="text", back_text="Một\nHai"))
    assert text is not None
    assert text.paragraphs == ("Một", "Hai")
