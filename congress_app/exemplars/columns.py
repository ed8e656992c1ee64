"""The columns of a sheet of exemplars: for the template, for reading, for the export."""

from __future__ import annotations

from congress_app.exemplars.facts import KIND_LABELS
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.lifecycle import STAGE_LABELS
from congress_app.formats.fields import Field
from congress_app.kernel.sentences import N_

_MARK = N_("Có hoặc Không. Để trống là chưa rõ, hoặc giữ điều đang ghi.")

FIELDS = (
    Field(
        "name",
        N_("Họ và tên, tên tập thể"),
        (
            "Họ và tên",
            "Họ tên",
            "Tên điển hình",
            "Tên tập thể",
            "Tên tập thể, cá nhân",
            "Tập thể, cá nhân",
            "Điển hình",
            "Điển hình tiên tiến",
        ),
        required=True,
        role="name",
        example="Nguyễn Thị Ánh",
    ),
    Field(
        "kind",
        N_("Đối tượng"),
        ("Loại", "Loại điển hình", "Tập thể/Cá nhân", "Loại đối tượng"),
        required=True,
        choices=tuple(KIND_LABELS.values()),
        example="Cá nhân",
        help=N_("Tập thể hoặc Cá nhân."),
    ),
    Field(
        "unit_code",
        N_("Mã đơn vị"),
        ("Mã ĐV", "Mã số đơn vị"),
        help=N_("Mã trong cây đơn vị; có mã thì không cần cột “Đơn vị”."),
    ),
    Field(
        "unit_name",
        N_("Đơn vị"),
        ("Đơn vị giới thiệu", "Đơn vị công tác", "Nơi công tác", "Tên đơn vị"),
        help=N_("Tên đơn vị như trong cây đơn vị."),
        example="BHXH tỉnh Quảng Ninh",
    ),
    Field("position", N_("Chức vụ"), ("Chức danh", "Chức vụ, chức danh")),
    Field(
        "birth",
        N_("Ngày sinh"),
        ("Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh"),
        role="birth",
        kind="date",
        help=N_("05/07/1980, 07/1980 hoặc chỉ năm 1980. Phân biệt hai người trùng tên."),
    ),
    Field(
        "sex",
        N_("Giới tính"),
        ("Giới", "Nam/Nữ"),
        role="sex",
        choices=("Nam", "Nữ"),
    ),
    Field(
        "field",
        N_("Lĩnh vực"),
        ("Lĩnh vực công tác", "Lĩnh vực nghiệp vụ"),
        choices=tuple(WORK_FIELDS.values()),
    ),
    Field(
        "stage",
        N_("Khâu"),
        ("Giai đoạn", "Khâu hiện tại"),
        choices=tuple(STAGE_LABELS.values()),
        help=N_("Bản ghi đã có chỉ chuyển được một khâu mỗi lần. Ghi mới, để trống: Phát hiện."),
    ),
    Field(
        "detected_year",
        N_("Năm phát hiện"),
        ("Năm", "Năm giới thiệu"),
        kind="number",
        help=N_("Ghi mới mà để trống thì lấy năm nay."),
    ),
    Field("is_direct", N_("Trực tiếp"), ("Trực tiếp thực thi nhiệm vụ",), help=_MARK),
    Field("is_leader", N_("Lãnh đạo"), ("Lãnh đạo, quản lý", "Là lãnh đạo"), help=_MARK),
    Field(
        "leads",
        N_("Tập thể lãnh đạo"),
        ("Tập thể do người này lãnh đạo", "Lãnh đạo tập thể"),
        help=N_("Tên tập thể có trong danh sách hoặc trong chính tệp này."),
    ),
    Field("is_hard_area", N_("Địa bàn khó khăn"), ("Vùng khó khăn",), help=_MARK),
    Field("solution", N_("Mô hình, giải pháp"), ("Mô hình", "Giải pháp", "Sáng kiến, mô hình")),
    Field("story", N_("Câu chuyện điển hình"), ("Câu chuyện", "Tóm tắt thành tích")),
    Field(
        "conduct",
        N_("Chấp hành tốt"),
        ("Chấp hành chủ trương, pháp luật", "Chấp hành"),
        help=_MARK,
    ),
    Field("exceeds_targets", N_("Vượt chỉ tiêu liên tục"), ("Vượt mức chỉ tiêu",), help=_MARK),
    Field("runs_movements", N_("Phong trào thi đua hiệu quả"), ("Phong trào thi đua",), help=_MARK),
    Field(
        "discipline",
        N_("Kỷ luật nặng nhất"),
        ("Kỷ luật", "Kỷ luật nặng nhất trong tập thể"),
        help=N_("Chỉ với tập thể: không có, khiển trách, cảnh cáo… Để trống là chưa rõ."),
    ),
    Field("initiatives", N_("Sáng kiến được công nhận"), ("Sáng kiến",), help=_MARK),
    Field("takes_part", N_("Công tác đoàn thể, giải thưởng"), ("Công tác đoàn thể",), help=_MARK),
    Field(
        "ratings",
        N_("Năm hoàn thành xuất sắc"),
        ("Hoàn thành xuất sắc nhiệm vụ", "Năm HTXSNV", "HTXSNV"),
        help=N_("Các năm xếp loại hoàn thành xuất sắc; năm không đạt ghi sau chữ không."),
        example="2021, 2022; không: 2023",
    ),
    Field(
        "awards",
        N_("Danh hiệu, khen thưởng"),
        (
            "Khen thưởng",
            "Danh hiệu",
            "Danh hiệu thi đua",
            "Hình thức khen thưởng",
            "Danh hiệu thi đua, khen thưởng",
        ),
        help=N_(
            "Mỗi danh hiệu một dòng hoặc cách nhau bằng dấu chấm phẩy; trong ngoặc là số, ngày "
            "quyết định và người ký."
        ),
        example="Chiến sĩ thi đua ngành (123/QĐ-BHXH, 05/07/2022, ký: Nguyễn Văn An)",
    ),
)
HEADERS = {item.key: item.header for item in FIELDS}
ONE_OF = (("unit_code", "unit_name"),)

# How long the tables take a text; told at the cell instead of failing at the database.
LONGEST = {
    "name": 250,
    "unit_name": 250,
    "position": 200,
    "solution": 5000,
    "story": 10000,
    "leads": 250,
}
LONGEST_AWARD = {"name": 250, "number": 100, "signatory": 200}
# What is asked of one kind only, by the sheet's fields.
OF_PEOPLE = ("position", "birth", "sex", "is_direct", "is_leader", "leads", "initiatives",
             "takes_part", "ratings")  # fmt: skip
OF_COLLECTIVES = ("exceeds_targets", "runs_movements", "discipline")
