from __future__ import annotations

from datetime import date
from email.message import Message

import pytest

from tools import dependencies


def test_the_page_lists_what_is_installed() -> None:
    pins = dependencies.PINS.read_text("utf-8")
    assert dependencies.PAGE.read_text("utf-8") == dependencies.page(dependencies.packages(pins))


def told(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


def test_a_licence_is_found_wherever_a_package_tells_it() -> None:
    assert dependencies.licence_of("a", told(License_Expression="MIT")) == "MIT"
    assert dependencies.licence_of("a", told(License="BSD-3-Clause")) == "BSD-3-Clause"
    line = "License :: OSI Approved :: BSD License"
    assert dependencies.licence_of("a", told(License="Copyright …", Classifier=line)) == "BSD"


def test_a_licence_nobody_agreed_to_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a: nobody has agreed to its licence \['AGPL-3.0'"):
        dependencies.licence_of("a", told(License_Expression="AGPL-3.0"))
    with pytest.raises(ValueError, match=r"^b: nobody"):
        dependencies.licence_of("b", told())


def test_a_package_for_another_system_is_passed_over() -> None:
    assert dependencies.packages("no-such-package==1.0 \\\n    --hash=sha256:00\n") == []


def test_pins_are_looked_at_every_quarter() -> None:
    locked = date(2026, 1, 1)
    assert dependencies.too_old(locked, date(2026, 4, 3)) is None
    told = dependencies.too_old(locked, date(2026, 4, 4))
    assert told is not None
    assert told.startswith("The packages were pinned on 2026-01-01, more than 92 days ago")
    assert date.fromisoformat(dependencies.LOCKED.read_text("ascii").strip()) <= date.today()  # noqa: DTZ011
