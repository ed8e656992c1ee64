"""A person's name, found in words and taken out of what the log tells. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from congress_app.kernel.vietnamese import fold


class Name:
    """A person's name to be found in words, typed with accents or, as in searches, without."""

    def __init__(self, full_name: str) -> None:
        self._pattern = re.compile(rf"(?<!\w){re.escape(fold(full_name))}(?!\w)")

    def is_in(self, told: object) -> bool:
        """Whether a text, or any within lists and mappings, names the person."""
        if isinstance(told, Mapping):
            return any(self.is_in(one) for pair in told.items() for one in pair)
        if isinstance(told, list):
            return any(self.is_in(one) for one in told)
        return isinstance(told, str) and self._pattern.search(fold(told)) is not None

    def out_of(self, told: Mapping[str, object]) -> dict[str, object]:
        """The same without what names the person: a filter, one of a list, a whole change.

        A list of two is a value before and after: without one of them it would tell wrong.
        """
        return {
            key: self._rest(value)
            for key, value in told.items()
            if not self.is_in(key) and not self._goes(value)
        }

    def _goes(self, value: object) -> bool:
        divided = isinstance(value, Mapping) or (isinstance(value, list) and len(value) != 2)
        return not divided and self.is_in(value)

    def _rest(self, value: object) -> object:
        if isinstance(value, Mapping):
            return self.out_of(value)
        if isinstance(value, list) and len(value) != 2:
            return [one for one in value if not self.is_in(one)]
        return value
