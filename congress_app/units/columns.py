"""The columns of a unit sheet: for the template, for reading, for the export."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from congress_app.formats.fields import Field
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import fold
from congress_app.units.tree import KIND_LABELS, Kind

CODE_LENGTH = 30
NAME_LENGTH = 250
LARGEST_HEADCOUNT = 1_000_000

FIELDS = (
    Field(
        "code",
        N_("Mã đơn vị"),
        ("Mã", "Mã số", "Mã ĐV"),
        required=True,
        example="01",
        help=N_("Mỗi mã một đơn vị. Mã đã có thì đơn vị được sửa, mã mới thì đơn vị được thêm."),
    ),
    Field(
        "name",
        N_("Tên đơn vị"),
        ("Đơn vị", "Tên", "Tên ĐV"),
        required=True,
        example="BHXH thành phố Hà Nội",
    ),
    Field(
        "kind",
        N_("Loại"),
        ("Loại đơn vị", "Loại hình", "Cấp"),
        required=True,
        choices=tuple(kind.value for kind in Kind),
        example="tinh",
        help=N_(
            "nganh: gốc của cây; khoi_co_quan, tinh: dưới ngành; huyen, co_so: dưới tỉnh; "
            "phong, don_vi_truc_thuoc: dưới đơn vị quản lý trực tiếp."
        ),
    ),
    Field(
        "parent",
        N_("Mã đơn vị cấp trên"),
        ("Mã cấp trên", "Cấp trên", "Đơn vị cấp trên", "Trực thuộc", "Mã đơn vị quản lý"),
        required=True,
        example="VN",
        help=N_("Mã của đơn vị quản lý trực tiếp; chỉ gốc của cây (loại nganh) bỏ trống."),
    ),
    Field(
        "headcount",
        N_("Số CCVC, NLĐ"),
        ("Số CCVC NLĐ", "Biên chế", "Số người", "Số lượng", "Số CCVC", "Tổng số CCVC, NLĐ"),
        required=True,
        kind="number",
        example="1250",
        help=N_(
            "Chỉ tính người không thuộc đơn vị nào bên dưới; số của đơn vị cấp trên được cộng "
            "từ các đơn vị cấp dưới. Bỏ trống nếu chưa có số hoặc giữ số đang có."
        ),
    ),
    Field("precedence", N_("Thứ tự"), ("Thứ tự lễ tân", "Thứ tự ưu tiên"), kind="number"),
    Field(
        "is_pilot",
        N_("Đơn vị điểm"),
        ("Điểm", "Làm điểm"),
        help=N_("Đánh dấu x cho đơn vị làm điểm; bỏ trống là không."),
    ),
    Field("cluster", N_("Cụm thi đua"), ("Cụm", "Khối thi đua", "Cụm, khối thi đua")),
    Field("headcount_source", N_("Nguồn số liệu"), ("Nguồn",)),
    Field(
        "headcount_date", N_("Ngày số liệu"), ("Ngày của số liệu", "Số liệu đến ngày"), kind="date"
    ),
)
HEADERS = {field.key: field.header for field in FIELDS}

# What people write for a kind beside its code, folded.
KIND_WORDS: dict[str, Kind] = {
    **{kind.value: kind for kind in Kind},
    **{kind.value.replace("_", " "): kind for kind in Kind},
    **{fold(label): Kind(kind) for kind, label in KIND_LABELS.items()},
    "goc": Kind.SECTOR,
    "toan nganh": Kind.SECTOR,
    "khoi co quan bhxh viet nam": Kind.CENTRAL_BLOCK,
    "bhxh tinh": Kind.PROVINCE,
    "thanh pho": Kind.PROVINCE,
    "quan": Kind.DISTRICT,
    "quan, huyen": Kind.DISTRICT,
    "bhxh quan, huyen": Kind.DISTRICT,
    "co so": Kind.BASE_OFFICE,
    "van phong": Kind.DEPARTMENT,
    "truc thuoc": Kind.CENTRAL_UNIT,
}


class Exported(Protocol):
    """A unit as it is written into a sheet."""

    code: str
    name: str
    kind: str
    headcount: int | None
    headcount_source: str | None
    headcount_date: date | None
    precedence: int
    is_pilot: bool


def export_row(
    unit: Exported, parent: str | None, cluster: str | None
) -> tuple[str | int | bool | date | None, ...]:
    """The cells of a unit in the order of `FIELDS`; reading them back changes nothing."""
    return (
        unit.code,
        unit.name,
        unit.kind,
        parent,
        unit.headcount,
        unit.precedence,
        unit.is_pilot,
        cluster,
        unit.headcount_source,
        unit.headcount_date,
    )
