"""Made-up Vietnamese names: weighted surnames, middle names by sex, given names by sex.

The weights follow what is commonly told of the Kinh majority (Nguyễn about two in five,
Trần about one in nine); Huỳnh and Võ are the southern forms of Hoàng and Vũ. Nobody who
leads the country or the sector, or led it in 2020, comes out: see `_NOT_USED`.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from random import Random

from congress_app.kernel.vietnamese import fold


@dataclass(frozen=True)
class Weighted:
    """Words with how often each is drawn."""

    words: tuple[str, ...]
    sums: tuple[int, ...]

    def draw(self, rng: Random) -> str:
        """One of the words."""
        # What `rng.choices` does for one word, without its checks: a million people are named.
        last = len(self.words) - 1
        return self.words[bisect(self.sums, rng.random() * (self.sums[-1] + 0.0), 0, last)]


def weighted(text: str) -> Weighted:
    """Read "Nguyễn 38, Trần 11, Lê": a word without a figure weighs 1."""
    words, weights = [], []
    for part in text.replace("\n", " ").split(","):
        word, _, figure = part.strip().rpartition(" ")
        if figure.isdigit():
            words.append(word)
            weights.append(int(figure))
        else:
            words.append(part.strip())
            weights.append(1)
    return Weighted(tuple(words), tuple(accumulate(weights)))


NORTHERN = weighted(
    "Nguyễn 380, Trần 110, Lê 90, Phạm 75, Hoàng 55, Vũ 45, Phan 25, Đặng 24, Bùi 24, Đỗ 22, "
    "Ngô 16, Dương 12, Đào 12, Đoàn 10, Vương 5, Trịnh 12, Trương 9, Đinh 12, Lâm 3, Phùng 6, "
    "Mai 7, Tô 4, Hà 8, Tạ 7, Chu 6, Lưu 6, Cao 8, Hồ 8, Lương 9, Nghiêm 3, Khuất 2, Doãn 2, "
    "Quách 2, Thái 3, Lại 3, Tống 2, Kiều 3, Giang 1, Đàm 3, Cung 1, Bạch 1, Âu 1"
)
SOUTHERN = weighted(
    "Nguyễn 340, Trần 120, Lê 100, Phạm 65, Huỳnh 60, Võ 55, Phan 40, Đặng 26, Bùi 20, Đỗ 18, "
    "Ngô 15, Dương 16, Đoàn 10, Trương 22, Đinh 9, Lâm 14, Mai 8, Tô 6, Hà 5, Lưu 6, Cao 8, "
    "Hồ 18, Lương 6, Thái 7, Tăng 3, Từ 3, Châu 5, La 2, Quách 3, Kiều 3, Văn 2, Ông 1, Tống 2"
)
MALE_MIDDLE = weighted(
    "Văn 300, Đức 50, Hữu 45, Minh 50, Quang 45, Xuân 35, Ngọc 40, Công 30, Thanh 40, Anh 20, "
    "Quốc 35, Đình 40, Mạnh 20, Trọng 20, Hoàng 30, Tuấn 12, Thế 18, Bá 15, Duy 25, Viết 12, "
    "Trung 15, Tiến 18, Huy 12, Chí 8, Khắc 6, Đăng 8, Hồng 15, Tấn 14, Thành 14, Phước 6, "
    "Gia 5, Sỹ 4, Như 2, Vĩnh 4, Nhật 4, Hải 6, Việt 6"
)
FEMALE_MIDDLE = weighted(
    "Thị 260, Thị Thu 45, Thị Thanh 45, Thị Kim 30, Thị Ngọc 40, Thị Hồng 40, Thị Minh 22, "
    "Thị Bích 22, Thị Phương 26, Thị Lan 12, Thị Thùy 18, Thị Mỹ 14, Thị Hoài 8, Thị Vân 10, "
    "Thị Tuyết 12, Thị Hải 10, Thị Quỳnh 8, Thị Kiều 6, Ngọc 25, Thu 25, Thanh 20, Kim 15, "
    "Bích 10, Thùy 15, Phương 16, Hoàng 10, Mỹ 9, Diệu 6, Minh 10, Khánh 8, Hồng 10, Hải 6, "
    "Quỳnh 6, Bảo 4, Thị Diễm 5, Thị Ánh 8, Thị Xuân 9"
)
MALE_GIVEN = weighted(
    "Hùng 40, Dũng 38, Tuấn 40, Sơn 32, Cường 34, Hải 30, Thành 28, Minh 30, Nam 26, Long 24, "
    "Thắng 28, Bình 24, Hưng 24, Đức 24, Quân 18, Trung 26, Hà 10, Anh 22, Hiếu 20, Tâm 12, "
    "Việt 16, Phương 10, Quang 22, Tùng 20, Hòa 16, Khoa 12, Vinh 16, Thịnh 12, Phúc 16, Lâm 14, "
    "Toàn 16, Thái 10, Duy 12, Đạt 16, Kiên 16, Mạnh 16, Chiến 12, Công 8, Hoàng 16, Hậu 8, "
    "Khánh 12, Lợi 8, Lộc 10, Nghĩa 12, Nhân 10, Phong 14, Phú 8, Quý 8, Sáng 6, Tài 10, Tân 10, "
    "Thiện 8, Thuận 8, Tiến 16, Tín 6, Trường 10, Tú 12, Vũ 12, Xuân 6, Đông 8, Giang 10, Hiệp 8, "
    "Huy 16, Khải 6, Luân 6, Ngọc 6, Nhật 5, Quyết 5, Thế 4, Thọ 5, Tuyên 5, Văn 3, Đại 4, Bảo 8"
)
FEMALE_GIVEN = weighted(
    "Hương 40, Hà 38, Lan 30, Hoa 26, Thủy 34, Hằng 30, Nga 26, Linh 24, Mai 28, Thảo 26, "
    "Trang 28, Hạnh 24, Hiền 28, Huyền 22, Yến 20, Ngọc 22, Oanh 16, Phương 30, Nhung 18, "
    "Dung 20, Loan 18, Thu 20, Vân 24, Tuyết 14, Hồng 20, Liên 14, Bình 8, Hòa 10, Thanh 18, "
    "Tâm 12, Anh 26, Châu 10, Chi 8, Diệp 8, Duyên 10, Giang 14, Hảo 5, Hiên 4, Huệ 12, Hường 10, "
    "Khánh 5, Lệ 6, Ly 8, Lý 8, Minh 10, My 5, Ngân 12, Nguyệt 14, Nhàn 8, Như 6, Quyên 10, "
    "Quỳnh 12, Sương 5, Thoa 8, Thơm 6, Thư 8, Thúy 18, Trâm 10, Trinh 8, Tú 8, Uyên 8, Vy 4, "
    "Xuân 8, Đào 6, Bích 6, Cúc 5, Phượng 12, Hậu 5, Lành 3, Ánh 6, Diễm 4, Kiều 4, Mỹ 4"
)

_NOT_USED = frozenset(
    fold(name)
    for name in (
        "Hồ Chí Minh", "Lê Duẩn", "Trường Chinh", "Võ Nguyên Giáp", "Phạm Văn Đồng",
        "Nguyễn Văn Linh", "Đỗ Mười", "Lê Khả Phiêu", "Nông Đức Mạnh", "Nguyễn Phú Trọng",
        "Trần Đại Quang", "Trương Tấn Sang", "Nguyễn Minh Triết", "Nguyễn Xuân Phúc",
        "Nguyễn Tấn Dũng", "Nguyễn Thị Kim Ngân", "Nguyễn Sinh Hùng", "Trần Quốc Vượng",
        "Phạm Minh Chính", "Vương Đình Huệ", "Võ Văn Thưởng", "Tô Lâm", "Lương Cường",
        "Trần Thanh Mẫn", "Trần Cẩm Tú", "Phan Văn Giang", "Bùi Thanh Sơn", "Phan Đình Trạc",
        "Trần Lưu Quang", "Nguyễn Hòa Bình", "Lê Minh Hưng", "Nguyễn Trọng Nghĩa",
        "Đỗ Văn Chiến", "Bùi Thị Minh Hoài", "Lê Minh Khái", "Hồ Đức Phớc", "Lê Thành Long",
        "Đặng Thị Ngọc Thịnh", "Phạm Bình Minh", "Trương Hòa Bình", "Vũ Đức Đam",
        "Trịnh Đình Dũng", "Nguyễn Thiện Nhân", "Ngô Xuân Lịch", "Phạm Bình Minh",
        "Tòng Thị Phóng", "Hoàng Trung Hải", "Nguyễn Văn Bình", "Trương Thị Mai",
        "Phạm Minh Chính", "Đinh Thế Huynh", "Nguyễn Đức Chung", "Nguyễn Thành Phong",
        "Nguyễn Thị Minh", "Nguyễn Thế Mạnh", "Trần Đình Liệu", "Phạm Lương Sơn",
        "Đào Việt Ánh", "Lê Hùng Sơn", "Chu Mạnh Sinh", "Nguyễn Đức Hòa", "Dương Văn Hào",
        "Đào Ngọc Dung", "Đinh Tiến Dũng", "Nguyễn Thị Kim Tiến", "Nguyễn Thanh Long",
    )
)  # fmt: skip


def is_somebody(name: str) -> bool:
    """True for the name of a person in high office, whom no made-up delegate may bear."""
    return " ".join(map(_folded, name.split())) in _NOT_USED


@lru_cache(maxsize=2048)
def _folded(word: str) -> str:
    """Names are made of few words."""
    return fold(word)


def kinh_name(rng: Random, sex: str, *, southern: bool) -> str:
    """A full name after the habits of the Kinh; `sex` is "M" or "F"."""
    surnames = SOUTHERN if southern else NORTHERN
    middles, givens = (FEMALE_MIDDLE, FEMALE_GIVEN) if sex == "F" else (MALE_MIDDLE, MALE_GIVEN)
    while True:
        surname, middle, given = surnames.draw(rng), middles.draw(rng), givens.draw(rng)
        name = f"{surname} {middle} {given}"
        # "Văn Văn", "Thị Thu Thu" are nobody's name.
        if given not in middle.split() and surname != middle and not is_somebody(name):
            return name
