"""Made-up people: who works in a unit, who comes from outside.

Telephone numbers start with 0900, which no operator has been given, and mail goes to a
domain that cannot exist (RFC 2606).
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from congress_app.delegates.registration import PersonFacts
from congress_app.demo import peoples
from congress_app.demo.names import weighted
from congress_app.demo.structure import UnitFacts
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import fold

FIRST_YEAR, LAST_YEAR = 1960, 1996
# About three in five of the sector's staff are women; among its leaders fewer.
_WOMEN_AMONG_STAFF, _WOMEN_AMONG_LEADERS = 0.58, 0.36
_PHONES = 1_000_000

_POSTS = {
    "collection": ("Chuyên viên", "Viên chức thu", "Chuyên quản thu", "Cán sự"),
    "books_cards": ("Chuyên viên", "Viên chức cấp sổ, thẻ", "Cán sự"),
    "benefits": ("Chuyên viên", "Viên chức chế độ BHXH", "Thẩm định viên"),
    "health_claims": ("Giám định viên", "Chuyên viên", "Dược sĩ", "Bác sĩ giám định"),
    "finance": ("Kế toán viên", "Chuyên viên", "Kế toán trưởng"),
    "inspection": ("Chuyên viên", "Kiểm tra viên"),
    "it": ("Kỹ sư", "Chuyên viên", "Quản trị mạng"),
    "personnel": ("Chuyên viên", "Chuyên viên chính"),
    "communication": ("Chuyên viên", "Biên tập viên", "Phóng viên"),
    "reception": ("Chuyên viên", "Viên chức một cửa", "Lưu trữ viên"),
    "office": ("Chuyên viên", "Văn thư", "Lái xe", "Nhân viên hành chính"),
    "other": ("Chuyên viên", "Chuyên viên chính", "Nghiên cứu viên"),
}
_FIELDS_OF_A_DISTRICT = weighted(
    "collection 30, benefits 14, health_claims 18, books_cards 12, finance 10, reception 12, "
    "office 4"
)
_EDUCATION = weighted("Đại học 78, Thạc sĩ 14, Cao đẳng 5, Trung cấp 3")
_THEORY = weighted("Sơ cấp 40, Trung cấp 35, Cao cấp 8")
_THEORY_OF_LEADERS = weighted("Cao cấp 55, Cử nhân 10, Trung cấp 35")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with the work he or she does (a field of the rulebook)."""

    id: int
    facts: PersonFacts
    field: str | None
    is_leader: bool = False


class Crowd:
    """Makes people one after another; equal seeds make equal people."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._made = 0

    def staff(self, unit: UnitFacts, post: str | None = None) -> Somebody:
        """Somebody of the unit; with a `post` one of its leaders."""
        rng = self._rng
        is_leader = post is not None
        sex = (
            "F"
            if rng.random() < (_WOMEN_AMONG_LEADERS if is_leader else _WOMEN_AMONG_STAFF)
            else "M"
        )
        people = peoples.draw_people(rng, unit.region)
        field = unit.field or _FIELDS_OF_A_DISTRICT.draw(rng)
        name = peoples.full_name(rng, people, sex, unit.region)
        theory = (_THEORY_OF_LEADERS if is_leader else _THEORY).draw(rng)
        facts = PersonFacts(
            full_name=name,
            birth=self._birth(is_leader),
            sex=sex,
            ethnicity=people,
            position=post or rng.choice(_POSTS[field]),
            unit_id=unit.id,
            education=_EDUCATION.draw(rng),
            political_theory=theory if is_leader or rng.random() < 0.6 else None,
            party_member=is_leader or rng.random() < 0.62,
            phone=self._phone() if rng.random() < 0.93 else None,
            email=self._mail(name) if rng.random() < 0.35 else None,
        )
        return self._somebody(facts, field, is_leader)

    def outsider(self, organisation: str, post: str, region: str) -> Somebody:
        """A guest from another body; little is known of guests."""
        rng = self._rng
        sex = "F" if rng.random() < 0.3 else "M"
        people = peoples.draw_people(rng, region)
        facts = PersonFacts(
            full_name=peoples.full_name(rng, people, sex, region),
            sex=sex,
            position=post,
            organisation=organisation,
            phone=self._phone() if rng.random() < 0.5 else None,
        )
        return self._somebody(facts, None, is_leader=True)

    def _somebody(self, facts: PersonFacts, field: str | None, is_leader: bool) -> Somebody:
        self._made += 1
        return Somebody(self._made, facts, field, is_leader)

    def _birth(self, is_leader: bool) -> PartialDate:
        rng = self._rng
        likeliest, last = (1970, 1984) if is_leader else (1981, LAST_YEAR)
        year = round(rng.triangular(FIRST_YEAR, last, likeliest))
        mark = rng.random()
        if mark < 0.14:
            return PartialDate(year)
        if mark < 0.18:
            return PartialDate(year, rng.randint(1, 12))
        return PartialDate(year, rng.randint(1, 12), rng.randint(1, 28))

    def _phone(self) -> str:
        # Steps of a number without common divisor reach every number before any repeats.
        return f"0900{self._made * 7_919 % _PHONES:06d}"

    def _mail(self, name: str) -> str:
        words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
        initials = "".join(word[0] for word in words[:-1])
        return f"{words[-1]}{initials}{self._made}@bhxh.example"
