"""What people in this country and this service would put into a password first. Pure.

Folded (lower case, no accents) and without spaces, the likeliest first: a word's place is
taken for the number of guesses it costs. Common passwords of the world, names and English
words come from zxcvbn's lists (`guessing.py`) and are not repeated here.
"""

from __future__ import annotations

_EVERYBODY = """
matkhau mk vietnam anhyeuem emyeuanh bhxh thidua yeuem yeuanh anhnhoem iuem iuanh
hanoi saigon hochiminh bacho danang haiphong hue cantho khongbiet khongnho quenmatkhau
baohiem baohiemxahoi baohiemyte bhyt bhtn baohiemxahoivietnam baohiemxahoivn bhxhvn vss
chucmungnammoi tinhyeu giadinh bome bame conyeu meyeucon vochong hanhphuc mai
thanhcong maymman phattai locphat tailoc xinchao chaoban chao toilaai langthang
dangnhap taikhoan nguoidung quantri quantrivien admin matkhaumoi matkhaucu doimatkhau
mothaiba mothaibabon mothaibabonnam motngaymoi mothai abc abcd qwe asd zxc
vietnamvodich vietnammuonnam vodich toiyeuvietnam emyeuvietnam toquoc tudo doclap
doclaptudohanhphuc conghoaxahoichunghiavietnam conghoa chunghia xahoi chungtacungthang
"""

_HERE = """
thiduayeunuoc daihoithiduayeunuoc daihoithidua daihoi hoinghi hoinghithidua khenthuong
thiduakhenthuong dienhinhtientien diennhinhtientien dienhinh daibieu phongtrao
chiensithidua anhhunglaodong bantochuc banthidua tochuccanbo tochuc canbo vanphong
kehoach ketoan giamdinh thugiamdinh chedo tiepnhan congnghethongtin cntt dangbo chibo
congdoan doanthanhnien dangvien vienchuc cochuc congchuc giamdoc phogiamdoc truongphong
trungtam tinh huyen quan thanhpho khuvuc nganh donvi coquan
"""

_SURNAMES = """
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly trinh dinh mai
truong lam doan ha cao luong to ta chu thi van ngoc minh thanh huu duc quang anh linh
huong hong hoa lan thu thuy phuong trang dung hung cuong tuan hai nam son long
"""

_FIRST_YEAR, _LAST_YEAR = 1940, 2050


def words() -> tuple[str, ...]:
    """All of them, and the years people live in."""
    # The newest years first, near the front: they stand at the end of most passwords.
    near = range(2030, 2015, -1)
    far = (year for year in range(_FIRST_YEAR, _LAST_YEAR + 1) if year not in near)
    told = _EVERYBODY.split() + [str(year) for year in near] + _HERE.split() + _SURNAMES.split()
    return tuple(dict.fromkeys([*told, *map(str, far)]))
