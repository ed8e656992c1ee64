"""The places a text may leave open, what fills them, and what to do where it is missing.

No placeholder tells ethnic origin, party membership, a phone number or an address of a
person: whatever a text is pasted into, it stays free of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

from congress_app.documents.facts import CHOSEN_SPEECHES, CongressFacts, Facts, PersonRow
from congress_app.documents.letterhead import WEEKDAYS, day_words
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import number, percent


@dataclass(frozen=True)
class Place:
    """A placeholder: its words, its value from the facts, and the sentence where it lacks.

    `where` names the part of the application in which the fact is written down.
    """

    label: str
    value: Callable[[Facts], str | None]
    lacking: str
    where: str = "congress"


def _day(day: date | None) -> str | None:
    return day_words(day) if day else None


def _weekday(day: date | None) -> str | None:
    return WEEKDAYS[day.weekday()] if day else None


def hour_words(at: time | None) -> str | None:
    """07:05 as "07 giờ 05"."""
    return f"{at.hour:02d} giờ {at.minute:02d}" if at else None


def _figure(value: int | None) -> str | None:
    return None if value is None else number(value)


def _count(facts: Facts, **wanted: str) -> str | None:
    rows = [
        row
        for row in facts.people
        if all(getattr(row, name) == value for name, value in wanted.items())
    ]
    return number(len(rows)) if facts.people else None


def _women_share(facts: Facts) -> str | None:
    women = sum(row.sex == "F" for row in facts.people)
    return percent(women, len(facts.people)) if facts.people else None


def _period(facts: Facts) -> str | None:
    period = facts.congress.period
    return f"{period[0]} - {period[1]}" if period else None


def _sessions(facts: Facts) -> str | None:
    return number(len({row.session for row in facts.items})) if facts.items else None


def _last_end(facts: Facts) -> str | None:
    if not facts.items:
        return None
    hour, minute = facts.items[-1].ends.split(":")
    return hour_words(time(int(hour), int(minute)))


def _counted(name: str) -> Callable[[Facts], str | None]:
    def read(facts: Facts) -> str | None:
        return _figure(getattr(facts.election, name) if facts.election else None)

    return read


def _examined(name: str) -> Callable[[Facts], str | None]:
    def read(facts: Facts) -> str | None:
        value = getattr(facts.credentials, name) if facts.credentials else None
        return _figure(value) if isinstance(value, int) else value

    return read


CATEGORY_WORDS = {
    "guest": "khách mời",
    "official": "đại biểu chính thức",
    "elected": "đại biểu được bầu",
}

_E = N_("Chưa có cuộc bầu cử nào. Hãy lập ở phần Bầu cử hoặc nhập danh sách ngay ở văn bản này.")
_P = N_("Chưa có chương trình. Hãy lập ở phần Chương trình.")
_D = N_("Chưa có đại biểu nào được triệu tập. Hãy ghi danh và triệu tập ở phần Đại biểu.")
_X = N_("Chưa có đại biểu để thẩm tra. Hãy ghi danh và triệu tập ở phần Đại biểu.")
_T = N_("Chưa ghi nhận số người có mặt. Hãy điểm danh hoặc ghi số vào nội dung văn bản.")

PLACES: dict[str, Place] = {
    "ten_hoi_nghi": Place(
        N_("Tên hội nghị"), lambda f: f.congress.name, N_("Chưa có tên hội nghị.")
    ),
    "ten_don_vi": Place(N_("Đơn vị tổ chức"), lambda f: f.congress.unit, N_("Chưa có đơn vị.")),
    "don_vi_cap_tren": Place(
        N_("Đơn vị cấp trên"),
        lambda f: f.congress.parent_unit,
        N_("Đơn vị này không có đơn vị cấp trên."),
        "units",
    ),
    "hoi_nghi_cap_tren": Place(
        N_("Hội nghị, đại hội cấp trên"),
        lambda f: f.congress.above,
        N_("Chưa có hội nghị cấp trên trong mùa này."),
    ),
    "chi_tieu_cap_tren": Place(
        N_("Số được bầu dự cấp trên"),
        lambda f: _figure(f.congress.seats_above),
        N_("Cấp trên chưa phân bổ số đại biểu được bầu."),
        "quota",
    ),
    "ngay_to_chuc": Place(
        N_("Ngày tổ chức"),
        lambda f: _day(f.congress.held_on),
        N_("Chưa có ngày tổ chức. Hãy ghi ở phần Kế hoạch."),
    ),
    "thu": Place(
        N_("Thứ"),
        lambda f: _weekday(f.congress.held_on),
        N_("Chưa có ngày tổ chức. Hãy ghi ở phần Kế hoạch."),
    ),
    "gio_bat_dau": Place(
        N_("Giờ bắt đầu"),
        lambda f: hour_words(f.congress.starts_at),
        N_("Chưa có giờ bắt đầu. Hãy ghi ở phần Kế hoạch."),
    ),
    "gio_ket_thuc": Place(N_("Giờ kết thúc"), _last_end, _P, "programme"),
    "thoi_luong": Place(N_("Thời lượng"), lambda f: f.congress.duration, N_("Chưa có thời lượng.")),
    "dia_diem": Place(
        N_("Địa điểm"),
        lambda f: f.congress.place,
        N_("Chưa có địa điểm. Hãy ghi ở phần Kế hoạch."),
    ),
    "dia_chi": Place(
        N_("Địa chỉ"),
        lambda f: f.congress.address,
        N_("Chưa có địa chỉ. Hãy ghi ở phần Kế hoạch."),
    ),
    "can_cu": Place(
        N_("Căn cứ của quy định"), lambda f: f.congress.source, N_("Chưa có căn cứ của quy định.")
    ),
    "giai_doan": Place(N_("Giai đoạn tổng kết"), _period, N_("Quy định chưa ghi giai đoạn.")),
    "so_toi_da": Place(
        N_("Số đại biểu tối đa"),
        lambda f: _figure(f.congress.cap),
        N_("Quy định không ghi số đại biểu tối đa."),
    ),
    "so_ke_hoach": Place(
        N_("Số kế hoạch"),
        lambda f: f.congress.plan_document,
        N_("Chưa có số kế hoạch. Hãy ghi ở phần Kế hoạch."),
    ),
    "rut_kinh_nghiem": Place(
        N_("Rút kinh nghiệm"),
        lambda f: f.congress.lessons,
        N_("Chưa ghi rút kinh nghiệm. Hãy ghi ở phần Kế hoạch."),
    ),
    "so_trieu_tap": Place(N_("Số đại biểu triệu tập"), _count, _D, "delegates"),
    "so_khach_moi": Place(
        N_("Số khách mời"), lambda f: _count(f, category="guest"), _D, "delegates"
    ),
    "so_chinh_thuc": Place(
        N_("Số đại biểu chính thức"), lambda f: _count(f, category="official"), _D, "delegates"
    ),
    "so_bau": Place(
        N_("Số đại biểu bầu"), lambda f: _count(f, category="elected"), _D, "delegates"
    ),
    "so_nu": Place(N_("Số đại biểu nữ"), lambda f: _count(f, sex="F"), _D, "delegates"),
    "ty_le_nu": Place(N_("Tỷ lệ nữ"), _women_share, _D, "delegates"),
    "tong_suat_bau": Place(
        N_("Tổng số đại biểu được bầu"),
        lambda f: number(sum(row.seats for row in f.quota)) if f.quota else None,
        N_("Chưa có phân bổ được duyệt. Hãy duyệt ở phần Phân bổ."),
        "quota",
    ),
    "so_don_vi": Place(
        N_("Số đơn vị được phân bổ"),
        lambda f: number(len(f.quota)) if f.quota else None,
        N_("Chưa có phân bổ được duyệt. Hãy duyệt ở phần Phân bổ."),
        "quota",
    ),
    "so_phien": Place(N_("Số phiên"), _sessions, _P, "programme"),
    "so_tham_luan": Place(
        N_("Số tham luận được chọn"),
        lambda f: _figure(sum(row.state in CHOSEN_SPEECHES for row in f.speeches)),
        N_("Chưa có tham luận."),
        "speeches",
    ),
    "so_co_mat": Place(
        N_("Số có mặt"),
        lambda f: _figure(f.presence.present if f.presence else f.congress.attendance),
        _T,
        "checkin",
    ),
    "so_vang": Place(
        N_("Số vắng mặt"),
        lambda f: _figure(f.presence.convened - f.presence.present if f.presence else None),
        _T,
        "checkin",
    ),
    "so_duoc_bau": Place(
        N_("Số cần bầu"),
        lambda f: _figure(f.election.seats if f.election else None),
        _E,
        "elections",
    ),
    "so_ung_cu": Place(
        N_("Số người trong danh sách bầu"),
        lambda f: _figure(len(f.election.candidates) if f.election else None),
        _E,
        "elections",
    ),
    "so_trung_cu": Place(
        N_("Số người trúng cử"),
        lambda f: number(len(f.elected)) if f.elected else None,
        N_("Chưa có ai được bầu dự hội nghị cấp trên."),
        "elections",
    ),
    "phieu_phat_ra": Place(N_("Số phiếu phát ra"), _counted("issued"), _E, "elections"),
    "phieu_thu_vao": Place(N_("Số phiếu thu vào"), _counted("collected"), _E, "elections"),
    "phieu_hop_le": Place(N_("Số phiếu hợp lệ"), _counted("valid"), _E, "elections"),
    "phieu_khong_hop_le": Place(N_("Số phiếu không hợp lệ"), _counted("invalid"), _E, "elections"),
    "so_phieu_can": Place(
        N_("Số phiếu tối thiểu để trúng cử"), _counted("threshold"), _E, "elections"
    ),
}

PLACES |= {
    f"tham_tra_{name}": Place(label, _examined(field), _X, "credentials")
    for name, field, label in (
        ("trieu_tap", "convened", N_("Số đại biểu được thẩm tra")),
        ("co_mat", "present", N_("Số có mặt, trừ khách mời")),
        ("vang_phep", "excused", N_("Số vắng có lý do")),
        ("khach_moi", "guests", N_("Số khách mời")),
        ("tuoi_binh_quan", "average_age", N_("Tuổi bình quân")),
        ("tre_nhat", "youngest", N_("Đại biểu trẻ nhất")),
        ("cao_tuoi_nhat", "oldest", N_("Đại biểu cao tuổi nhất")),
        ("khong_du", "unqualified", N_("Số không đủ tư cách")),
        ("dang_xem_xet", "pending", N_("Số đang xem xét")),
    )
}

_FORMS = {"M": "Ông", "F": "Bà"}
RECIPIENT_PLACES: dict[str, tuple[str, Callable[[PersonRow], str | None]]] = {
    "danh_xung": (N_("Ông hoặc Bà"), lambda row: _FORMS.get(row.sex or "", "Ông/Bà")),
    "ho_ten": (N_("Họ và tên"), lambda row: row.name),
    "chuc_vu": (N_("Chức vụ"), lambda row: row.position),
    "don_vi_cong_tac": (N_("Đơn vị công tác"), lambda row: row.unit),
    "doan": (N_("Đoàn"), lambda row: row.delegation),
    "so_dai_bieu": (
        N_("Số đại biểu"),
        lambda row: f"{row.number:04d}" if row.number is not None else None,
    ),
    "thanh_phan": (N_("Thành phần"), lambda row: CATEGORY_WORDS.get(row.category)),
}


def values(facts: Facts, recipient: PersonRow | None = None) -> dict[str, str | None]:
    """What every placeholder stands for; None or "" where it is not known."""
    told = {name: place.value(facts) for name, place in PLACES.items()}
    if recipient is not None:
        told |= {name: read(recipient) for name, (_, read) in RECIPIENT_PLACES.items()}
    return told


def congress_values(congress: CongressFacts) -> dict[str, str | None]:
    """As `values`, of what is known of the congress alone."""
    return values(Facts(congress))


def known(*, per_recipient: bool) -> Mapping[str, str]:
    """The placeholders a text may use, with their words."""
    told = {name: place.label for name, place in PLACES.items()}
    if per_recipient:
        told |= {name: label for name, (label, _) in RECIPIENT_PLACES.items()}
    return told
