"""The details a paper begins with, from its kind and the unit; a person changes them."""

from __future__ import annotations

from congress_app.documents.facts import CongressFacts
from congress_app.documents.head import Head
from congress_app.documents.letterhead import full_name, locality
from congress_app.documents.papers.base import Kind

# The drafting office at the end of a letter's symbol and after "Lưu: VT".
_OFFICE = "TĐKT"


def head_of(kind: Kind, congress: CongressFacts) -> Head:
    """Issuer, symbol, place and signing posts as they usually are for this kind."""
    unit = full_name(congress.unit)
    above = (full_name(congress.parent_unit),) if congress.parent_unit else ()
    posts = {
        "unit": ("", "TỔNG GIÁM ĐỐC" if congress.is_root else "GIÁM ĐỐC"),
        "committee": ("BAN TỔ CHỨC", "TRƯỞNG BAN"),
        "congress": ("ĐOÀN CHỦ TỊCH", "CHỦ TỌA"),
    }
    collective, post = posts[kind.body]
    if kind.code == "credentials_report":
        collective, post = "BAN THẨM TRA TƯ CÁCH ĐẠI BIỂU", "TRƯỞNG BAN"
    parents, issuer = {
        "unit": (above, unit),
        "committee": ((unit,), "BAN TỔ CHỨC HỘI NGHỊ"),
        "congress": ((unit,), _assembly(congress.name)),
    }[kind.body]
    return Head(
        subject=kind.subject,
        parents=parents,
        issuer=issuer,
        symbol=_symbol(kind),
        place=locality(congress.unit),
        addressees=kind.addressees,
        recipients=kind.recipients,
        keeper=_OFFICE,
        collective=collective,
        head_post=post,
    )


def _assembly(name: str) -> str:
    return (
        "ĐẠI HỘI THI ĐUA YÊU NƯỚC"
        if name.casefold().startswith("đại hội")
        else ("HỘI NGHỊ ĐIỂN HÌNH TIÊN TIẾN")
    )


def _symbol(kind: Kind) -> str:
    body = {"unit": "BHXH", "committee": "BTCHN", "congress": "ĐCT"}[kind.body]
    return f"{body}-{_OFFICE}" if kind.layout == "letter" else body
