"""Read a workbook's first visible sheet that holds anything, as rows of plain values.

The XML is streamed, so memory follows what is filled in, not what the file claims.
"""

from __future__ import annotations

from congress_app.formats.legacy import legacy_columns
from congress_app.formats.limits import Limits
from congress_app.formats.sheet import Sheet
from congress_app.formats.xlsx.archive import Archive
from congress_app.formats.xlsx.values import clean
from congress_app.formats.xlsx.workbook import open_workbook
from congress_app.formats.xlsx.worksheet import WorksheetReader
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence


def read_workbook(data: bytes, limits: Limits) -> Sheet:
    """The first visible sheet that is not empty.

    Raises Unreadable for damage, passwords, macros, entities, links and unsafe formulas,
    TooLarge for bombs and beyond the limits.
    """
    archive = Archive(data)
    workbook = open_workbook(archive)
    for name, part in workbook.sheets:
        reader = WorksheetReader(workbook, limits)
        reader.read(archive, part)
        if reader.rows:
            return Sheet(
                clean(name) or "",
                tuple(reader.rows),
                tuple(reader.merges),
                legacy_columns(reader.suspects),
                tuple(other for other, _ in workbook.sheets if other != name),
            )
    raise Unreadable(
        "unreadable_file", Sentence(N_("Tệp không có dữ liệu: mọi trang tính đều trống."))
    )
