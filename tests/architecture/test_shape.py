"""One commit, short files and functions, plain names, and what each role may do."""

from __future__ import annotations

from tests.architecture.shape import (
    commit_places,
    name_faults,
    package_faults,
    reading_view_faults,
    service_faults,
    size_faults,
    view_faults,
    writing_faults,
)
from tests.architecture.sources import ROOT, Source, lines, one, package_sources

SOURCES = package_sources()
OTHERS = [
    Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    for folder in ("tests", "tools", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
PAGES = [
    path.relative_to(ROOT).as_posix()
    for folder in ("templates", "static")
    for path in sorted((ROOT / folder).rglob("*"))
    if "vendor" not in path.parts
]


def test_one_place_commits() -> None:
    assert commit_places(SOURCES) == ["database.py"]


def test_reading_and_faces_write_nothing() -> None:
    assert lines(writing_faults(SOURCES)) == ""


def test_files_and_functions_are_short() -> None:
    assert lines(size_faults([*SOURCES, *OTHERS])) == ""


def test_templates_scripts_and_styles_are_short() -> None:
    kinds = (".html", ".js", ".css")
    own = [path for path in PAGES if path.endswith(kinds)]
    counts = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in own}
    assert {path: count for path, count in counts.items() if count > 300} == {}


def test_names_say_what_is_inside() -> None:
    names = [*(source.path for source in SOURCES), *(source.path for source in OTHERS), *PAGES]
    assert lines(name_faults(names)) == ""


def test_a_chapter_s_own_file_holds_a_docstring_only() -> None:
    assert lines(package_faults(SOURCES)) == ""


def test_each_view_declares_its_access_and_is_short() -> None:
    assert lines(view_faults(SOURCES)) == ""


def test_views_that_answer_get_call_no_service() -> None:
    assert lines(reading_view_faults(SOURCES)) == ""


def test_each_public_service_opens_a_transaction() -> None:
    assert lines(service_faults(SOURCES)) == ""


# What follows shows that each check finds a planted fault.


def test_a_second_commit_is_found() -> None:
    tree = [Source("database.py", "session.commit()"), Source("x.py", "db.session.commit()")]
    assert commit_places(tree) == ["database.py", "x.py"]


def test_a_writing_face_is_found() -> None:
    text = "db.session.add(row)\nnames.add(row)\n"
    assert writing_faults(one("units/routes.py", text)) == [
        "units/routes.py:1 calls db.session.add"
    ]
    assert writing_faults(one("units/services.py", text)) == []


def test_a_long_file_and_a_long_function_are_found() -> None:
    body = "    x = 1\n"
    assert size_faults(one("quota/a.py", "def f():\n" + body * 40)) == [
        "quota/a.py f() has 41 lines"
    ]
    assert size_faults(one("quota/a.py", "def f():\n" + body * 39)) == []
    assert size_faults(one("quota/a.py", "x = 1\n" * 301)) == ["quota/a.py has 301 lines"]
    assert size_faults(one("quota/a.py", "x = 1\n" * 300)) == []


def test_an_empty_name_is_found() -> None:
    names = ["quota/utils.py", "common/a.py", "web/form_helpers.py", "quota/tally.py"]
    assert name_faults(names) == names[:3]


def test_code_in_a_chapter_s_own_file_is_found() -> None:
    assert package_faults(one("quota/__init__.py", '"""Quota."""\nx = 1\n')) == [
        "quota/__init__.py"
    ]
    assert package_faults(one("quota/__init__.py", "")) == ["quota/__init__.py"]
    assert package_faults(one("quota/__init__.py", '"""Quota."""\n')) == []


def test_a_view_without_a_declaration_is_found() -> None:
    none = "@bp.get('/')\ndef f():\n    return 1\n"
    two = "@bp.get('/')\n@public\n@requires(P.X)\ndef f():\n    return 1\n"
    above = "@public\n@bp.get('/')\ndef f():\n    return 1\n"
    good = "@bp.get('/')\n@bp.post('/')\n@requires(P.X, partly=True)\ndef f():\n    return 1\n"
    path = "units/routes.py"
    assert view_faults(one(path, none)) == [f"{path} f() declares nothing"]
    assert view_faults(one(path, two)) == [f"{path} f() declares ['public', 'requires']"]
    assert view_faults(one(path, above)) == [f"{path} f() declares above its route"]
    assert view_faults(one(path, good)) == []


def test_a_long_view_is_found() -> None:
    text = '@bp.get("/")\n@public\ndef f():\n    """Doc.\n\n    More.\n    """\n'
    assert view_faults(one("units/routes.py", text + "    x = 1\n" * 15)) == []
    assert view_faults(one("units/routes.py", text + "    x = 1\n" * 16)) == [
        "units/routes.py f() has a body of 16 lines"
    ]


def test_a_get_that_calls_a_service_is_found() -> None:
    head = "from congress_app.units import services\n"
    get = head + "@bp.get('/')\n@public\ndef f():\n    services.create(1)\n"
    both = head + "@bp.get('/')\n@bp.post('/')\n@public\ndef f():\n    services.create(1)\n"
    direct = (
        "from congress_app.units.services import create\n"
        "@bp.route('/')\n@public\ndef f():\n    create(1)\n"
    )
    path = "units/routes.py"
    assert reading_view_faults(one(path, get)) == [
        f"{path} f() answers GET and calls services.create"
    ]
    assert reading_view_faults(one(path, direct)) == [f"{path} f() answers GET and calls create"]
    assert reading_view_faults(one(path, both)) == []


def test_a_service_without_a_transaction_is_found() -> None:
    path = "units/services.py"
    bare = "def create(x):\n    return x\n"
    direct = "def create(x):\n    with transaction():\n        pass\n"
    private = "def _write(x):\n    with transaction():\n        pass\n"
    through = private + "def create(x):\n    return _write(x)\n"
    assert service_faults(one(path, bare)) == [f"{path} create() opens no transaction"]
    assert service_faults(one(path, direct)) == []
    assert service_faults(one(path, through)) == []
    other = (
        "from congress_app.audit import services as audit\ndef create(x):\n    audit.record(x)\n"
    )
    assert service_faults(one(path, other)) == []
    assert service_faults(one(path, "def _inner(x):\n    return x\n")) == []
