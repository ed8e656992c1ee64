"""A form filled in as an honest visitor would: as it stands, but for a field or two.

What is refused changes nothing; only forms that are accepted lead to what pages show next.
"""

from __future__ import annotations

from random import Random

from werkzeug.datastructures import MultiDict

from congress_app.accounts import demonstration
from tests.fuzz import values
from tests.fuzz.pages import Field, Form

# What fits a field by its kind or by a part of its name.
FITTING = (
    (("password",), (demonstration.PASSWORD,)),
    (("email",), ("an.nguyen@vidu.example",)),
    (("tel", "phone"), ("0912345678",)),
    (("date", "day", "_on"), ("14/10/2020", "15/10/2020", "01/06/2020")),
    (("time", "_at", "hour"), ("07:30", "09:00", "13:30")),
    (("year",), ("1975", "1980", "2020")),
    (("number", "seats", "votes", "minutes", "count", "weight"), ("1", "2", "3", "10", "45")),
    (("code",), ("22", "VN", "22-01", "KCQ")),
)
WORDS = ("Nguyễn Văn An", "Trần Thị Bình", "Lý do công tác", "12/QĐ-BHXH", "3", "A: 12", "Hà Nội")
BOXES, BUTTONS = ("checkbox",), ("submit", "button", "image")


def filled(chance: Random, form: Form) -> MultiDict[str, object]:
    """What a browser would send: one button, the boxes that are ticked, of a list one."""
    names = list(dict.fromkeys(one.name for one in form.fields if one.kind != "hidden"))
    changed = set(chance.sample(names, min(len(names), chance.choice((0, 1, 1, 2)))))
    data: MultiDict[str, object] = MultiDict()
    for group in _groups(form):
        if group[0].kind in BUTTONS:
            # None is the plain button beside those that have names.
            pressed = chance.choice([*group, None])
            if pressed is not None:
                data.add(pressed.name, pressed.value)
            continue
        for sent in _sent(chance, group, is_changed=group[0].name in changed):
            data.add(group[0].name, sent)
    return data


def _groups(form: Form) -> list[list[Field]]:
    """The fields; those of which one is chosen (radio buttons, the buttons) together."""
    found: list[list[Field]] = []
    together: dict[str, list[Field]] = {}
    for one in form.fields:
        if one.kind == "radio":
            together.setdefault(one.name, []).append(one)
        elif one.kind in BUTTONS:
            together.setdefault("", []).append(one)
        else:
            found.append([one])
    return found + list(together.values())


def _sent(chance: Random, group: list[Field], *, is_changed: bool) -> list[object]:
    one = group[0]
    if one.kind == "radio":
        ticked = [each.value for each in group if each.checked]
        return [chance.choice(group).value] if is_changed or not ticked else list(ticked)
    if one.kind in BOXES:
        return [one.value or "on"] if one.checked != is_changed else []
    if one.kind == "select":
        first = one.value or (one.options[0] if one.options else "")
        return [chance.choice(one.options) if is_changed and one.options else first]
    if one.kind == "file":
        return [values.a_file(chance)]
    if one.kind == "hidden" or (one.value and not is_changed):
        return [one.value]
    return [_fitting(chance, one)] if is_changed or chance.random() < 0.7 else [""]


def _fitting(chance: Random, one: Field) -> str:
    words = f"{one.kind} {one.name}".lower()
    for parts, offered in FITTING:
        if any(part in words for part in parts):
            return chance.choice(offered)
    return chance.choice(WORDS)
