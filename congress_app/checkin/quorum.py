"""Whether enough of those convened are in the hall.

No guidance for emulation congresses names a quorum, so the share is a setting of the
rulebook, shown as a proposal until an organiser settles it. Guests do not vote and are
not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from congress_app.congresses.rulebook import Category
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number

COUNTED: tuple[str, ...] = (Category.OFFICIAL.value, Category.ELECTED.value)


@dataclass(frozen=True)
class Quorum:
    """The quorum line: of `convened` at least `needed` (`share`, rounded up) must be present.

    Nobody convened is never enough: a congress of no one decides nothing.
    """

    share: Fraction
    convened: int
    present: int
    is_proposed: bool = False

    @property
    def needed(self) -> int:
        """The fewest who must be present."""
        return max(1, -(-self.share.numerator * self.convened // self.share.denominator))

    @property
    def missing(self) -> int:
        """How many more must come; 0 when there are enough."""
        return max(0, self.needed - self.present)

    @property
    def is_reached(self) -> bool:
        """True while enough are present."""
        return self.missing == 0

    @property
    def sentence(self) -> Sentence:
        """The line as it is read out."""
        figures = {
            "present": number(self.present),
            "convened": number(self.convened),
            "needed": number(self.needed),
            "share": str(self.share),
        }
        if self.is_reached:
            return Sentence(
                N_("Đủ số có mặt tối thiểu: {present} trên {convened}, cần {needed} ({share})."),
                **figures,
            )
        return Sentence(
            N_(
                "Chưa đủ số có mặt tối thiểu: {present} trên {convened}, "
                "cần {needed} ({share}), còn thiếu {missing}."
            ),
            missing=number(self.missing),
            **figures,
        )


def quorum(
    share: Fraction | None, convened: int, present: int, *, is_proposed: bool = False
) -> Quorum | None:
    """The quorum line of a hall; None when the rules ask for none."""
    return None if share is None else Quorum(share, convened, present, is_proposed)
