"""Bodies of a congress: who sits in them, in which order, and how they were adopted.

Presidium, secretariat, credentials committee and tellers are adopted by the congress with
a vote; the organising committee is set up before by a decision of the host. A small
conference may leave any of them empty: a chair and one secretary are enough for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold, nfc, person_name


class Body(StrEnum):
    """The bodies, in the order in which they are presented."""

    PRESIDIUM = "presidium"
    SECRETARIAT = "secretariat"
    CREDENTIALS = "credentials"
    TELLERS = "tellers"
    ORGANISING = "organising"


class Post(StrEnum):
    """What a member is in the body; the order is that of precedence."""

    HEAD = "head"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"


BODY_LABELS: dict[str, str] = {
    Body.PRESIDIUM: N_("Đoàn Chủ tịch"),
    Body.SECRETARIAT: N_("Đoàn Thư ký"),
    Body.CREDENTIALS: N_("Ban Thẩm tra tư cách đại biểu"),
    Body.TELLERS: N_("Ban Kiểm phiếu"),
    Body.ORGANISING: N_("Ban Tổ chức"),
}
BODY_WORK: dict[str, str] = {
    Body.PRESIDIUM: N_("Điều hành các phiên họp và việc bầu cử."),
    Body.SECRETARIAT: N_("Ghi biên bản, tổng hợp ý kiến, dự thảo nghị quyết."),
    Body.CREDENTIALS: N_("Xem xét tư cách đại biểu và báo cáo để hội nghị biểu quyết."),
    Body.TELLERS: N_("Phát, thu, đếm phiếu và lập biên bản. Người ứng cử không được tham gia."),
    Body.ORGANISING: N_("Chuẩn bị và tổ chức hội nghị; lập bằng quyết định từ trước."),
}
POST_LABELS: dict[str, str] = {
    Post.HEAD: N_("Trưởng ban"),
    Post.DEPUTY: N_("Phó trưởng ban"),
    Post.SECRETARY: N_("Thư ký"),
    Post.MEMBER: N_("Thành viên"),
}
_POSTS_OF_BODY: dict[tuple[Body, Post], str] = {
    (Body.PRESIDIUM, Post.HEAD): N_("Chủ trì"),
    (Body.PRESIDIUM, Post.DEPUTY): N_("Đồng chủ trì"),
    (Body.SECRETARIAT, Post.HEAD): N_("Trưởng đoàn thư ký"),
    (Body.SECRETARIAT, Post.DEPUTY): N_("Phó trưởng đoàn thư ký"),
}
_RANK = {post: rank for rank, post in enumerate(Post)}
_NUMBERED = re.compile(r",\s*số\s+(\d{1,6})(?:\s*\(.*\))?$", re.IGNORECASE)


def post_words(body: str, post: str) -> str:
    """What a member of the body is called; a presidium has no "trưởng ban"."""
    return _POSTS_OF_BODY.get((Body(body), Post(post)), POST_LABELS[post])


def place_of_new(posts: Sequence[str], post: str) -> int:
    """Where a new member goes by protocol: behind the last one of the same or a higher post.

    `posts` are those of the members in their order, which may have been changed by hand;
    the answer is an index into it.
    """
    rank = _RANK[Post(post)]
    places = [index for index, held in enumerate(posts) if _RANK[Post(held)] <= rank]
    return places[-1] + 1 if places else 0


def moved(ids: Sequence[int], which: int, step: int) -> list[int]:
    """The order after one member goes up (-1) or down (+1); at either end nothing changes."""
    order = list(ids)
    here = order.index(which)
    there = min(max(here + step, 0), len(order) - 1)
    order[here], order[there] = order[there], order[here]
    return order


def tellers_who_stand(tellers: Iterable[int], candidates: Collection[int]) -> list[int]:
    """The tellers who are candidates too, by person id: there may be none."""
    standing = frozenset(candidates)
    return [person for person in tellers if person in standing]


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A show of hands: how many took part, and how they were divided."""

    voting: int
    agree: int
    against: int = 0
    other: int = 0

    def __post_init__(self) -> None:
        if min(self.voting, self.agree, self.against, self.other) < 0 or self.voting == 0:
            raise RuleViolation(
                "bad_vote", Sentence(N_("Số người biểu quyết phải lớn hơn 0, các số khác từ 0."))
            )
        counted = self.agree + self.against + self.other
        if counted != self.voting:
            raise RuleViolation(
                "votes_do_not_sum",
                Sentence(
                    N_(
                        "Tán thành, không tán thành và ý kiến khác cộng lại là {counted}, nhưng "
                        "có {voting} người biểu quyết. Hãy xem lại các số."
                    ),
                    counted=counted,
                    voting=self.voting,
                ),
            )

    @property
    def is_carried(self) -> bool:
        """More than half of those who voted agree."""
        return 2 * self.agree > self.voting


@dataclass(frozen=True, slots=True)
class Nominee:
    """A delegate who may be named: number, name, unit."""

    delegate_id: int
    number: int | None
    name: str
    unit: str = ""

    @property
    def words(self) -> str:
        """As offered in the list of names, and understood by `delegate_meant`."""
        numbered = f"{self.name}, số {self.number}" if self.number else self.name
        return f"{numbered} ({self.unit})" if self.unit else numbered


def delegate_meant(typed: str, nominees: Sequence[Nominee]) -> Nominee | None:
    """The delegate a typed text names: by number, by the words offered, or by the name alone.

    None when nobody has this name. Raises RuleViolation `ambiguous_name` when several
    delegates have it, telling their numbers.
    """
    text = nfc(typed)
    numbered = _NUMBERED.search(text)
    if numbered or text.isdecimal():
        number = int(numbered.group(1) if numbered else text)
        found = [one for one in nominees if one.number == number]
        name = text[: numbered.start()] if numbered else ""
        return found[0] if found and (not name or fold(name) == fold(found[0].name)) else None
    exact = [one for one in nominees if one.words == text]
    alike = exact or [one for one in nominees if fold(one.name) == fold(person_name(text))]
    if len(alike) > 1:
        raise RuleViolation(
            "ambiguous_name",
            Sentence(
                N_("Có {count} đại biểu tên này: {names}. Hãy chọn đúng một dòng có số đại biểu."),
                count=len(alike),
                names="; ".join(one.words for one in alike),
            ),
        )
    return alike[0] if alike else None
