"""What the two commands that read sheets share: the file's bytes, and the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import click

from congress_app.cli.output import REFUSED, Answer
from congress_app.formats.faults import Fault
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.web.texts import say

FILE = click.Path(path_type=Path)


def bytes_of(path: Path) -> bytes:
    """The file; Unreadable with the system's own words when it cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(
            "unreadable_file",
            Sentence(
                N_("Không đọc được tệp {file}: {why}."), file=path.name, why=error.strerror or error
            ),
        ) from error


class Result(Protocol):
    """What an import that may change nothing tells."""

    @property
    def created(self) -> int: ...  # noqa: D102

    @property
    def updated(self) -> int: ...  # noqa: D102

    @property
    def unchanged(self) -> int: ...  # noqa: D102

    @property
    def faults(self) -> tuple[Fault, ...]: ...  # noqa: D102


def figures_of(result: Result) -> dict[str, Any]:
    """The shape commands print; with a fault nothing was done."""
    figures = ("created", "updated", "unchanged")
    return {name: 0 if result.faults else getattr(result, name) for name in figures} | {
        "faults": [fault.as_dict(say) for fault in result.faults]
    }


def sheet_answer(
    path: Path, data: dict[str, Any], faults: Iterable[Fault], dry_run: bool
) -> Answer:
    """Figures, or every fault by cell; a file with a fault ends with code 3."""
    if data["faults"]:
        return Answer(data, _told(path, faults), REFUSED)
    template = (
        N_("Sẽ thêm {created}, sửa {updated}, giữ nguyên {unchanged}.")
        if dry_run
        else N_("Đã thêm {created}, sửa {updated}, giữ nguyên {unchanged}.")
    )
    figures = {key: data[key] for key in ("created", "updated", "unchanged")}
    return Answer(data, [Sentence(template, **figures)])


def _told(path: Path, faults: Iterable[Fault]) -> Iterator[Sentence]:
    for fault in faults:
        yield Sentence(
            N_("{file}, dòng {row}, cột {column}, giá trị “{value}”: {why}"),
            file=path.name,
            row=fault.row,
            column=fault.column,
            value=fault.value,
            why=fault.sentence,
        )
    yield Sentence(N_("Tệp còn lỗi nên chưa ghi gì. Hãy sửa các ô trên rồi nhập lại."))
