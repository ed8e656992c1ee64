"""The columns of a delegate sheet: what is read, what the template offers, what is exported.

The headers are the outside contract; the variants are how offices name the same columns.
A column that is required may still have blank cells where the fact is not known.
"""

from __future__ import annotations

from congress_app.formats.fields import Field
from congress_app.kernel.sentences import N_

NAME = Field(
    "full_name",
    N_("Họ và tên"),
    ("Họ tên", "Họ và tên đại biểu", "Tên đại biểu", "Họ, tên", "Đại biểu"),
    required=True,
    role="name",
    help=N_("Bắt buộc. Viết đủ họ, đệm, tên, có dấu."),
    example="Nguyễn Thị Ánh",
)
BIRTH = Field(
    "birth",
    N_("Ngày sinh"),
    ("Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Sinh ngày", "NTNS", "Sinh năm"),
    required=True,
    role="birth",
    help=N_("05/07/1980, 07/1980 hoặc chỉ năm 1980. Chưa rõ thì để trống."),
    example="05/07/1980",
    kind="date",
)
SEX = Field(
    "sex",
    N_("Giới tính"),
    ("Giới", "Phái", "Nam/Nữ", "Nam, nữ"),
    required=True,
    role="sex",
    help=N_("Nam hoặc Nữ. Chưa rõ thì để trống."),
    choices=("Nam", "Nữ"),
    example="Nữ",
)
ETHNICITY = Field(
    "ethnicity",
    N_("Dân tộc"),
    ("DT", "Thành phần dân tộc"),
    required=True,
    help=N_("Dữ liệu nhạy cảm, chỉ người có quyền mới xem. Chưa rõ thì để trống."),
    example="Tày",
)
POSITION = Field(
    "position",
    N_("Chức vụ"),
    ("Chức danh", "Chức vụ, chức danh", "Chức vụ công tác", "Chức vụ hiện nay"),
    required=True,
    help=N_("Chức vụ hoặc chức danh."),
    example="Phó Giám đốc",
)
UNIT_CODE = Field(
    "unit_code",
    N_("Mã đơn vị"),
    ("Mã ĐV", "Mã số đơn vị", "Mã cơ quan"),
    help=N_("Mã trong cây đơn vị; có mã thì không cần cột “Đơn vị”."),
)
UNIT_NAME = Field(
    "unit_name",
    N_("Đơn vị"),
    (
        "Đơn vị công tác",
        "Nơi công tác",
        "Tên đơn vị",
        "Cơ quan, đơn vị",
        "Cơ quan",
        "Cơ quan công tác",
        "Đơn vị, tổ chức",
    ),
    help=N_("Tên đơn vị như trong cây đơn vị; khách mời ngoài ngành ghi tên cơ quan."),
)
CATEGORY = Field(
    "category",
    N_("Thành phần"),
    ("Thành phần đại biểu", "Loại đại biểu", "Diện đại biểu", "Thành phần tham dự"),
    required=True,
    help=N_("Bắt buộc: Khách mời, Chính thức hoặc Bầu."),
    choices=("Khách mời", "Chính thức", "Bầu"),
    example="Chính thức",
)
GROUNDS = Field(
    "grounds",
    N_("Căn cứ"),
    ("Căn cứ tư cách", "Căn cứ tham dự", "Tiêu chuẩn"),
    help=N_("Một hoặc nhiều căn cứ, cách nhau bằng dấu chấm phẩy; ghi cả năm và số quyết định."),
    example="Chiến sĩ thi đua ngành BHXH 2017; Đại biểu bầu",
)
FIELD = Field(
    "field",
    N_("Lĩnh vực"),
    ("Lĩnh vực công tác", "Lĩnh vực nghiệp vụ", "Lĩnh vực chuyên môn"),
    help=N_("Lĩnh vực nghiệp vụ, để cân đối cơ cấu."),
)
PRIORITIES = Field(
    "priorities",
    N_("Ưu tiên"),
    ("Diện ưu tiên", "Cơ cấu ưu tiên", "Cơ cấu"),
    help=N_("Một hoặc nhiều diện ưu tiên, cách nhau bằng dấu chấm phẩy."),
)
EDUCATION = Field(
    "education",
    N_("Trình độ chuyên môn"),
    ("Trình độ", "Chuyên môn", "Trình độ học vấn", "Trình độ CM"),
)
POLITICAL_THEORY = Field(
    "political_theory",
    N_("Lý luận chính trị"),
    ("LLCT", "Trình độ lý luận chính trị", "Trình độ LLCT"),
)
PARTY_MEMBER = Field(
    "party_member",
    N_("Đảng viên"),
    ("Đảng viên ĐCSVN", "Ngày vào Đảng", "Là đảng viên"),
    help=N_("Có hoặc Không; dữ liệu nhạy cảm."),
    choices=("Có", "Không"),
)
HONOURS = Field(
    "honours",
    N_("Danh hiệu"),
    (
        "Danh hiệu thi đua",
        "Danh hiệu thi đua, hình thức khen thưởng",
        "Danh hiệu, hình thức khen thưởng",
        "Hình thức khen thưởng",
        "Khen thưởng",
    ),
    help=N_("Danh hiệu thi đua, hình thức khen thưởng cao nhất; số và ngày quyết định."),
)
PHONE = Field(
    "phone",
    N_("Điện thoại"),
    ("SĐT", "ĐT", "Số điện thoại", "Di động", "Điện thoại liên hệ", "Điện thoại di động"),
    example="0912345678",
)
EMAIL = Field(
    "email", N_("Email"), ("E-mail", "Thư điện tử", "Hộp thư", "Địa chỉ email", "Hòm thư")
)
NOTE = Field("note", N_("Ghi chú"), ("Ghi chú khác", "Chú thích"))

FIELDS = (
    NAME,
    BIRTH,
    SEX,
    ETHNICITY,
    POSITION,
    UNIT_CODE,
    UNIT_NAME,
    CATEGORY,
    GROUNDS,
    FIELD,
    PRIORITIES,
    EDUCATION,
    POLITICAL_THEORY,
    PARTY_MEMBER,
    HONOURS,
    PHONE,
    EMAIL,
    NOTE,
)
ONE_OF = ((UNIT_CODE.key, UNIT_NAME.key),)

# How long the tables take a text; told at the cell instead of failing at the database.
LONGEST = {
    "full_name": 200,
    "ethnicity": 60,
    "position": 250,
    "unit_name": 250,
    "organisation": 250,
    "field": 60,
    "priorities": 60,
    "grounds": 300,
    "education": 120,
    "political_theory": 60,
    "honours": 500,
    "email": 200,
    "note": 2000,
}
