"""The prescribed parts of a paper in words: Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import nfc

END_MARK = "./."
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
# What is not settled yet stands as dots, which the clerk's own system replaces.
DOTS = "……"

# By which right somebody signs (Phụ lục I, mục II.7). TM. goes before any of them.
AUTHORITIES: dict[str, str] = {
    "head": N_("Người đứng đầu ký trực tiếp"),
    "KT": N_("KT. (ký thay)"),
    "Q": N_("Q. (quyền cấp trưởng)"),
    "TL": N_("TL. (thừa lệnh)"),
    "TUQ": N_("TUQ. (thừa ủy quyền)"),
}
_LOCALITY = re.compile(
    r"^(?:bhxh|bảo hiểm xã hội)\s+(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|khu vực)?\s*(.+)$",
    re.IGNORECASE,
)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def day_words(day: date) -> str:
    """ "ngày 05 tháng 7 năm 2021": a zero before days below 10 and months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_date(place: str, day: date | None) -> str:
    """The line under the motto; dots stand for a day not settled yet."""
    told = day_words(day) if day else f"ngày {DOTS} tháng {DOTS} năm {DOTS}"
    return f"{nfc(place)}, {told}"


def locality(unit_name: str) -> str:
    """Where a unit signs: "BHXH tỉnh Quảng Ninh" at Quảng Ninh, the centre at Hà Nội."""
    name = nfc(unit_name)
    found = _LOCALITY.match(name)
    if found is None or found.group(1).casefold() == "việt nam":
        return "Hà Nội"
    return found.group(1)


def full_name(unit_name: str) -> str:
    """The name of a unit as a letterhead writes it: capitals, "BHXH" in full."""
    return re.sub(r"\bBHXH\b", "BẢO HIỂM XÃ HỘI", nfc(unit_name).upper())


def symbol(letters: str, body: str) -> str:
    """The symbol after the number: "KH-BHXH"; a letter has no type letters, only its body."""
    return f"{letters}-{body}" if letters else body


def number_words(number: int | None) -> str:
    """Numbers below 10 get a zero; dots while there is none."""
    return DOTS if number is None else f"{number:02d}"


def number_line(number: int | None, told_symbol: str) -> str:
    """ "Số: 05/KH-BHXH"."""
    return f"Số: {number_words(number)}/{told_symbol}"


def authority_lines(
    collective: str, authority: str, head_post: str, own_post: str = ""
) -> tuple[str, ...]:
    """The lines above a signature, in capitals.

    `collective` signs through somebody (TM.); `head_post` is its head; who signs in his
    stead (KT., TL., TUQ.) has the line of his own post. ValueError for an unknown right.
    """
    if authority not in AUTHORITIES:
        raise ValueError(f"{authority!r} is no right to sign")
    lines = [f"TM. {collective}"] if collective else []
    if authority == "head":
        lines.append(head_post)
    elif authority == "Q":
        lines.append(f"Q. {head_post}")
    else:
        lines += [f"{authority}. {head_post}", own_post]
    return tuple(nfc(line).upper() for line in lines if nfc(line))


def recipient_lines(recipients: Sequence[str], keeper: str) -> tuple[str, ...]:
    """ "- Như trên;" … and at the end "- Lưu: VT, TĐKT."; `keeper` is the drafting office."""
    told = [f"- {nfc(name).rstrip(' ;.')};" for name in recipients if nfc(name)]
    return (*told, f"- Lưu: VT{', ' + nfc(keeper) if nfc(keeper) else ''}.")


def roman(number: int) -> str:
    """The number in Roman numerals; 1 to 39."""
    if not 1 <= number < 40:
        raise ValueError("an annex has a number from 1 to 39")
    told = ""
    for value, letters in _ROMAN:
        while number >= value:
            told += letters
            number -= value
    return told


def annex_label(place: int, total: int) -> str:
    """ "Phụ lục", or "Phụ lục II" where there are several; `place` from 1."""
    return "Phụ lục" if total == 1 else f"Phụ lục {roman(place)}"


def annex_reference(
    title: str, number: int | None, told_symbol: str, day: date | None, of: str
) -> str:
    """Which paper an annex goes with."""
    told_day = day_words(day) if day else f"ngày {DOTS} tháng {DOTS} năm {DOTS}"
    whole = f"{number_words(number)}/{told_symbol}"
    return f"(Kèm theo {title} số {whole} {told_day} của {nfc(of)})"


def ended(text: str) -> str:
    """The last paragraph with its end mark, in place of whatever it ends with."""
    return text.rstrip(" .;:/") + END_MARK
