"""The fields of a counting file, one after the other, with the place of whatever is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from congress_app.elections import counting
from congress_app.elections.count import Base, CandidateVotes, Count, Mode, Revote, TieRule
from congress_app.elections.figures import NOT_A_COUNT, Fault, Figures
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.partial_date import PartialDate, parse
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc, number

Choice = TypeVar("Choice", bound=StrEnum)
_BALLOTS = ("issued", "collected", "valid", "invalid")
_HALL = ("convened", "absent_throughout", "absent_replaced", "present")
# A year in two digits belongs to the last century: nobody elected was born in this one's.
_LAST_CENTURY = 1999


@dataclass
class Reader:
    """Reads one file; `faults` collects every cell that holds no count."""

    body: Mapping[str, Any]
    file: str
    faults: list[Fault] = field(default_factory=list)

    def count(self) -> Count:
        """The count as far as it can be read; raises Unreadable."""
        mode = self._choice("mode", Mode, Mode.SECRET)
        base = self._choice("base", Base, None)
        for name in self._required(mode, base):
            if name not in self.body:
                raise self._unreadable("missing_value", name, N_("bị thiếu"))
        count = Count(
            seats=self._number("seats", self.body["seats"], least=1),
            base=base,
            candidates=self._candidates(mode),
            mode=mode,
            keeps=self._keeps(),
            revote=self._revote(),
            tie_rule=self._choice("tie_rule", TieRule, TieRule.REVOTE),
            allow_empty=self._yes_or_no("allow_empty", self.body.get("allow_empty", False)),
            chosen=self._codes("chosen", self.body.get("chosen", [])),
            **{name: self._figure(name) for name in (*_HALL, *_BALLOTS)},
        )
        return self._by_hands(count) if mode is Mode.SHOW_OF_HANDS else count

    def _required(self, mode: Mode, base: Base) -> Iterator[str]:
        yield from ("seats", "candidates")
        if base is Base.CONVENED:
            yield "convened"
        if mode is Mode.SECRET:
            yield from dict.fromkeys(("valid", base.value))
        elif "valid" not in self.body:
            yield "present"

    def _by_hands(self, count: Count) -> Count:
        """Those voting stand for the ballots, wherever these are not told."""
        voting = count.valid or count.present
        return replace(
            count,
            issued=count.issued or voting,
            collected=count.collected or voting,
            valid=voting,
            keeps=None,
        )

    def figures(self, count: Count) -> Figures:
        """What is compared: a total the file does not tell is not taken for 0."""
        found = counting.figures(count)
        return replace(
            found,
            issued=found.issued if "issued" in self.body else None,
            collected=found.collected if "collected" in self.body else None,
            invalid=found.invalid if "invalid" in self.body else None,
        )

    def contradictions(self, count: Count) -> Iterator[Fault]:
        """What no sheet can say but a file can: double codes, a wrong re-vote, absences."""
        codes = [one.id for one in count.candidates]
        if double := sorted({code for code in codes if codes.count(code) > 1}):
            yield Fault(
                "DUPLICATE_CANDIDATE",
                Sentence("Mã “{code}” có ở nhiều người. Hãy sửa mã.", code=double[0]),
                ("candidates",),
            )
        if count.revote is not None and sorted(count.revote.of) != sorted(codes):
            yield Fault(
                "REVOTE_MISMATCH",
                Sentence(
                    "Bầu lại giữa {of}, nhưng danh sách gồm {listed}. Lượt bầu lại chỉ gồm đúng "
                    "những người bằng phiếu.",
                    of=", ".join(count.revote.of) or "–",
                    listed=", ".join(codes) or "–",
                ),
                ("revote.of", "candidates"),
            )
        yield from self._absent(count)

    def _absent(self, count: Count) -> Iterator[Fault]:
        if count.absent_replaced > count.absent_throughout:
            yield Fault(
                "REPLACED_OVER_ABSENT",
                Sentence(
                    "Có {replaced} người vắng được thay, nhiều hơn số người vắng suốt ({absent}).",
                    replaced=number(count.absent_replaced),
                    absent=number(count.absent_throughout),
                ),
                ("absent_replaced", "absent_throughout"),
            )
        if "convened" in self.body and count.absent_throughout > count.convened:
            yield Fault(
                "ABSENT_OVER_CONVENED",
                Sentence(
                    "Số người vắng suốt ({absent}) nhiều hơn số được triệu tập ({convened}).",
                    absent=number(count.absent_throughout),
                    convened=number(count.convened),
                ),
                ("absent_throughout", "convened"),
            )

    def _candidates(self, mode: Mode) -> tuple[CandidateVotes, ...]:
        rows = self.body["candidates"]
        if not isinstance(rows, list):
            raise self._unreadable("bad_value", "candidates", N_("phải là một danh sách"))
        return tuple(self._candidate(row, at, mode) for at, row in enumerate(rows))

    def _candidate(self, row: Any, at: int, mode: Mode) -> CandidateVotes:
        place = f"candidates[{at}]"
        if not isinstance(row, dict):
            raise self._unreadable("bad_value", place, N_("phải là một đối tượng {…}"))
        for name in ("id", "votes"):
            if name not in row:
                raise self._unreadable("missing_value", f"{place}.{name}", N_("bị thiếu"))
        hands = {
            name: self._number(f"{place}.{name}", row[name])
            for name in ("against", "other")
            if mode is Mode.SHOW_OF_HANDS and row.get(name) is not None
        }
        return CandidateVotes(
            id=self._code(f"{place}.id", row["id"]),
            votes=self._number(f"{place}.votes", row["votes"]),
            name=self._text(f"{place}.name", row.get("name")),
            birth=self._birth(place, row),
            unit=self._text(f"{place}.unit", row.get("unit")),
            **hands,
        )

    def _birth(self, place: str, row: Mapping[str, Any]) -> PartialDate | None:
        name = "birth_year" if row.get("birth_date") is None else "birth_date"
        value = row.get(name)
        if value is None:
            return None
        try:
            if isinstance(value, bool):
                raise ValueError
            return parse(value, this_year=_LAST_CENTURY)
        except ValueError as error:
            raise self._unreadable(
                "bad_value", f"{place}.{name}", N_("không phải là năm hoặc ngày sinh")
            ) from error

    def _keeps(self) -> Mapping[int, int] | None:
        given = self.body.get("keeps")
        if given is None:
            return None
        if not isinstance(given, dict):
            raise self._unreadable("bad_value", "keeps", N_("phải là một đối tượng {…}"))
        kept: dict[int, int] = {}
        for key, ballots in given.items():
            if not (key.isascii() and key.isdigit() and len(key) <= 9):
                raise self._unreadable(
                    "bad_value", f"keeps.{key}", N_("phải mang tên là số người được bầu")
                )
            many = int(key)
            if many in kept:
                raise self._unreadable("bad_value", f"keeps.{key}", N_("có hai lần"))
            kept[many] = self._number(f"keeps.{key}", ballots)
        return kept

    def _revote(self) -> Revote | None:
        given = self.body.get("revote")
        if given is None:
            return None
        if not isinstance(given, dict) or "of" not in given:
            raise self._unreadable("bad_value", "revote", N_('phải là {"of": […]}'))
        needs = self._yes_or_no("revote.needs_majority", given.get("needs_majority", False))
        return Revote(self._codes("revote.of", given["of"]), needs)

    def _codes(self, place: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self._unreadable("bad_value", place, N_("phải là một danh sách mã"))
        return tuple(self._code(f"{place}[{at}]", one) for at, one in enumerate(value))

    def _code(self, place: str, value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not nfc(value):
            raise self._unreadable("bad_value", place, N_("phải là một mã"))
        return nfc(value)

    def _text(self, place: str, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._unreadable("bad_value", place, N_("phải là chữ"))
        return nfc(value)

    def _yes_or_no(self, place: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self._unreadable("bad_value", place, N_("phải là true hoặc false"))
        return value

    def _choice(self, name: str, kind: type[Choice], default: Choice | None) -> Choice:
        value = self.body.get(name, default)
        if value is None:
            raise self._unreadable("missing_value", name, N_("bị thiếu"))
        if isinstance(value, str) and value in set(kind):
            return kind(value)
        allowed = ", ".join(one.value for one in kind)
        why = Sentence("“{value}” không có; hãy chọn {allowed}", value=value, allowed=allowed)
        raise self._unreadable("bad_value", name, why)

    def _figure(self, name: str) -> int:
        return self._number(name, self.body[name]) if name in self.body else 0

    def _number(self, place: str, value: Any, *, least: int = 0) -> int:
        """The whole number of a cell; anything else is noted and read as `least`."""
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        self.faults.append(
            Fault(
                NOT_A_COUNT,
                Sentence(
                    "ô {place}: {value} không phải là số nguyên từ {least} trở lên.",
                    place=place,
                    value=json.dumps(value, ensure_ascii=False)[:40],
                    least=least,
                ),
                (place,),
            )
        )
        return least

    def _unreadable(self, code: str, place: str, why: str | Sentence) -> Unreadable:
        said = why if isinstance(why, Sentence) else Sentence(why)
        return Unreadable(
            code,
            Sentence(N_("{file}: ô {place}: {why}."), file=self.file, place=place, why=said),
            [{"cell": place}],
        )
