"""The peoples of a province and how each forms its names.

Shares are rough and only make the demonstration look like its places. Habits shown:
Tày, Nùng, Mường, Thái, Dao, Hoa, Chăm and Khmer name like the Kinh with surnames of their
own; Mông men have A, women Thị; Ê Đê put the sex first and the clan last (Y Thông Mlô,
H’Bia Niê); Gia Rai the clan first; in Kon Tum A is for men and Y for women; Cơ Ho men are
K’…, women Ka …; Xtiêng and Mnông men are Điểu ….
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from congress_app.demo.names import (
    FEMALE_GIVEN,
    FEMALE_MIDDLE,
    MALE_GIVEN,
    MALE_MIDDLE,
    Weighted,
    is_somebody,
    kinh_name,
    weighted,
)

KINH = "Kinh"
# From Đà Nẵng on southwards families write Huỳnh and Võ instead of Hoàng and Vũ.
_FIRST_SOUTHERN = "48"


@dataclass(frozen=True)
class Habit:
    """How a people names its men and women: patterns with the places {clan} and {given}.

    Without given names of its own a people uses those of the Kinh, after the middle name
    where the pattern has {middle}.
    """

    clans: Weighted
    male: str = "{clan} {middle} {given}"
    female: str = "{clan} {middle} {given}"
    male_given: Weighted = MALE_GIVEN
    female_given: Weighted = FEMALE_GIVEN


_NONE = weighted("")
_HIGHLAND_MEN = weighted(
    "Thông, Bhôk, Kral, Nguyên, Blô, Tuân, Sĩ, Wăn, Khiêm, Phước, Ngôn, Krih, Dhăm, Tlui, Bun"
)
_HIGHLAND_WOMEN = weighted(
    "Bia, Lan, Nga, Yim, Loan, Duyên, Ruê, Mai, Wit, Nhung, Thương, Liêng, Juel, Dung, Ngăn"
)

HABITS: dict[str, Habit] = {
    "Tày": Habit(weighted(
        "Hoàng 6, Nông 8, Bế 3, Ma 5, Lương 4, Hà 3, Nguyễn 6, Đàm 3, Vi 2, Triệu 3, Lý 2, Lục 2"
    )),
    "Nùng": Habit(weighted(
        "Nông 8, Hoàng 6, Lương 3, Lục 3, Vi 3, Phan 2, Triệu 3, Lý 3, Hứa 3, Long 2, Mông 1"
    )),
    "Thái": Habit(weighted(
        "Lò 10, Cầm 4, Quàng 5, Hoàng 3, Cà 4, Vì 4, Tòng 4, Bạc 3, Lường 5, Hà 3, Điêu 2, Vi 3"
    )),
    "Mường": Habit(weighted("Bùi 12, Quách 5, Đinh 7, Hà 4, Bạch 3, Xa 2, Cao 2, Phùng 2")),
    "Dao": Habit(weighted("Triệu 6, Bàn 7, Đặng 5, Lý 5, Phùng 4, Chảo 3, Tẩn 3, Phượng 1")),
    "Mông": Habit(
        weighted("Giàng 8, Vàng 6, Lý 4, Sùng 6, Thào 5, Hầu 3, Mùa 4, Vừ 4, Lầu 4, Cứ 2, Hạng 2"),
        "{clan} A {given}",
        "{clan} Thị {given}",
        weighted("Páo, Chư, Dế, Sình, Tủa, Pó, Lử, Vảng, Sử, Dính, Chua, Chống, Lềnh, Nhè, Dơ"),
        weighted("Mỷ, Dúa, Mai, Sua, Dợ, Pà, Chở, Máy, Chía, Say, Vá, Dung, Lan, Hoa"),
    ),
    "Hoa": Habit(weighted("Trần 5, Lâm 6, Lý 4, Quách 3, Hứa 2, Vương 3, Huỳnh 4, Mã 2, Tăng 3")),
    "Khmer": Habit(
        weighted("Thạch 10, Sơn 7, Kim 7, Kiên 4, Lâm 5, Danh 6, Châu 3, Lý 3, Liêu 2, Trà 1"),
        "{clan} {given}",
        "{clan} Thị {given}",
        weighted("Sô Phol, Sa Rây, Chanh Đa, Sóc Kha, Vuth Thy, Phi Rum, Sa Mươl, Ra, Sà Ray, "
                 "Minh Đức, Hoàng Nam, Văn Thanh, Ngọc Sang, Rươn, Chanh Tha, Thươl, Hoàng Phúc"),
        weighted("Sô Phia, Sa Rênh, Chanh Thi, Ngọc Hà, Sa Von, Thanh Nga, Mỹ Dung, Kim Loan, "
                 "Sóc Khên, Đa Ra, Ngọc Yến, Hồng Nhung, Sà Khone"),
    ),
    "Chăm": Habit(weighted("Bá 3, Đàng 4, Thiên 3, Lưu 4, Đạo 3, Quảng 4, Báo 2, Từ 2, Thập 2")),
    "Ê Đê": Habit(
        weighted("Niê 10, Mlô 8, Êban 5, Ayun 4, Kbuôr 5, Byă 5, Bkrông 4, Êñuôl 3, Ktla 2"),
        "Y {given} {clan}",
        "H’{given} {clan}",
        _HIGHLAND_MEN,
        _HIGHLAND_WOMEN,
    ),
    "Gia Rai": Habit(
        weighted("Rmah 7, Siu 8, Rơ Châm 6, Ksor 7, Kpă 5, Nay 6, Rahlan 4, Puih 4, Rcom 4"),
        "{clan} {given}",
        "{clan} H’{given}",
        weighted("Thuy, Hlun, Brêch, Phước, Tuân, Bơng, Krung, Nhan, Dim, Hiar, Thương, Chơ"),
        weighted("Nhan, Bia, Yên, Phương, Trang, Luin, Rin, Lan, Uyên, Ngưi, Thúy"),
    ),
    "Ba Na": Habit(
        _NONE, "A {given}", "Y {given}",
        weighted("Thút, Byưh, Jar, Hơnh, Khưp, Tưk, Wơr, Bơm, Huy, Thanh"),
        weighted("Blưn, Hlim, Thoan, Ngân, Vương, Byơm, Hưk, Liên, Thúy"),
    ),
    "Xơ Đăng": Habit(
        _NONE, "A {given}", "Y {given}",
        weighted("Sáu, Nâng, Bang, Phiên, Hyong, Thiết, Tiến, Đum, Kring, Hùng"),
        weighted("Vân, Lam, Xuân, Hạnh, Klâu, Nhâm, Thu, Dzênh, Hương"),
    ),
    "Cơ Ho": Habit(
        _NONE, "K’{given}", "Ka {given}",
        weighted("Sơn, Brèm, Tẻo, Brel, Thế, Họp, Brôi, Ngọc, Sáu, Khuynh"),
        weighted("Thuyền, Hiền, Mai, Liễu, Nhung, Thảo, Hằng, Duyên, Brít"),
    ),
    "Mnông": Habit(
        _NONE, "Điểu {given}", "Thị {given}",
        weighted("Xuân, Toi, Byăt, Nrung, Minh, Lang, Đoàn, Thân"),
        weighted("Mai, Bơ, Ngọc, Xuân, Hoa, Brơi, Thu"),
    ),
    "Xtiêng": Habit(
        _NONE, "Điểu {given}", "Thị {given}",
        weighted("Hùng, Thành, Đen, Khơn, Sơn, Minh, Nam, Ghi"),
        weighted("Hương, Mỹ, Đa, Ngọc, Bích, Hạnh, Lan"),
    ),
    "Cơ Tu": Habit(weighted(
        "Alăng 5, Bhling 4, Zơrâm 4, Arất 4, Ating 3, Coor 3, Bríu 3, Pơloong 3"
    )),
    "Hrê": Habit(weighted("Đinh 10, Phạm 6")),
    "Ra Glai": Habit(weighted("Cao 6, Mấu 5, Chamaléa 4, Pi Năng 4, Katơr 3, Tro 2")),
    "Bru - Vân Kiều": Habit(weighted("Hồ")),
}  # fmt: skip

# Province code to the share of each people in per cent; the rest is Kinh.
_SHARES: dict[str, Mapping[str, int]] = {
    "02": {"Mông": 18, "Tày": 25, "Dao": 12, "Nùng": 8},
    "04": {"Tày": 42, "Nùng": 30, "Mông": 7, "Dao": 6},
    "06": {"Tày": 50, "Nùng": 9, "Dao": 14, "Mông": 4},
    "08": {"Tày": 26, "Dao": 10, "Nùng": 3},
    "10": {"Tày": 15, "Mông": 14, "Dao": 10, "Nùng": 4},
    "11": {"Thái": 36, "Mông": 18},
    "12": {"Thái": 30, "Mông": 13, "Dao": 8},
    "14": {"Thái": 45, "Mông": 10, "Mường": 8},
    "15": {"Tày": 18, "Dao": 9, "Mông": 7, "Thái": 6},
    "17": {"Mường": 52, "Thái": 4, "Tày": 3, "Dao": 2},
    "19": {"Tày": 12, "Nùng": 7, "Dao": 3},
    "20": {"Nùng": 38, "Tày": 34, "Dao": 3},
    "22": {"Dao": 5, "Tày": 3, "Hoa": 1},
    "24": {"Nùng": 5, "Tày": 4, "Hoa": 1},
    "25": {"Mường": 14, "Dao": 1},
    "37": {"Mường": 2},
    "38": {"Mường": 10, "Thái": 6},
    "40": {"Thái": 9, "Mông": 1},
    "44": {"Bru - Vân Kiều": 2},
    "45": {"Bru - Vân Kiều": 8},
    "49": {"Cơ Tu": 5, "Xơ Đăng": 2},
    "51": {"Hrê": 9},
    "52": {"Ba Na": 2},
    "54": {"Ê Đê": 2, "Chăm": 1},
    "56": {"Ra Glai": 3},
    "58": {"Chăm": 11, "Ra Glai": 8},
    "60": {"Chăm": 3, "Ra Glai": 1},
    "62": {"Xơ Đăng": 18, "Ba Na": 14, "Gia Rai": 4},
    "64": {"Gia Rai": 24, "Ba Na": 5},
    "66": {"Ê Đê": 16, "Nùng": 3, "Tày": 3, "Mnông": 2},
    "67": {"Mnông": 6, "Nùng": 4, "Tày": 3},
    "68": {"Cơ Ho": 9, "Nùng": 2},
    "70": {"Xtiêng": 7, "Nùng": 2, "Tày": 2, "Khmer": 1},
    "79": {"Hoa": 4},
    "84": {"Khmer": 25},
    "86": {"Khmer": 2},
    "89": {"Khmer": 4, "Hoa": 1},
    "91": {"Khmer": 10, "Hoa": 1},
    "92": {"Khmer": 2, "Hoa": 1},
    "93": {"Khmer": 2},
    "94": {"Khmer": 24, "Hoa": 4},
    "95": {"Khmer": 6, "Hoa": 2},
    "96": {"Khmer": 2},
}
_ELSEWHERE: Mapping[str, int] = {"Tày": 1, "Mường": 1}


def draw_people(rng: Random, province_code: str) -> str:
    """The ethnicity of somebody of the province."""
    mark = rng.random() * 100
    for people, share in _SHARES.get(province_code, _ELSEWHERE).items():
        mark -= share
        if mark < 0:
            return people
    return KINH


def full_name(rng: Random, people: str, sex: str, province_code: str) -> str:
    """A name after the people's habit."""
    habit = HABITS.get(people)
    southern = province_code.isdigit() and province_code >= _FIRST_SOUTHERN
    if habit is None:
        return kinh_name(rng, sex, southern=southern)
    female = sex == "F"
    while True:
        name = (habit.female if female else habit.male).format(
            clan=habit.clans.draw(rng),
            middle=(FEMALE_MIDDLE if female else MALE_MIDDLE).draw(rng),
            given=(habit.female_given if female else habit.male_given).draw(rng),
        )
        words = name.split()
        if len(set(words)) == len(words) and not is_somebody(name):
            return name
