"""Numbers in addresses that no row can have."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from congress_app.web.addresses import row_number
from tests.conftest import AsRole

BEYOND = 2**31


@pytest.mark.parametrize(
    "path",
    [
        f"/congresses/{BEYOND}/delegates",
        f"/units/{BEYOND}",
        f"/users/{BEYOND}",
        f"/jobs/{10**25}",
        f"/congresses/{10**25}/quota",
    ],
)
def test_a_number_beyond_every_table_is_unknown(as_role: AsRole, path: str) -> None:
    client: FlaskClient = as_role("admin")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/units?q=a%00b", "/units?%00=1", "/units/%00", "/audit?actor=%00"]
)
def test_the_letter_nul_is_refused_wherever_it_stands(as_role: AsRole, path: str) -> None:
    assert as_role("admin").get(path).status_code == 400


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/audit/export.xlsx", {"subject_kind": "a\0"}),
        ("/congresses/new", {"season": "\0"}),
        ("/units/new", {"\0": "a"}),
    ],
)
def test_it_is_refused_in_a_form_as_well(as_role: AsRole, path: str, sent: dict[str, str]) -> None:
    admin = as_role("admin")
    assert admin.post(path, data=sent).status_code == 400
    assert admin.post(path, data=sent, content_type="multipart/form-data").status_code == 400


def test_a_number_is_a_row_s_or_none() -> None:
    told = {"7": 7, "": 0, None: 0, "-7": 0, "٣": 0, "9" * 400: 0, str(2**63): 0}
    assert {text: row_number(text) for text in told} == told
