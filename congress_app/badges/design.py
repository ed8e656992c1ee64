"""What an organiser may choose of a badge: its size, its arrangement, its colours and words.

A design is a value: the form fills it, the table keeps it as JSON, and the layout turns it
into marks for paper and screen alike. The default is the look of the whole application.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from congress_app.kernel.sentences import N_, Sentence

RED, GOLD, PALE_GOLD = "#A5121A", "#F2C14E", "#F8E8BD"
INK, SOFT_INK, WHITE = "#231F1B", "#4A453F", "#FFFFFF"

SIZES: dict[str, tuple[float, float]] = {  # millimetres, width before height
    "a6": (105.0, 148.0),
    "90x130": (90.0, 130.0),
    "cr80": (85.6, 54.0),
}
SIZE_LABELS = {
    "a6": N_("A6 (105 × 148 mm)"),
    "90x130": N_("90 × 130 mm"),
    "cr80": N_("Thẻ nhựa CR80 (85,6 × 54 mm)"),
    "free": N_("Khổ tự chọn"),
}
PRESET_LABELS = {
    "event": N_("Tên hội nghị lớn"),
    "name": N_("Họ tên lớn"),
    "photo": N_("Có ảnh chân dung"),
}
FIELD_LABELS = {
    "number": N_("Số đại biểu"),
    "position": N_("Chức vụ"),
    "unit": N_("Đơn vị công tác"),
    "delegation": N_("Đoàn đại biểu"),
    "seat": N_("Chỗ ngồi (khi đã xếp)"),
}
EMBLEM_LABELS = {"star": N_("Ngôi sao vàng"), "logo": N_("Hình tải lên"), "none": N_("Không có")}
BACK_LABELS = {
    "none": N_("Để trắng, in một mặt"),
    "programme": N_("Chương trình hội nghị"),
    "text": N_("Lời dặn tự soạn"),
}
SAMPLE_LABELS = {
    "real": N_("Đại biểu tên dài nhất"),
    "long": N_("Họ tên 60 chữ cái"),
    "short": N_("Họ tên rất ngắn"),
}
CATEGORY_LABELS = {
    "guest": N_("Khách mời"),
    "official": N_("Đại biểu chính thức"),
    "elected": N_("Đại biểu bầu"),
    "organiser": N_("Ban tổ chức"),
    "press": N_("Báo chí"),
}
VALUE_LABELS = {
    "size": N_("Khổ thẻ"),
    "width_mm": N_("Rộng (mm)"),
    "height_mm": N_("Cao (mm)"),
    "preset": N_("Bố cục"),
    "shown": N_("Thông tin trên thẻ"),
    "emblem": N_("Biểu trưng"),
    "header": N_("Màu đầu thẻ"),
    "looks": N_("Màu và chữ theo thành phần"),
    "host": N_("Đơn vị chủ trì"),
    "title": N_("Tên hội nghị"),
    "subtitle": N_("Dòng dưới tên"),
    "place_and_date": N_("Nơi và ngày tổ chức"),
    "back": N_("Mặt sau"),
    "back_text": N_("Lời in ở mặt sau"),
}
SMALLEST_MM, LARGEST_MM = (50.0, 50.0), (210.0, 297.0)
LONGEST_WORD, LONGEST_LINE, LONGEST_BACK = 40, 160, 2_000
# WCAG 2.2 for text of any size; what reads on a screen reads on paper.
LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Look:
    """A category on badges: its words in two languages and the ground they stand on."""

    words: str
    english: str
    colour: str

    @property
    def ink(self) -> str:
        """White or dark, whichever reads better on the ground."""
        return max((WHITE, INK), key=lambda ink: contrast(ink, self.colour))


# Printed in both languages on every badge, so they are not for the catalogue.
DEFAULT_LOOKS = {
    "guest": Look("KHÁCH MỜI", "GUEST", RED),
    "official": Look("ĐẠI BIỂU CHÍNH THỨC", "OFFICIAL DELEGATE", "#1B4D86"),
    "elected": Look("ĐẠI BIỂU ĐƯỢC BẦU", "ELECTED DELEGATE", "#125C38"),
    "organiser": Look("BAN TỔ CHỨC", "ORGANISER", GOLD),
    "press": Look("BÁO CHÍ", "PRESS", "#4A453F"),
}


@dataclass(frozen=True)
class Design:
    """The chosen look of a congress's badges.

    `width_mm` and `height_mm` count for the size "free" only. An empty event line is filled
    from the congress. `shown` names the facts printed beside name and category.
    """

    size: str = "a6"
    width_mm: float = 105.0
    height_mm: float = 148.0
    preset: str = "event"
    shown: tuple[str, ...] = ("number", "position", "unit", "seat")
    emblem: str = "star"
    header: str = RED
    looks: Mapping[str, Look] = field(default_factory=lambda: dict(DEFAULT_LOOKS))
    host: str = ""
    title: str = ""
    subtitle: str = ""
    place_and_date: str = ""
    back: str = "none"
    back_text: str = ""

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height of the trimmed badge."""
        return SIZES.get(self.size, (self.width_mm, self.height_mm))

    @property
    def header_ink(self) -> str:
        """The ink of the event's lines."""
        return max((WHITE, INK), key=lambda ink: contrast(ink, self.header))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours "#RRGGBB" as WCAG 2.2 defines it: 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def faults(design: Design) -> dict[str, Sentence]:
    """What is wrong with a design, by the name of its value; a look's is "guest_colour"."""
    found: dict[str, Sentence] = {}
    if design.size not in SIZES:
        for name, at in (("width_mm", 0), ("height_mm", 1)):
            if not SMALLEST_MM[at] <= getattr(design, name) <= LARGEST_MM[at]:
                found[name] = Sentence(
                    N_("Cạnh thẻ phải từ {least} đến {most} mm."),
                    least=f"{SMALLEST_MM[at]:.0f}",
                    most=f"{LARGEST_MM[at]:.0f}",
                )
    if fault := colour_fault(design.header, design.header_ink if _is(design.header) else INK):
        found["header"] = fault
    for category, look in design.looks.items():
        if fault := colour_fault(look.colour, look.ink if _is(look.colour) else INK):
            found[f"{category}_colour"] = fault
        if not look.words.strip():
            found[f"{category}_words"] = Sentence(
                N_("Cần chữ ghi thành phần: máy in đen trắng không phân biệt được màu.")
            )
    if design.back == "text" and not design.back_text.strip():
        found["back_text"] = Sentence(N_("Hãy soạn lời in ở mặt sau, hoặc chọn để trắng."))
    return found


def _is(colour: str) -> bool:
    return _COLOUR.fullmatch(colour) is not None


def colour_fault(colour: str, ink: str) -> Sentence | None:
    """Why letters in the ink could not be read on the colour; None when they can."""
    if not _is(colour):
        return Sentence(N_("Màu ghi bằng sáu chữ số sau dấu #, ví dụ #1B4D86."))
    ratio = contrast(colour, ink)
    if ratio >= LEAST_CONTRAST:
        return None
    return Sentence(
        N_(
            "Chữ trên màu này khó đọc: tương phản {ratio} : 1, cần ít nhất 4,5 : 1. "
            "Hãy chọn màu đậm hơn hoặc nhạt hơn."
        ),
        # Rounded down, so that a refused 4.49 is not told as 4.5.
        ratio=f"{int(ratio * 10) / 10:.1f}".replace(".", ","),
    )


def to_json(design: Design) -> dict[str, Any]:
    """The design as the table keeps it."""
    return asdict(design) | {"shown": list(design.shown)}


def from_json(stored: Mapping[str, Any]) -> Design:
    """The design out of the table; what an older version did not know keeps its default."""
    known = {each.name for each in fields(Design)}
    values = {name: value for name, value in stored.items() if name in known}
    values["shown"] = tuple(name for name in values.get("shown", ()) if name in FIELD_LABELS)
    looks = {name: Look(**look) for name, look in values.get("looks", {}).items()}
    values["looks"] = DEFAULT_LOOKS | {name: looks[name] for name in looks if name in DEFAULT_LOOKS}
    return Design(**values)
