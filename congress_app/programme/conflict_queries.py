"""Two people saved the same row: both values of every field that differs, in words."""

from __future__ import annotations

from datetime import datetime

from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import Stale
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.honour_queries import lines_for
from congress_app.programme.honours import honours_of
from congress_app.programme.models import Item, Session, Speech
from congress_app.programme.timetable import ITEM_KINDS, SESSION_KINDS

LABELS = {
    "kind": N_("Loại"),
    "title": N_("Tên"),
    "minutes": N_("Số phút"),
    "presenter": N_("Người thực hiện"),
    "script": N_("Lời dẫn"),
    "pinned_at": N_("Ghim giờ bắt đầu"),
    "speech_id": N_("Tham luận"),
    "announces_id": N_("Công bố kết quả của"),
    "parallel": N_("Diễn ra song song"),
    "hall": N_("Hội trường"),
    "starts_at": N_("Bắt đầu"),
    "doors_open_at": N_("Mở cửa điểm danh"),
    "doors_close_at": N_("Đóng cửa điểm danh"),
    "allows_reentry": N_("Cho phép ra rồi vào lại"),
    "categories": N_("Thành phần được vào"),
    "honours": N_("Danh sách tôn vinh"),
}
_KINDS = SESSION_KINDS | ITEM_KINDS


def check_version(row: Session | Item, version: int, facts: object) -> None:
    """Stale, with both values of every field that differs, when the row moved on.

    `facts` is what was typed, or the part of it that is to be saved. When nothing differs
    there is nothing to decide, so nothing is said.
    """
    if row.version == version:
        return
    template = N_("{field}: đang lưu “{stored}”, bạn nhập “{typed}”.")
    differences = [
        Sentence(
            template,
            field=Sentence(LABELS[name]),
            stored=_words(name, stored),
            typed=_words(name, typed),
        )
        for name, typed in vars(facts).items()
        if (stored := getattr(row, name)) != typed
    ]
    if differences:
        raise Stale(differences, version=row.version)


def title_of(item: Item) -> str:
    """What the item is called: by its speech if it has one."""
    return item.title if item.speech is None else item.speech.title


def _words(name: str, value: object) -> Sentence | str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return Sentence(N_("có") if value else N_("không"))
    if isinstance(value, datetime):
        return clock.at_venue(value).strftime("%H:%M %d/%m/%Y")
    if name == "kind":
        return Sentence(_KINDS.get(str(value), str(value)))
    if name == "speech_id":
        speech = db.session.get(Speech, value)
        return speech.title if speech else "–"
    if name == "announces_id":
        item = db.session.get(Item, value)
        return item.title if item else "–"
    if name == "honours" and isinstance(value, list):
        return "; ".join(line.spoken for line in lines_for(honours_of(value)))
    return ", ".join(value) if isinstance(value, list) else str(value)
