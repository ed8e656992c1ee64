"""Ways back that lead nowhere else."""

from __future__ import annotations

import pytest

from congress_app.web.responses import safe_next


@pytest.mark.parametrize(
    "target",
    [
        *(None, "", "units", "https://evil.example/", "//evil.example", "/\\evil.example"),
        *("/\t/evil.example", "/units\r\nX: y", "/units\n"),
    ],
)
def test_an_address_elsewhere_is_not_gone_to(target: str | None) -> None:
    assert safe_next(target, "/home") == "/home"


def test_one_of_ours_is() -> None:
    assert safe_next("/units?text=Quảng Ninh&page=2", "/home") == "/units?text=Quảng Ninh&page=2"
