"""The seats left to allot: the cap less the places that are taken beforehand, as a sum."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number


@dataclass(frozen=True, slots=True)
class Taken:
    """Places under the cap that nobody elects: officials, guests where the cap counts them,
    and what the organiser keeps back."""

    label: str
    seats: int


@dataclass(frozen=True, slots=True)
class Pool:
    """A cap and what is taken from it; raises RuleViolation when more is taken than there is."""

    cap: int
    taken: tuple[Taken, ...] = ()

    def __post_init__(self) -> None:
        if any(one.seats < 0 for one in self.taken) or self.seats < 0:
            raise RuleViolation(
                "pool_overdrawn",
                Sentence(
                    "Số đại biểu tối đa là {cap} nhưng các thành phần khác đã chiếm {taken}. "
                    "Hãy giảm số dành sẵn hoặc xem lại danh sách đại biểu chính thức.",
                    cap=number(self.cap),
                    taken=number(sum(one.seats for one in self.taken)),
                ),
                [{"label": one.label, "seats": one.seats} for one in self.taken],
            )

    @property
    def seats(self) -> int:
        """What is left to allot."""
        return self.cap - sum(one.seats for one in self.taken)

    def explain(self) -> Sentence:
        """The sum in one line: "500 − 180 chính thức − 20 dự phòng = 300"."""
        parts = "".join(f" − {number(one.seats)} {one.label}" for one in self.taken)
        return Sentence(
            "{cap}{parts} = {seats} suất để phân bổ",
            cap=number(self.cap),
            parts=parts,
            seats=number(self.seats),
        )
