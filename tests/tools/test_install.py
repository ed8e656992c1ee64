"""The installer knows when there is nothing to do, and when everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import install


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with pins and an environment that was installed from them."""
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.7\n", "utf-8")
    for name in install.DEV_SET:
        (tmp_path / name).write_text("flask==3.1.3\n", "utf-8")
        install.stamp(name).write_text(install.fingerprint(name), "utf-8")
    return tmp_path


def test_nothing_to_do_when_the_pins_are_the_installed_ones(tree: Path) -> None:
    assert install.is_current(install.RUN_SET)
    assert install.is_current(install.DEV_SET)


def test_a_changed_pin_is_noticed(tree: Path) -> None:
    (tree / "requirements-dev.txt").write_text("pytest==9.2.0\n", "utf-8")
    assert install.is_current(install.RUN_SET)
    assert not install.is_current(install.DEV_SET)


def test_another_python_is_noticed(tree: Path) -> None:
    (tree / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.1\n", "utf-8")
    assert not install.is_current(install.RUN_SET)


def test_a_moved_folder_is_noticed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tree / ".venv" / "bin" / "flask"
    script.write_text(f"#!{tree}/.venv/bin/python\n", "utf-8")
    assert install.scripts_point_here()
    moved = tree / "elsewhere"
    (tree / ".venv").rename(moved)
    monkeypatch.setattr(install, "VENV", moved)
    assert not install.scripts_point_here()
    assert not install.is_current(install.RUN_SET)


def test_a_missing_environment_is_noticed(tree: Path) -> None:
    (tree / ".venv" / "bin" / "python").unlink()
    assert not install.is_current(install.RUN_SET)


def test_removing_a_linked_environment_leaves_its_target(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tree / "link"
    link.symlink_to(tree / ".venv")
    monkeypatch.setattr(install, "VENV", link)
    install.remove()
    assert not link.exists()
    assert (tree / ".venv" / "bin" / "python").exists()
