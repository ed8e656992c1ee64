"""Values nobody should send, and files that are nearly what they say."""

from __future__ import annotations

import io
from random import Random

from openpyxl import Workbook

NASTY = (
    "", " ", "\t\n", "\u200b", "\x00", "a\x00b", "\x1b[31m", "\ufeff", "\u202eabc", "💥" * 40,
    "x" * 9_000, "Nguye\u0302\u0303n Va\u0306n A", "Đ" * 300,
    "' OR '1'='1", '"><script>alert(1)</script>',
    "{{ 7*7 }}", "{% raw %}", "%s%n", "../../etc/passwd", "C:\\x",
    "=1+1", "@SUM(1)", "|", "%", "_", "\\",
    "-1", "0", "1", "00", "+1", "1.5", "1,5", "1e999", "NaN", "Infinity", "٣", "½", "²",
    "2147483648", "9223372036854775808", "-9223372036854775809", "9" * 400, "0x10", "1_000",
    "2020-02-30", "31/02/2020", "29/02/2019", "0000-00-00", "99999-01-01", "1/1/1",
    "10/2020", "0001-01-01",
    "24:00", "23:60", "7h30", "07:30:00Z", "2020-10-14T07:30", "9999-12-31T23:59:59.999999+14:00",
    "null", "None", "true", "[]", "{}", "[[[[", '{"a":', "a@b", "0900", "+84 90 000 0000", "on",
)  # fmt: skip


def value(chance: Random, likely: list[str]) -> str:
    """Mostly something likely, often something nasty, sometimes both in one."""
    mark = chance.random()
    if likely and mark < 0.55:
        return chance.choice(likely)
    if mark < 0.95 or not likely:
        return chance.choice(NASTY)
    return chance.choice(likely) + chance.choice(NASTY)


def a_file(chance: Random) -> tuple[io.BytesIO, str]:
    """A file as a form sends it: content and name."""
    name = chance.choice(
        [
            "a.xlsx",
            "a.xls",
            "a.csv",
            "a.pdf",
            "a.docx",
            "a.png",
            "a.jpg",
            "a",
            "../a.xlsx",
            "ả.XLSX",
        ]
    )
    whole = chance.choice([_sheet(chance), _delimited(chance), b"%PDF-1.7\n%%EOF", _PNG, b""])
    return io.BytesIO(mutated(chance, whole)), name


def mutated(chance: Random, data: bytes) -> bytes:
    """The data with some bytes flipped, cut out, doubled or cut off; sometimes as they are."""
    found = bytearray(data)
    for _ in range(chance.choice([0, 0, 1, 1, 3, 30])):
        if not found:
            break
        at = chance.randrange(len(found))
        act = chance.randrange(4)
        if act == 0:
            found[at] ^= 1 << chance.randrange(8)
        elif act == 1:
            del found[at : at + chance.randrange(1, 60)]
        elif act == 2:
            found[at:at] = found[at : at + 40]
        else:
            del found[at:]
    return bytes(found)


def _sheet(chance: Random) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in _rows(chance):
        page.append([_for_a_cell(one) for one in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _delimited(chance: Random) -> bytes:
    lines = [chance.choice([",", ";", "\t"]).join(row) for row in _rows(chance)]
    code = chance.choice(["utf-8", "utf-8-sig", "utf-16", "cp1258"])
    return "\r\n".join(lines).encode(code, "replace")


_HEADS = (
    "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chức vụ", "Mã đơn vị", "Đơn vị",
    "Thành phần", "Tên đơn vị", "Loại", "Mã đơn vị cấp trên", "Số CCVC, NLĐ",
    "Điện thoại", "Email", "Danh hiệu",
)  # fmt: skip
_CELLS = (
    "Nguyễn Văn A",
    "01/02/1980",
    "1980",
    "Nam",
    "Nữ",
    "Kinh",
    "22",
    "22-01",
    "Bầu",
    "huyen",
    "12",
)


def _rows(chance: Random) -> list[list[str]]:
    heads = chance.sample(_HEADS, chance.randrange(1, len(_HEADS)))
    return [heads] + [
        [value(chance, list(_CELLS)) for _ in heads] for _ in range(chance.randrange(1, 12))
    ]


def _for_a_cell(text: str) -> str:
    # What openpyxl itself refuses to write.
    return "".join(one for one in text if one >= " " or one in "\t\n")[:32_000]


_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
