"""The life of a speech, from submitted to delivered, and the words of its facts."""

from __future__ import annotations

from datetime import time

from congress_app.kernel.sentences import N_, Sentence

SPEECH_STATES: dict[str, str] = {
    "submitted": N_("Đã gửi"),
    "in_review": N_("Đang chấm"),
    "selected": N_("Được chọn"),
    "reserve": N_("Dự bị"),
    "declined": N_("Không chọn"),
    "scheduled": N_("Đã xếp giờ"),
    "delivered": N_("Đã trình bày"),
    "withdrawn": N_("Đã rút"),
}
SPEECH_KINDS: dict[str, str] = {
    "collective": N_("Tập thể"),
    "individual": N_("Cá nhân"),
}
REGIONS: dict[str, str] = {
    "north": N_("Miền Bắc"),
    "central": N_("Miền Trung, Tây Nguyên"),
    "south": N_("Miền Nam"),
}
FILE_SLOTS: dict[str, str] = {
    "text": N_("Toàn văn"),
    "slides": N_("Trang chiếu"),
}

# Heard, unless something happens: these stand on the delegate's page.
CHOSEN = ("selected", "scheduled")
# Chosen, and heard already: their texts are no secret from whoever reads the programme.
HEARD = (*CHOSEN, "delivered")
# Nobody's marks count any more; before, they are told only to who gave his own.
DECIDED = (*HEARD, "declined")
# What the selection chooses from.
OPEN = ("submitted", "in_review", "reserve", "selected", "scheduled")
# The unit may still change its own speech.
UNITS_OWN = ("submitted",)

_NEXT: dict[str, tuple[str, ...]] = {
    "submitted": ("in_review", "selected", "reserve", "declined", "withdrawn"),
    "in_review": ("submitted", "selected", "reserve", "declined", "withdrawn"),
    "selected": ("in_review", "reserve", "declined", "scheduled", "withdrawn"),
    "reserve": ("in_review", "selected", "declined", "withdrawn"),
    "declined": ("in_review", "selected", "reserve"),
    "scheduled": ("selected", "reserve", "declined", "delivered", "withdrawn"),
    "delivered": ("scheduled",),
    "withdrawn": ("submitted",),
}


# Whoever was to speak and does not come.
SPEAKER_GONE = ("declined", "replaced", "withdrawn")


def there(first: time | None, last: time | None) -> Sentence | None:
    """When the speaker is there, in words; None when he is there all day."""
    start, end = (f"{at:%H:%M}" if at else "" for at in (first, last))
    if first and last:
        return Sentence(N_("Có mặt {start} – {end}"), start=start, end=end)
    if first:
        return Sentence(N_("Có mặt từ {start}"), start=start)
    return Sentence(N_("Có mặt đến {end}"), end=end) if last else None


def may_become(state: str, following: str) -> bool:
    """Is the step one of the life of a speech?"""
    return following in _NEXT.get(state, ())


def decisions(state: str) -> tuple[str, ...]:
    """The steps the secretary may take by hand from here; `scheduled` comes of the programme."""
    return tuple(each for each in _NEXT.get(state, ()) if each != "scheduled")
