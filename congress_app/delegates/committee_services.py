"""Form the bodies of a congress: name members, order them, record how they were adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import committee_queries, place_services
from congress_app.delegates.committee_models import CommitteeAdoption, CommitteeSeat
from congress_app.delegates.committees import (
    BODY_LABELS,
    Body,
    OpenVote,
    Post,
    delegate_meant,
    moved,
    place_of_new,
    post_words,
)
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc, person_name


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who is to sit in a body: as typed, and whether it is known to be no delegate."""

    name: str
    post: Post = Post.MEMBER
    outsider: bool = False
    about: str | None = None


def add_member(congress: Congress, body: Body, new: NewMember, *, actor: Actor) -> CommitteeSeat:
    """Give somebody a seat, in the place protocol gives to the post.

    Raises RuleViolation `ambiguous_name`, `no_such_delegate`, `seated_already`,
    `second_head`.
    """
    with transaction() as session:
        place_services.take(congress)
        seats = list(committee_queries.seats(congress.id, body))
        if new.post == Post.HEAD and any(seat.post == Post.HEAD for seat in seats):
            raise _second_head(body)
        seat = CommitteeSeat(
            congress_id=congress.id,
            body=body.value,
            position=0,
            post=new.post.value,
            added_at=clock.now(),
            added_by=actor.name,
        )
        name = _fill(seat, congress.id, new)
        if name.casefold() in {_name(one).casefold() for one in seats if _same_kind(one, seat)}:
            raise _seated_already(name, body)
        seats.insert(place_of_new([one.post for one in seats], new.post), seat)
        session.add(seat)
        _number(seats)
        told: dict[str, object] = {"member": name, "post": post_words(body, new.post)}
        _tell("committee.add", congress, body, told, actor)
        return seat


def _fill(seat: CommitteeSeat, congress_id: int, new: NewMember) -> str:
    """Write into the seat who sits there; gives the name."""
    if new.outsider:
        seat.full_name, seat.about = person_name(new.name), nfc(new.about or "") or None
        return seat.full_name
    meant = delegate_meant(new.name, committee_queries.nominees(congress_id))
    if meant is None:
        raise RuleViolation(
            "no_such_delegate",
            Sentence(
                N_(
                    "Không có đại biểu “{name}” đang giữ chỗ ở hội nghị này. Hãy chọn trong danh "
                    "sách, hoặc đánh dấu “Không phải đại biểu”."
                ),
                name=nfc(new.name),
            ),
        )
    seat.delegate_id = meant.delegate_id
    return meant.name if meant.number is None else f"{meant.name}, số {meant.number}"


def _same_kind(one: CommitteeSeat, other: CommitteeSeat) -> bool:
    # Two delegates of one name are two persons; their numbers tell them apart.
    if other.delegate_id is not None:
        return one.delegate_id == other.delegate_id
    return one.delegate_id is None


def _name(seat: CommitteeSeat) -> str:
    if seat.delegate is None:
        return seat.full_name or ""
    number = seat.delegate.number
    name = seat.delegate.person.full_name
    return name if number is None else f"{name}, số {number}"


def remove_member(seat: CommitteeSeat, *, actor: Actor) -> None:
    """Take a seat away; the others close up."""
    with transaction() as session:
        row, rows = _taken(seat)
        _tell("committee.remove", row.congress, row.body, {"member": _name(row)}, actor)
        session.delete(row)
        _number([one for one in rows if one.id != row.id])


def move_member(seat: CommitteeSeat, step: int, *, actor: Actor) -> None:
    """Let a member go up (-1) or down (+1) in the order of protocol."""
    with transaction():
        row, rows = _taken(seat)
        before = [one.id for one in rows]
        after = moved(before, row.id, step)
        if after != before:
            by_id = {one.id: one for one in rows}
            _number([by_id[one] for one in after])
            change: dict[str, object] = {
                "member": _name(row),
                "order": [before.index(row.id) + 1, after.index(row.id) + 1],
            }
            _tell("committee.move", row.congress, row.body, change, actor)


def set_post(seat: CommitteeSeat, post: Post, *, actor: Actor) -> None:
    """Change what a member is in the body. Raises RuleViolation `second_head`."""
    with transaction():
        row, rows = _taken(seat)
        others = [one.post for one in rows if one.id != row.id]
        if post == Post.HEAD and Post.HEAD in others:
            raise _second_head(Body(row.body))
        words = [post_words(row.body, one) for one in (row.post, post)]
        change: dict[str, object] = {"member": _name(row), "post": words}
        row.post = post.value
        _tell("committee.post", row.congress, row.body, change, actor)


def adopt(
    congress: Congress,
    body: Body,
    *,
    vote: OpenVote | None,
    document: str | None,
    seen: str,
    actor: Actor,
) -> CommitteeAdoption:
    """Record that the body, as it is now, was adopted by a vote, a decision, or both.

    A vote that was lost is recorded as well. `seen` is the fingerprint of the members the
    page showed. Raises RuleViolation `nobody_seated`, and `no_act` when neither figures nor
    a number are given; Stale when the members are others now.
    """
    with transaction() as session:
        place_services.take(congress)
        if vote is None and not document:
            raise _no_act()
        rows = _seen_seats(congress, body, seen)
        figures = {
            name: getattr(vote, name) if vote else None
            for name in ("voting", "agree", "against", "other")
        }
        adoption = CommitteeAdoption(
            congress_id=congress.id,
            body=body.value,
            document=document,
            members=committee_queries.as_voted(rows),
            at=clock.now(),
            by=actor.name,
            **figures,
        )
        session.add(adoption)
        told = {key: value for key, value in figures.items() if value is not None}
        if document:
            told["document"] = document
        _tell("committee.adopt", congress, body, told, actor)
        return adoption


def _seen_seats(congress: Congress, body: Body, seen: str) -> Sequence[CommitteeSeat]:
    rows = committee_queries.seats(congress.id, body)
    if not rows:
        raise _nobody_seated()
    if seen != committee_queries.fingerprint(rows):
        raise _members_changed()
    return rows


def _taken(seat: CommitteeSeat) -> tuple[CommitteeSeat, list[CommitteeSeat]]:
    """The seat as stored now and all seats of its body, the congress taken."""
    seat_id, congress = seat.id, seat.congress
    with transaction():
        place_services.take(congress)
        row = committee_queries.seat_by_id(congress.id, seat_id)
        if row is None:
            raise NotFound
        return row, list(committee_queries.seats(congress.id, row.body))


def _number(seats: list[CommitteeSeat]) -> None:
    for position, seat in enumerate(seats, start=1):
        seat.position = position


def _tell(
    action: str, congress: Congress, body: str, changes: dict[str, object], actor: Actor
) -> None:
    told = {"body": str(body), **changes}
    record(action, congress, told, actor=actor, unit_path=congress.unit.path)


def _second_head(body: Body) -> RuleViolation:
    return RuleViolation(
        "second_head",
        Sentence(
            N_("{body} đã có {post}. Hãy đổi chức trách của người đó trước."),
            body=Sentence(BODY_LABELS[body]),
            post=Sentence(post_words(body, Post.HEAD)),
        ),
    )


def _seated_already(name: str, body: Body) -> RuleViolation:
    return RuleViolation(
        "seated_already",
        Sentence(N_("{name} đã ở trong {body}."), name=name, body=Sentence(BODY_LABELS[body])),
    )


def _nobody_seated() -> RuleViolation:
    return RuleViolation("nobody_seated", Sentence(N_("Chưa có thành viên nào để thông qua.")))


def _no_act() -> RuleViolation:
    return RuleViolation(
        "no_act", Sentence(N_("Hãy ghi kết quả biểu quyết, hoặc số quyết định thành lập."))
    )


def _members_changed() -> Stale:
    told = N_(
        "Danh sách thành viên đã được người khác sửa từ lúc bạn xem. Hãy xem lại danh sách "
        "bên trên có đúng là danh sách đã được thông qua không, rồi ghi kết quả."
    )
    return Stale(sentence=Sentence(told))
