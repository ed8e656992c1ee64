"""The English catalogue: complete, compiled, and true to the places values are put into."""

from __future__ import annotations

import re
import string
from collections import Counter

import pytest
from flask.testing import FlaskClient

from congress_app.kernel.sentences import Sentence
from tools import texts

PERCENT_PLACE = re.compile(r"%\((\w+)\)([sd])")
# Letters no English word has; Vietnamese may stand in quotation marks, brackets, examples.
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)
# Words of the sheets, which are Vietnamese in every language, and names of documents.
KEPT = re.compile(
    r"“[^”]*”|Khách mời|Chính thức|Bầu|Có\b|Không|Nữ|Đơn vị|\d+/\w+-\w+|Huế|BHXH tỉnh"
)


def pairs() -> list[tuple[str, str]]:
    """Every translated text with its English."""
    found: list[tuple[str, str]] = []
    for message in texts.stored("en"):
        if message.id and message.string:
            ids = [message.id] if isinstance(message.id, str) else message.id
            strings = [message.string] if isinstance(message.string, str) else message.string
            found += zip(ids, strings, strict=True)
    return found


def places(text: str) -> Counter[str]:
    """The places for values: {named} and %(named)s."""
    braces = [f"{{{name}}}" for _text, name, _spec, _conv in string.Formatter().parse(text) if name]
    return Counter(braces + [f"%({name}){kind}" for name, kind in PERCENT_PLACE.findall(text)])


def test_every_text_is_translated_and_compiled() -> None:
    assert list(texts.faults("en", texts.collect(texts.ROOT))) == []


def test_the_texts_of_every_folder_are_collected() -> None:
    """Folders that begin with "_" hold texts too."""
    files = {place for message in texts.stored("en") for place, _line in message.locations}
    folders = {place.rpartition("/")[0] for place in files}
    assert {"templates/_macros", "templates/accounts", "congress_app/accounts"} <= folders


def test_a_translation_puts_every_value_where_the_text_does() -> None:
    assert [vi for vi, en in pairs() if places(vi) != places(en)] == []


def test_a_translation_is_english() -> None:
    assert [en for _vi, en in pairs() if VIETNAMESE.search(KEPT.sub("", en))] == []


def test_a_translation_begins_and_ends_as_the_text_does() -> None:
    """A sentence stays a sentence, a label a label: full stop and colon agree."""
    ends = ".:…?"
    wrong = [
        vi
        for vi, en in pairs()
        if (vi[-1] if vi[-1] in ends else "") != (en[-1] if en[-1] in ends else "")
    ]
    assert wrong == []


def test_a_page_is_read_in_the_chosen_language(client: FlaskClient) -> None:
    assert "Đăng nhập" in client.get("/sign-in").text
    client.post("/language", data={"language": "en"})
    page = client.get("/sign-in").text
    assert '<html lang="en">' in page
    assert "Forgotten your password?" in page
    answer = client.post("/sign-in", data={"username": "nobody", "password": "wrong"})
    assert "4 more attempts before you have to wait." in answer.text
    empty = client.post("/sign-in", data={"username": "", "password": ""})
    assert empty.text.count("Please fill this in.") == 2


@pytest.mark.parametrize("text", ["{a} và {b}", "%(a)s và %(b)s"])
def test_a_forgotten_place_would_be_seen(text: str) -> None:
    assert places(text) != places(text.replace("b", "a"))
    assert sum(places(text).values()) == 2
    assert Sentence(text, a=1, b=2).render(str)
