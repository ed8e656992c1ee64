"""Lines of a list: codes are kept or made, blank lines wait, Enter saves."""

from werkzeug.datastructures import MultiDict

from congress_app.congresses.line_forms import BLANK_LINES, MOST_LINES, add_line, choice_rows
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Choice, Priority
from congress_app.congresses.rulebook_forms import WholeForm


def sent(app, lines, **more):
    """The common part as sent with these (code, title) lines of priorities."""
    data = MultiDict(more)
    for number, (code, title) in enumerate(lines):
        data[f"priorities-{number}-code"] = code
        data[f"priorities-{number}-title"] = title
    with app.test_request_context("/", method="POST", data=data):
        return WholeForm.opened(GUIDANCE_2020, 1)


def priorities(form):
    return form.applied(GUIDANCE_2020).priorities


def test_a_line_keeps_its_code_when_its_title_changes(app):
    form = sent(app, [("women", "Phụ nữ")])
    assert priorities(form) == (Priority("women", "Phụ nữ"),)


def test_a_new_line_gets_a_code_of_its_title_that_nobody_has(app):
    form = sent(app, [("", "Đại biểu nữ"), ("", "Đại biểu  nữ"), ("", "")])
    assert priorities(form) == (
        Priority("dai_bieu_nu", "Đại biểu nữ"),
        Priority("dai_bieu_nu_2", "Đại biểu nữ"),
    )


def test_a_forged_code_does_not_stand_twice(app):
    form = sent(app, [("women", "Một"), ("women", "Hai")])
    assert priorities(form) == (Priority("women", "Một"), Priority("hai", "Hai"))


def test_only_what_is_said_to_be_open_is_and_ethnic_origin_never(app):
    lines = [("women", "Nữ"), ("", "Người có đạo"), ("", "Trẻ"), ("ethnic_minority", "Dân tộc")]
    ticked = {f"priorities-{number}-is_open": "y" for number in (0, 2, 3)}
    form = sent(app, lines, **ticked)
    assert priorities(form) == (
        Priority("women", "Nữ", sensitive=False),
        Priority("nguoi_co_dao", "Người có đạo"),
        Priority("tre", "Trẻ", sensitive=False),
        Priority("ethnic_minority", "Dân tộc"),
    )


def test_a_line_is_added_to_the_list_that_is_named(app):
    form = sent(app, [("women", "Nữ")], version="1")
    with app.test_request_context():
        assert add_line(form, "priorities")
        assert len(form.priorities) == 2
        assert not add_line(form, "name")
        assert not add_line(form, "unknown")
        assert not add_line(form, None)


def test_lines_do_not_grow_without_end(app):
    form = sent(app, [("", f"Dòng {number}") for number in range(MOST_LINES)])
    with app.test_request_context():
        assert not add_line(form, "priorities")


def test_blank_lines_stand_at_the_foot():
    rows = choice_rows([Choice("women", "Nữ")])
    assert rows == [{"code": "women", "title": "Nữ"}, *[{}] * BLANK_LINES]
