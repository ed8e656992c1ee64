"""What a restore undoes is told before it is done, and nobody stays signed in by it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text

from congress_app.accounts import services as account_services
from congress_app.accounts.models import SignInSession
from congress_app.audit.actions import ACTIONS as NAMED
from congress_app.audit.models import Entry
from congress_app.badges import queries as badge_queries
from congress_app.badges import services as badge_services
from congress_app.database import db, transaction
from congress_app.delegates.models import Person
from congress_app.dossiers import request_services
from congress_app.dossiers.request_services import Named
from congress_app.dossiers.rights import Kind
from congress_app.exemplars import consent_services
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from congress_app.operations import backup_services, copy_files, undone_queries
from congress_app.operations.undone import ACTIONS, Whose, from_line
from tests import builders
from tests.conftest import ON_POSTGRES


def test_a_restore_signs_out_and_tells_before_it_begins_what_must_be_done_again(app, tmp_path):
    unit = builders.the_root()
    thief = builders.a_user(Role.ORGANISER, unit)
    builders.a_sign_in_session(thief)
    person = builders.a_person("Đặng Thị Ngọc Ánh", unit)
    asked = request_services.receive(
        person, Kind.RESTRICT, date(2020, 6, 12), None, actor=system_actor()
    )
    file = backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor()).file
    later = copy_files.anchor_beside(
        backup_services.make(tmp_path / "later", None, keep=None, actor=system_actor()).file
    )
    request_services.restrict(asked, "Theo đơn", actor=system_actor())
    account_services.deactivate(thief, actor=system_actor())
    thief_id, person_id, asked_id = thief.id, person.id, asked.id
    username = thief.username
    told = []

    def tell(undone):
        restricted = db.session.scalar(select(Person.restriction))
        told.append(
            ([(one.action, one.subject, one.whose.person_id) for one in undone], restricted)
        )

    done = backup_services.restore(file, None, replace=True, actor=system_actor(), tell=tell)
    request = f"data_request {asked_id}"
    acts = [
        ("person.restrict", request, person_id),
        ("person.done", request, person_id),
        ("user.deactivate", f"user_account {thief_id}", None),
    ]
    assert told == [(acts, "Theo đơn")]
    assert (done.sessions_ended, done.outdated) == (1, (later,))
    assert undone_queries.names(done.undone) == {
        ("person", person_id): "Đặng Thị Ngọc Ánh",
        ("user_account", thief_id): username,
    }
    assert db.session.scalars(select(Person.restriction)).all() == [None]
    assert db.session.scalar(select(SignInSession.ended_at)) is not None
    facts = db.session.scalar(select(Entry.changes).where(Entry.action == "backup.restore"))
    assert facts["undone"] == "; ".join(map(str, done.undone))
    lines = [from_line(line, clock.now()) for line in facts["undone"].split(";")]
    assert [(one.action, one.subject, one.whose.person_id) for one in lines if one] == acts


def test_the_command_lists_what_a_restore_undoes(app, runner, tmp_path):
    person = builders.a_person("Đặng Thị Ngọc Ánh", builders.the_root())
    file = str(tmp_path / "copy")
    assert runner.invoke(args=["backup", file]).exit_code == 0
    asked = request_services.receive(
        person, Kind.WITHDRAW, date(2020, 6, 12), None, actor=system_actor()
    )
    about = f"Yêu cầu về dữ liệu cá nhân số {asked.id} (người số {person.id})"
    number = person.id
    db.session.remove()  # a restore closes what lies in the pool; what is lent stays open
    told = runner.invoke(args=["restore", file, "--replace"])
    assert (told.exit_code, f"Ghi yêu cầu về dữ liệu cá nhân: {about}" in told.stderr) == (0, True)
    assert f"Người số {number}: Đặng Thị Ngọc Ánh" in told.stdout


def test_who_is_no_delegate_is_named_as_well(app, runner, tmp_path):
    """An exemplar by his number; who is known by name only by that, though his request is gone."""
    unit = builders.the_root()
    exemplar = builders.an_exemplar("Giàng A Páo", unit)
    file = str(tmp_path / "copy")
    assert runner.invoke(args=["backup", file]).exit_code == 0
    asked, actor = (Kind.ERASE, date(2020, 6, 12), "Đơn số 7"), system_actor()
    his = request_services.receive(exemplar, *asked, actor=actor)
    hers = request_services.receive(Named("Lò Thị Vui", unit), *asked, actor=actor)
    number, his_id, hers_id = exemplar.id, his.id, hers.id
    request_services.forget(his, within=["/"], actor=actor)
    request_services.finish(hers, "Đã xóa tên ở Ban kiểm phiếu", actor=actor)
    db.session.remove()
    told = runner.invoke(args=["restore", file, "--replace"])
    lines = [line.split("  ")[-1] for line in told.stderr.splitlines() if line.startswith("  ")]
    request = "Yêu cầu về dữ liệu cá nhân"
    him = f"{request} số {his_id} (điển hình số {number})"
    her = f"{request} số {hers_id} (Lò Thị Vui)"
    assert lines == [
        f"Ghi yêu cầu về dữ liệu cá nhân: {him}",
        f"Ghi yêu cầu về dữ liệu cá nhân: {her}",
        f"Xóa dữ liệu của một người: {him}",
        f"Giải quyết xong yêu cầu về dữ liệu: {him}",
        f"Giải quyết xong yêu cầu về dữ liệu: {her}",
    ]
    named = [line for line in told.stdout.splitlines() if line.startswith(("Điển hình", request))]
    assert named == [f"Điển hình số {number}: Giàng A Páo", f"{request} số {hers_id}: Lò Thị Vui"]
    facts = db.session.scalar(select(Entry.changes).where(Entry.action == "backup.restore"))
    kept = [from_line(line, clock.now()) for line in facts["undone"].split(";")]
    assert [one.whose for one in kept if one] == [
        *(Whose(exemplar_id=number), Whose(), Whose(exemplar_id=number)),
        *(Whose(exemplar_id=number), Whose()),
    ]


def test_what_an_older_program_left_is_told_though_only_delegates_could_ask(app):
    person = builders.a_person("Đặng Thị Ngọc Ánh", builders.the_root())
    asked = (Kind.WITHDRAW, date(2020, 6, 12), None)
    request_services.receive(person, *asked, actor=system_actor())
    number = person.id
    renaming = "ALTER TABLE data_request RENAME COLUMN"
    with transaction() as session:
        session.execute(text(f"{renaming} exemplar_id TO unknown"))
    (undone,) = undone_queries.since(frozenset())
    with transaction() as session:
        session.execute(text(f"{renaming} unknown TO exemplar_id"))
    assert (undone.action, undone.whose) == ("person.request", Whose(person_id=number))


def test_every_act_that_takes_something_back_is_told():
    """A badge that was lost, a device's old token, a paper taken from phones: all come back."""
    endings = ("revoke", "reissue", "withdraw", "roll", "deactivate", "restrict", "erase")
    alike = {action for action in NAMED if action.endswith(endings)}
    assert alike - set(ACTIONS) == set()
    assert set(ACTIONS) - set(NAMED) == set()


def test_a_lost_badge_and_an_end_of_publication_are_told(app, runner, tmp_path):
    congress = builders.a_congress()
    person = builders.a_person("Đặng Thị Ngọc Ánh", congress.unit)
    delegate = builders.a_delegate(congress, person)
    badge = builders.a_badge(delegate)
    exemplar = builders.an_exemplar(story_consent="Phiếu đồng ý", is_public=True)
    file = str(tmp_path / "copy")
    assert runner.invoke(args=["backup", file]).exit_code == 0
    badge_services.revoke(
        congress,
        delegate,
        "Mất thẻ",
        seen=badge_queries.standing_of(delegate.id),
        actor=system_actor(),
    )
    consent_services.publish(exemplar, actor=system_actor(), public=False)
    consent_services.publish(exemplar, actor=system_actor(), public=True)
    badge_number, number = badge.id, exemplar.id
    db.session.remove()
    told = runner.invoke(args=["restore", file, "--replace"])
    lines = [line.split("  ")[-1] for line in told.stderr.splitlines() if line.startswith("  ")]
    assert lines == [
        f"Thu hồi thẻ: Thẻ đại biểu số {badge_number}",
        f"Nêu gương công khai: Điển hình số {number}",
    ]
    assert f"Thẻ đại biểu số {badge_number}: Đặng Thị Ngọc Ánh" in told.stdout


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL takes no such instant")
def test_a_log_with_an_unreadable_instant_can_be_replaced(app, tmp_path):
    unit = builders.the_root()
    file = backup_services.make(tmp_path / "copy", None, keep=None, actor=system_actor()).file
    account_services.deactivate(builders.a_user(Role.VIEWER, unit), actor=system_actor())
    with transaction() as session:
        session.execute(text("UPDATE audit_entry SET at = 'xx' WHERE action = 'user.deactivate'"))
    db.session.remove()
    done = backup_services.restore(file, None, replace=True, actor=system_actor())
    assert done.undone is None
    assert db.session.scalars(select(Entry.action)).all() == ["backup.restore"]
