from __future__ import annotations

from congress_app.demo import geography


def test_there_are_63_provinces_with_696_districts() -> None:
    found = geography.provinces()
    assert (len(found), sum(len(one.districts) for one in found)) == (63, 696)
    assert len({one.code for one in found}) == 63


def test_a_province_names_its_districts_by_kind_in_protocol_order() -> None:
    assert geography.province("22").districts == (
        "thành phố Hạ Long",
        "thành phố Móng Cái",
        "thành phố Cẩm Phả",
        "thành phố Uông Bí",
        "thị xã Đông Triều",
        "thị xã Quảng Yên",
        "huyện Bình Liêu",
        "huyện Tiên Yên",
        "huyện Đầm Hà",
        "huyện Hải Hà",
        "huyện Ba Chẽ",
        "huyện Vân Đồn",
        "huyện Cô Tô",
    )


def test_no_province_names_a_district_twice() -> None:
    assert [
        p.code for p in geography.provinces() if len(set(p.districts)) != len(p.districts)
    ] == []


def test_hue_still_was_a_province() -> None:
    assert geography.province("46").full_name == "tỉnh Thừa Thiên Huế"
