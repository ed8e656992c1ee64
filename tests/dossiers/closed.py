"""A closed congress with everything in it that a purge must take away."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.audit import services as audit
from congress_app.badges import queries as badge_queries
from congress_app.badges import services as badges
from congress_app.badges.models import BadgePhoto
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates.models import Delegate, Person
from congress_app.jobs.models import Job, KeptUpload
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from tests.builders import (
    a_badge,
    a_congress,
    a_delegate,
    a_device,
    a_document,
    a_hall_link,
    a_person,
    a_presence,
    a_released_paper,
    a_scan,
    a_session,
    a_speech,
    a_speech_file,
    an_item,
)
from tests.builders.ground import store

NAME = "Hoàng Thị Thắng Lợi"
ELECTED = "Đinh Văn Vững Vàng"
# Every word that must not be found in the database's file afterwards.
PLANTED = {
    "phone": "0912345677",
    "e-mail": "lay-theo-toi@vidu.example",
    "old phone in the log": "0988777666",
    "ethnicity": "Xơ Đăng thử",
    "education": "Thạc sĩ trồng thử",
    "note": "ghi chú không ai được đọc",
    "state reason": "lý do ốm đau riêng tư",
    "link": "duong-dan-bi-mat-0001",
    "badge code": "99887766554433221",
    "raw code": "11223344556677889",
    "device token": "ab" * 32,
    "hall link": "man-hinh-bi-mat-0002",
    "photo": "JPEG-anh-chan-dung",
    "draft": "noi dung du thao chua ban hanh",
    "speech file": "bai tham luan dang viet",
    "sheet": "tep danh sach con giu, 0933000111",
    "draft of an issued paper": "cau chu trong du thao cua van ban da ban hanh",
}
# The reach of an administrator of the whole house.
EVERYWHERE = ("/",)
LAN = Actor("user", 1, "lan", "Lan", (), "10.0.0.5")


@dataclass(frozen=True)
class Closed:
    """The congress, a delegate nobody else needs, and one elected to the congress above."""

    congress: Congress
    above: Congress
    delegate: Delegate
    elected: Person


def a_closed_congress() -> Closed:
    """With working data of every kind; the congress above has not been held."""
    congress, above = a_congress(), a_congress()
    person = a_person(
        NAME,
        congress.unit,
        phone=PLANTED["phone"],
        email=PLANTED["e-mail"],
        ethnicity=PLANTED["ethnicity"],
        education=PLANTED["education"],
        party_member=True,
        position="Phó Trưởng phòng",
    )
    delegate = a_delegate(
        congress,
        person,
        number=7,
        note=PLANTED["note"],
        state_reason=PLANTED["state reason"],
        link_token=PLANTED["link"],
        priorities=["ethnic_minority"],
    )
    elected = a_person(ELECTED, congress.unit, phone="0900000001", ethnicity="Tày")
    # A second of its kind each: only of several values a database notes which are frequent.
    a_badge(a_delegate(congress, elected, number=8), "55443322110099887")
    a_delegate(above, elected, category="elected")
    _the_day(congress, delegate)
    _papers(congress)
    audit.record(
        "delegate.edit",
        delegate,
        {"phone": [PLANTED["old phone in the log"], PLANTED["phone"]]},
        actor=LAN,
        unit_path=congress.unit.path,
        name=NAME,
    )
    with transaction():
        congress.state = "closed"
    return Closed(congress, above, delegate, elected)


def _the_day(congress: Congress, delegate: Delegate) -> None:
    session = a_session(congress)
    an_item(session)
    badge = a_badge(delegate, PLANTED["badge code"])
    badges.print_again(
        congress, delegate, "in lem mực", seen=badge_queries.standing_of(delegate.id), actor=LAN
    )
    store(
        BadgePhoto(
            delegate_id=delegate.id,
            data=PLANTED["photo"].encode(),
            updated_at=clock.now(),
            updated_by="test",
        )
    )
    a_device(congress, token_hash=PLANTED["device token"])
    a_hall_link(congress, token=PLANTED["hall link"])
    scan = a_scan(session, badge, raw_code=PLANTED["raw code"])
    a_presence(session, delegate, last_scan_id=scan.id)
    speech = a_speech(congress, "Đổi mới phục vụ người dân", delegate_id=delegate.id)
    a_speech_file(speech, data=PLANTED["speech file"].encode())


def a_kept_sheet(congress: Congress) -> None:
    """A list that was read in, and is kept for whoever looks at its preview."""
    now = clock.now()
    key, sheet = "c" * 32, PLANTED["sheet"].encode()
    store(KeptUpload(key=key, owner_id=1, filename="ds.csv", data=sheet, created_at=now))
    store(
        Job(
            kind="delegate_import",
            title="Kiểm tra",
            state="done",
            back_to=f"/congresses/{congress.id}/delegates/import/1",
            created_at=now,
            heartbeat_at=now,
            finished_at=now,
            arguments={"key": key, "congress_id": congress.id},
        )
    )


def _papers(congress: Congress) -> None:
    issued = a_released_paper(congress)
    told = {"text": [PLANTED["draft of an issued paper"], "Đã sửa"]}
    path = congress.unit.path
    audit.record("document.edit", issued, told, actor=LAN, unit_path=path)
    a_document(congress, text=PLANTED["draft"])
