"""Where each field's value stands: one column, two halves of a name, or columns Nam and Nữ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from congress_app.formats.cells import text_of, yes_no_of
from congress_app.formats.faults import Fault, fault_at
from congress_app.formats.fields import Field
from congress_app.formats.headers import FAMILY, FEMALE, GIVEN, MALE, Column, Header
from congress_app.formats.records import Record
from congress_app.formats.sheet import Row, Value, column_letter
from congress_app.kernel.sentences import N_, Sentence


class Layout:
    """Built for a header and the rows below it; gives the records of the entry rows.

    `letters` holds the column of every field the sheet tells.
    """

    def __init__(self, header: Header, below: Sequence[Row], fields: Sequence[Field]) -> None:
        self._header = header
        self._roles = {item.role: item.key for item in fields if item.role}
        self._sources = {item.key: places for item in fields if (places := self._places_of(item))}
        self._sex_columns = () if self._roles.get("sex") in self._sources else self._sex_places()
        self.letters = {key: column_letter(places[0]) for key, places in self._sources.items()}
        for key in self._told_by_sex_columns(below):
            self.letters[key] = column_letter(self._sex_columns[0][0])

    def places(self, key: str) -> tuple[int, ...]:
        """The columns that tell a field."""
        if key in self._sources:
            return self._sources[key]
        return tuple(place for place, _ in self._sex_columns) if key in self.letters else ()

    def used(self, rows: Sequence[Row]) -> frozenset[int]:
        """Every column some field is read from."""
        places = {place for found in self._with_halves(rows).values() for place in found}
        return frozenset(places | {place for place, _ in self._sex_columns})

    def records(self, rows: Sequence[Row]) -> tuple[tuple[Record, ...], tuple[Fault, ...]]:
        """The records of the entry rows, and a fault for each marked both Nam and Nữ."""
        sources = self._with_halves(rows)
        records: list[Record] = []
        faults: list[Fault] = []
        for row in rows:
            values: dict[str, Value] = {}
            for key, places in sources.items():
                value = row.cell(places[0]) if len(places) == 1 else _joined(row, places)
                if value is not None:
                    values[key] = value
            letters = self._tell_sex(row, values, faults) if self._sex_columns else self.letters
            records.append(Record(row.number, values, letters))
        return tuple(records), tuple(faults)

    def _places_of(self, item: Field) -> tuple[int, ...]:
        whole = self._header.of(item.key)
        if item.role != "name":
            return (whole[0].index,) if whole else ()
        family, given = self._header.of(FAMILY), self._header.of(GIVEN)
        if family and (given or whole):
            return (family[0].index, (given or whole)[0].index)
        if whole:
            return (whole[0].index, *self._covered_by(whole[0]))
        return (given[0].index,) if given else ()

    def _covered_by(self, whole: Column) -> list[int]:
        """The columns a merged header reaches over: halves of the name without own labels."""
        return [
            column.index
            for column in self._header.columns
            if column.continues and column.label == whole.label and column.index > whole.index
        ]

    def _with_halves(self, rows: Sequence[Row]) -> dict[str, tuple[int, ...]]:
        """A name takes the column on its right when that has words but no header.

        A header merged over two columns leaves exactly this when saved as CSV.
        """
        key = self._roles.get("name", "")
        places = self._sources.get(key, ())
        if len(places) != 1 or not rows:
            return self._sources
        right = places[0] + 1
        words = sum(isinstance(row.cell(right), str) for row in rows)
        if any(c.index == right for c in self._header.columns) or words * 2 <= len(rows):
            return self._sources
        return {**self._sources, key: (places[0], right)}

    def _sex_places(self) -> tuple[tuple[int, str], ...]:
        found = ((self._header.of(MALE), "Nam"), (self._header.of(FEMALE), "Nữ"))
        return tuple((columns[0].index, sex) for columns, sex in found if columns)

    def _told_by_sex_columns(self, below: Sequence[Row]) -> list[str]:
        """Sex always; the birth too when the columns hold dates instead of marks."""
        if not self._sex_columns or "sex" not in self._roles:
            return []
        keys = [self._roles["sex"]]
        birth = self._roles.get("birth")
        if birth and birth not in self._sources:
            cells = [row.cell(place) for row in below for place, _ in self._sex_columns]
            if any(value is not None and not _is_mark(value) for value in cells):
                keys.append(birth)
        return keys

    def _tell_sex(
        self, row: Row, values: dict[str, Value], faults: list[Fault]
    ) -> Mapping[str, str]:
        """Read the columns Nam and Nữ: a mark tells the sex, a date the birth as well."""
        sex, birth = self._roles["sex"], self._roles.get("birth", "")
        marked = [pair for pair in self._sex_columns if _is_marked(row.cell(pair[0]))]
        if len(marked) > 1:
            place = marked[1][0]
            sentence = Sentence(
                N_("Dòng {row} đánh dấu cả hai cột Nam và Nữ: chỉ để lại một."), row=row.number
            )
            faults.append(fault_at(row.number, place, row.cell(place), "bad_sex", sentence))
            return self.letters
        if not marked:
            # One column alone ("Nữ", to be ticked) tells the other sex by staying blank.
            if len(self._sex_columns) == 1:
                values[sex] = "Nam" if self._sex_columns[0][1] == "Nữ" else "Nữ"
            return self.letters
        place, values[sex] = marked[0]
        letters = {**self.letters, sex: column_letter(place)}
        if birth in self.letters and birth not in self._sources:
            letters[birth] = column_letter(place)
            if not _is_mark(row.cell(place)):
                values[birth] = row.cell(place)
        return letters


def _joined(row: Row, places: Sequence[int]) -> str | None:
    parts = [text for place in places if (text := text_of(row.cell(place)))]
    return " ".join(parts) or None


def _is_marked(value: Value) -> bool:
    """Filled, and not with a word for no."""
    if value is None:
        return False
    try:
        return yes_no_of(value)
    except ValueError:
        return True


def _is_mark(value: Value) -> bool:
    """x, 1, có …: a word for yes or no, not something that is told."""
    if isinstance(value, date):
        return False
    try:
        yes_no_of(value)
    except ValueError:
        return False
    return True
