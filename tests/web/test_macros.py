"""The macros every page is put together from, rendered with the real filters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, Form, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from congress_app.kernel.sentences import Sentence
from congress_app.web import filters

ROOT = Path(__file__).resolve().parents[2]
UI = '{% from "_macros/ui.html" import stat, progress, ring, dl, notice, steps, crumbs %}'
FORMS = '{% from "_macros/forms.html" import field, error_summary, post_button, filters %}'
TABLES = '{% from "_macros/tables.html" import page_links, faults_table, sort_header %}'


class Reader(HTMLParser):
    """What a page says and which elements it holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element with its attributes."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words, spaces folded."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element with that name."""
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def app() -> Flask:
    """The templates with their filters, and nothing of the chapters: macros need no more."""
    bare = Flask("macros", template_folder=ROOT / "templates", static_folder=ROOT / "static")
    bare.config.update(SECRET_KEY="a key for tests", BABEL_DEFAULT_LOCALE="vi")
    Babel(bare)
    CSRFProtect(bare)
    filters.init_app(bare)
    return bare


def read(app: Flask, template: str, **context: object) -> Reader:
    with app.test_request_context("/"):
        return Reader(app.jinja_env.from_string(template).render(**context))


@dataclass(frozen=True)
class Pages:
    """What `page_links` reads."""

    number: int
    pages: int
    total: int = 412
    first: int = 1
    last: int = 50

    def url_for(self, number: int) -> str:
        """The address of another page."""
        return f"?page={number}"


@dataclass(frozen=True)
class Fault:
    """What `faults_table` reads."""

    row: int | None
    column: str | None
    value: str | None
    message: str | Sentence


class PersonForm(Form):  # type: ignore[misc]
    """One field of each shape."""

    name = StringField("Họ và tên", [InputRequired("Cần điền họ và tên.")], description="Có dấu.")
    sex = RadioField("Giới tính", [InputRequired("Chọn một.")], choices={"m": "Nam", "f": "Nữ"})
    party = BooleanField("Đảng viên")
    sheet = FileField("Tệp")
    version = HiddenField()


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, []),
        (1, 3, ["1", "2", "3", "Sau"]),
        (5, 9, ["Trước", "1", "…", "4", "5", "6", "…", "9", "Sau"]),
        (9, 9, ["Trước", "1", "…", "8", "9"]),
    ],
)
def test_page_links_show_the_neighbours_and_both_ends(
    app: Flask, number: int, pages: int, shown: list[str]
) -> None:
    page = read(app, TABLES + "{{ page_links(page) }}", page=Pages(number, pages))
    words = page.text.removeprefix("1–50 trong 412").replace("Trang ", "").split()
    assert words == shown
    linked = [attrs["href"] for attrs in page.all("a")]
    assert f"?page={number}" not in linked
    assert [attrs["aria-current"] for attrs in page.all("span") if "aria-current" in attrs] == (
        ["page"] if pages > 1 else []
    )


def test_figures_are_written_the_vietnamese_way(app: Flask) -> None:
    page = read(app, UI + '{{ stat("Đại biểu", 1234, 5000) }}{{ progress(3, 8, "Nữ") }}')
    assert page.text == "Đại biểu 1.234 / 5.000 Nữ 3 / 8 (37,5 %)"
    assert [(bar["value"], bar["max"]) for bar in page.all("progress")] == [
        ("1234", "5000"),
        ("3", "8"),
    ]


def test_a_bar_over_its_cap_is_full_and_the_figure_tells_the_truth(app: Flask) -> None:
    page = read(app, UI + '{{ stat("Đại biểu", 356, 350, "danger", "Vượt 6") }}')
    assert page.text == "Đại biểu 356 / 350 Vượt 6"
    assert page.all("progress")[0]["value"] == "350"


def test_nothing_of_nothing_divides_by_nothing(app: Flask) -> None:
    page = read(app, UI + '{{ progress(0, 0, "Nữ") }}{{ ring(0, 0, "Có mặt") }}')
    assert page.text == "Nữ 0 / 0 (–) 0% Có mặt 0 / 0"


def test_an_invalid_field_names_its_help_and_its_error(app: Flask) -> None:
    form = PersonForm(MultiDict({"sex": "m"}))
    form.validate()
    page = read(app, FORMS + "{{ field(form.name) }}{{ error_summary(form) }}", form=form)
    control = page.all("input")[0]
    described = str(control["aria-describedby"]).split()
    ids = {attrs.get("id") for _, attrs in page.tags}
    assert described == ["name-help", "name-error"]
    assert ids >= {*described, "name"}
    assert control["aria-invalid"] == "true"
    assert [attrs["href"] for attrs in page.all("a")] == ["#name"]
    assert page.text.count("Cần điền họ và tên.") == 2


def test_a_valid_field_carries_no_error(app: Flask) -> None:
    form = PersonForm(MultiDict({"name": "Lê Ý", "sex": "f"}))
    assert form.validate()
    page = read(app, FORMS + "{{ field(form.name) }}{{ error_summary(form) }}", form=form)
    assert page.all("input")[0] == {
        "aria-describedby": "name-help",
        "class": "control ",
        "id": "name",
        "name": "name",
        "required": None,
        "type": "text",
        "value": "Lê Ý",
    }
    assert page.text == "Họ và tên * Có dấu."


def test_field_picks_the_shape_of_each_field(app: Flask) -> None:
    form = PersonForm()
    page = read(app, FORMS + "{% for f in form %}{{ field(f) }}{% endfor %}", form=form)
    assert [attrs["type"] for attrs in page.all("input")] == [
        "text",
        "radio",
        "radio",
        "checkbox",
        "file",
        "hidden",
    ]
    # A group of choices has a legend; everything else a label of its own; the hidden none.
    assert len(page.all("legend")) == 1
    assert [attrs["for"] for attrs in page.all("label")] == [
        "name",
        "sex-0",
        "sex-1",
        "party",
        "sheet",
    ]


def test_further_attributes_reach_the_control(app: Flask) -> None:
    page = read(
        app,
        FORMS + '{{ field(form.name, autocomplete="off", data_case="title") }}',
        form=PersonForm(),
    )
    control = page.all("input")[0]
    assert (control["autocomplete"], control["data-case"]) == ("off", "title")


def test_a_post_button_is_a_protected_form_and_can_ask_first(app: Flask) -> None:
    page = read(
        app,
        FORMS + '{{ post_button("/x", "Xóa", "danger", confirm="Xóa hẳn?", fields={"v": 3}) }}',
    )
    assert [(form["method"], form["action"]) for form in page.all("form")] == [("post", "/x")]
    sent = {field["name"]: field["value"] for field in page.all("input")}
    assert sent.keys() == {"csrf_token", "v"}
    assert sent["v"] == "3"
    assert len(str(sent["csrf_token"])) > 20
    assert len(page.all("details")) == 1
    assert page.text == "Xóa Xóa hẳn? Xóa"


def test_filters_offer_to_be_dropped_only_when_set(app: Flask) -> None:
    template = FORMS + '{% call filters("/list", active) %}<input name="q">{% endcall %}'
    assert read(app, template, active=False).text == "Lọc"
    page = read(app, template, active=True)
    assert page.text == "Lọc Bỏ lọc"
    assert [attrs["href"] for attrs in page.all("a")] == ["/list"]


def test_faults_name_row_column_and_value(app: Flask) -> None:
    faults = [
        Fault(7, "D", "<31/02>", "Ngày này không có."),
        Fault(None, None, None, Sentence("Quá {n} dòng.", n="5.000")),
    ]
    page = read(app, TABLES + "{{ faults_table(faults) }}", faults=faults)
    cells = page.text.partition("Lỗi và cách sửa ")[2]
    assert cells == "7 D <31/02> Ngày này không có. – – để trống Quá 5.000 dòng."
    assert [attrs["data-label"] for attrs in page.all("td")] == [
        "Dòng",
        "Cột",
        "Giá trị đã ghi",
        "Lỗi và cách sửa",
    ] * 2


def test_text_is_escaped_wherever_it_goes(app: Flask) -> None:
    evil = '"><script>x</script>'
    template = (
        UI + TABLES + "{{ stat(t, 1, 2, 'info', t) }}{{ dl([(t, t)]) }}{{ notice(t, 'info', t) }}"
        "{{ steps([(t, 'now')]) }}{{ crumbs([(t, t), (t, None)]) }}{{ sort_header(t, t) }}"
    )
    assert read(app, template, t=evil).all("script") == []


def test_a_sorted_column_says_so(app: Flask) -> None:
    template = TABLES + '{{ sort_header("Tên", "?sort=name", "ascending") }}'
    assert read(app, template).all("th") == [{"scope": "col", "aria-sort": "ascending"}]


def test_missing_values_are_said_not_left_blank(app: Flask) -> None:
    page = read(app, UI + '{{ dl([("Điện thoại", None), ("Số", 0)]) }}')
    assert re.sub(r"\s+", " ", page.text) == "Điện thoại chưa có Số 0"
