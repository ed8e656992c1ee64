"""What a restore undoes is told before it is done, and nobody stays signed in by it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from congress_app.accounts import services as account_services
from congress_app.accounts.models import SignInSession
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.delegates.models import Person
from congress_app.dossiers import request_services
from congress_app.dossiers.rights import Kind
from congress_app.kernel.permissions import Role, system_actor
from congress_app.operations import backup_services, copy_files, undone_queries
from tests import builders


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
    told = []

    def tell(undone):
        restricted = db.session.scalar(select(Person.restriction))
        told.append(([(one.action, one.subject, one.person_id) for one in undone], restricted))

    done = backup_services.restore(file, None, replace=True, actor=system_actor(), tell=tell)
    request = f"data_request {asked_id}"
    acts = [
        ("person.restrict", request, person_id),
        ("person.done", request, person_id),
        ("user.deactivate", f"user_account {thief_id}", None),
    ]
    assert told == [(acts, "Theo đơn")]
    assert (done.sessions_ended, done.outdated) == (1, (later,))
    assert undone_queries.names(done.undone) == {person_id: "Đặng Thị Ngọc Ánh"}
    assert db.session.scalars(select(Person.restriction)).all() == [None]
    assert db.session.scalar(select(SignInSession.ended_at)) is not None
    facts = db.session.scalar(select(Entry.changes).where(Entry.action == "backup.restore"))
    assert facts["undone"] == "; ".join(f"{action} {subject}" for action, subject, _ in acts)


def test_the_command_lists_what_a_restore_undoes(app, runner, tmp_path):
    person = builders.a_person("Đặng Thị Ngọc Ánh", builders.the_root())
    file = str(tmp_path / "copy")
    assert runner.invoke(args=["backup", file]).exit_code == 0
    asked = request_services.receive(
        person, Kind.WITHDRAW, date(2020, 6, 12), None, actor=system_actor()
    )
    about = f"data_request {asked.id} (người số {person.id})"
    number = person.id
    db.session.remove()  # a restore closes what lies in the pool; what is lent stays open
    told = runner.invoke(args=["restore", file, "--replace"])
    assert (told.exit_code, f"Ghi yêu cầu về dữ liệu cá nhân: {about}" in told.stderr) == (0, True)
    assert f"Người số {number}: Đặng Thị Ngọc Ánh" in told.stdout
