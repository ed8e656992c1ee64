"""Two ready rulebooks: the congresses of 2020, and the structure of 2025.

`2020` is the guidance of Bảo hiểm xã hội Việt Nam announced on 30/09/2019 for the
conferences of exemplars at all levels and the Vth congress of the sector. Where that
guidance is silent (how to vote, how many must be present) our value is named in
`LevelRules.proposed`.

`2025` keeps the composition and the caps and carries them over to the organisation after
Quyết định 391/QĐ-BTC of 26/02/2025: 34 provincial offices and BHXH cơ sở in place of the
district offices (renamed by 30/09/2025). The years of awards are those of Kế hoạch
1935/KH-BHXH of 05/07/2021 (decisions of 2021 to 2025). No guidance for the VIth congress
was found, so all dates and caps of this one are proposals.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from congress_app.congresses.rulebook import (
    QUORUM_PROPOSED,
    Cap,
    Category,
    Choice,
    Duration,
    Level,
    LevelRules,
    Priority,
    Rulebook,
    SubCategory,
)
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.kernel.sentences import N_

_GUEST, _OFFICIAL, _ELECTED = Category.GUEST, Category.OFFICIAL, Category.ELECTED

# Upper-base conferences of Khối cơ quan, Hà Nội and TP. Hồ Chí Minh may have 350.
_LARGE_UNITS = {"KCQ": 350, "01": 350, "79": 350}

_BASE_LINES = (
    SubCategory("all_staff", _OFFICIAL, N_("Toàn thể công chức, viên chức, người lao động")),
)

_UPPER_BASE_LINES = (
    SubCategory("party_committee", _GUEST, N_("Đại diện lãnh đạo Tỉnh ủy, Thành ủy")),
    SubCategory("people_council", _GUEST, N_("Đại diện lãnh đạo Hội đồng nhân dân tỉnh")),
    SubCategory("people_committee", _GUEST, N_("Đại diện lãnh đạo Ủy ban nhân dân tỉnh")),
    SubCategory("departments", _GUEST, N_("Đại diện lãnh đạo sở, ban, ngành có liên quan")),
    SubCategory("vss_leaders", _GUEST, N_("Đại diện lãnh đạo BHXH Việt Nam")),
    SubCategory("vss_council", _GUEST, N_("Thường trực Hội đồng TĐKT BHXH Việt Nam")),
    SubCategory("province_leaders", _OFFICIAL, N_("Lãnh đạo BHXH tỉnh")),
    SubCategory("province_council", _OFFICIAL, N_("Hội đồng TĐKT BHXH tỉnh")),
    SubCategory("district_leaders", _OFFICIAL, N_("Đại diện lãnh đạo BHXH huyện")),
    SubCategory("division_leaders", _OFFICIAL, N_("Đại diện lãnh đạo đơn vị trực thuộc BHXH tỉnh")),
    SubCategory("fighter_national", _OFFICIAL, N_("Chiến sĩ thi đua toàn quốc"), award=True),
    SubCategory("fighter_sector", _OFFICIAL, N_("Chiến sĩ thi đua ngành BHXH"), award=True),
    SubCategory("fighter_base", _OFFICIAL, N_("Chiến sĩ thi đua cơ sở"), award=True),
    SubCategory("emulation_officer", _OFFICIAL, N_("Cán bộ phụ trách công tác TĐKT tại đơn vị")),
    SubCategory("exemplar", _OFFICIAL, N_("Gương điển hình tiên tiến có thành tích xuất sắc")),
    SubCategory("elected_base", _ELECTED, N_("Đại biểu được bầu từ hội nghị cấp cơ sở")),
)

# Emulation fighters of the base level are not in the national list, and the press,
# of the sector and from outside, is official: both as the guidance has it. One post per
# province is the reading of "Chủ tịch, Thường trực hoặc Thư ký Hội đồng".
_NATIONAL_LINES = (
    SubCategory("party_state_leaders", _GUEST, N_("Lãnh đạo Đảng, Nhà nước")),
    SubCategory("ministries", _GUEST, N_("Đại diện bộ, ban, ngành có liên quan")),
    SubCategory("management_council", _GUEST, N_("Hội đồng quản lý BHXH Việt Nam")),
    SubCategory("vss_leaders", _OFFICIAL, N_("Lãnh đạo BHXH Việt Nam")),
    SubCategory("unit_heads", _OFFICIAL, N_("Thủ trưởng đơn vị trực thuộc BHXH Việt Nam")),
    SubCategory("emulation_officer", _OFFICIAL, N_("Cán bộ phụ trách công tác TĐKT tại đơn vị")),
    SubCategory("vss_council", _OFFICIAL, N_("Thành viên Hội đồng TĐKT BHXH Việt Nam")),
    SubCategory("sector_press", _OFFICIAL, N_("Phóng viên Báo, Tạp chí BHXH và Cổng TTĐT")),
    SubCategory(
        "province_council_post",
        _OFFICIAL,
        N_("Chủ tịch, Thường trực hoặc Thư ký Hội đồng TĐKT BHXH tỉnh"),
        per_unit=1,
    ),
    SubCategory(
        "army_police",
        _OFFICIAL,
        N_("Đại diện lãnh đạo BHXH Bộ Quốc phòng, BHXH Công an nhân dân"),
    ),
    SubCategory("fighter_national", _OFFICIAL, N_("Chiến sĩ thi đua toàn quốc"), award=True),
    SubCategory("fighter_sector", _OFFICIAL, N_("Chiến sĩ thi đua ngành BHXH"), award=True),
    SubCategory("exemplar", _OFFICIAL, N_("Gương điển hình tiên tiến có thành tích xuất sắc")),
    SubCategory("press", _OFFICIAL, N_("Cơ quan báo chí Trung ương và địa phương")),
    SubCategory("elected_upper", _ELECTED, N_("Đại biểu được bầu từ hội nghị cấp trên cơ sở")),
)

# The five named emphases of the guidance; its list ends in "…", so more may be added.
_PRIORITIES = (
    Priority("good_deed", N_("Gương “Người tốt - Việc tốt”"), sensitive=False),
    Priority("new_model", N_("Có giải pháp công tác hay, mô hình mới"), sensitive=False),
    Priority("direct_duty", N_("Cá nhân trực tiếp thực thi nhiệm vụ"), sensitive=False),
    Priority("women", N_("Đại biểu nữ"), sensitive=False),
    Priority("ethnic_minority", N_("Đại biểu là người dân tộc thiểu số")),
)

_FIELDS = tuple(Choice(code, title) for code, title in WORK_FIELDS.items())

_ITEMS_BELOW = ("summary_report", "speech", "election")

_BASE_2020 = LevelRules(
    event_name=N_("Hội nghị điển hình tiên tiến"),
    cap=Cap(),
    durations=(Duration.HALF_DAY,),
    subcategories=_BASE_LINES,
    deadline=date(2020, 1, 30),
    combinable=(
        Choice("year_end", N_("Hội nghị tổng kết công tác năm 2019")),
        Choice("staff", N_("Hội nghị công chức, viên chức")),
    ),
    mandatory_items=_ITEMS_BELOW,
    election_form="show_of_hands",
    everyone_attends=True,
    unit_kinds=("huyen", "phong", "don_vi_truc_thuoc"),
    quorum=QUORUM_PROPOSED,
    proposed=("election_form", "quorum"),
)

_UPPER_BASE_2020 = LevelRules(
    event_name=N_("Hội nghị điển hình tiên tiến"),
    cap=Cap(300, _LARGE_UNITS),
    durations=(Duration.HALF_DAY, Duration.FULL_DAY),
    subcategories=_UPPER_BASE_LINES,
    deadline=date(2020, 4, 30),
    mandatory_items=_ITEMS_BELOW,
    unit_kinds=("khoi_co_quan", "tinh"),
    expected_units=64,
    quorum=QUORUM_PROPOSED,
    proposed=("election_form", "quorum"),
)

_NATIONAL_2020 = LevelRules(
    event_name=N_("Đại hội Thi đua yêu nước ngành BHXH lần thứ V"),
    cap=Cap(500, {}, (_OFFICIAL, _ELECTED)),
    durations=(Duration.HALF_DAY, Duration.FULL_DAY),
    subcategories=_NATIONAL_LINES,
    window=(date(2020, 7, 1), date(2020, 9, 30)),
    mandatory_items=("summary_report", "speech"),
    unit_kinds=("nganh",),
    expected_units=1,
    quorum=QUORUM_PROPOSED,
    proposed=("election_form", "quorum"),
)

GUIDANCE_2020 = Rulebook(
    key="2020",
    name=N_("Hướng dẫn năm 2020 (Đại hội lần thứ V)"),
    source=N_("Công văn hướng dẫn của BHXH Việt Nam, công bố ngày 30/09/2019"),
    award_years=(2015, 2019),
    report_period=(2016, 2020),
    levels={
        Level.BASE: _BASE_2020,
        Level.UPPER_BASE: _UPPER_BASE_2020,
        Level.NATIONAL: _NATIONAL_2020,
    },
    priorities=_PRIORITIES,
    fields=_FIELDS,
)

_PROPOSED_2025 = ("election_form", "quorum", "cap", "deadline", "durations", "subcategories")

# The words of 2020 for offices that have another name since 2025.
_RENAMED_2025 = {"district_leaders": N_("Đại diện lãnh đạo BHXH cơ sở")}

STRUCTURE_2025 = replace(
    GUIDANCE_2020,
    key="2025",
    name=N_("Cơ cấu tổ chức năm 2025 (Đại hội lần thứ VI)"),
    source=N_(
        "Quyết định 391/QĐ-BTC ngày 26/02/2025 (34 BHXH tỉnh, BHXH cơ sở); Kế hoạch "
        "1935/KH-BHXH ngày 05/07/2021. Thời hạn và số lượng là đề xuất, chưa có hướng dẫn."
    ),
    award_years=(2021, 2025),
    report_period=(2021, 2025),
    levels={
        Level.BASE: replace(
            _BASE_2020,
            deadline=date(2025, 10, 31),
            combinable=(
                Choice("year_end", N_("Hội nghị tổng kết công tác năm 2025")),
                Choice("staff", N_("Hội nghị công chức, viên chức")),
            ),
            unit_kinds=("co_so", "phong", "don_vi_truc_thuoc"),
            proposed=("election_form", "quorum", "deadline", "durations"),
        ),
        Level.UPPER_BASE: replace(
            _UPPER_BASE_2020,
            subcategories=tuple(
                replace(line, title=_RENAMED_2025.get(line.code, line.title))
                for line in _UPPER_BASE_LINES
            ),
            deadline=date(2025, 11, 30),
            expected_units=35,
            proposed=(*_PROPOSED_2025, "expected_units"),
        ),
        Level.NATIONAL: replace(
            _NATIONAL_2020,
            event_name=N_("Đại hội Thi đua yêu nước ngành BHXH lần thứ VI"),
            window=(date(2025, 12, 1), date(2025, 12, 31)),
            proposed=(*_PROPOSED_2025, "window"),
        ),
    },
)

PRESETS: dict[str, Rulebook] = {book.key: book for book in (GUIDANCE_2020, STRUCTURE_2025)}
