"""Formulas in an uploaded sheet: the stored result is taken, nothing is ever computed.

A running number, a sum or a joined text is what honest clerks have. A formula that
reaches outside the sheet (fetches, links, starts programs by DDE) and one without a
stored result make the file unreadable.
"""

from __future__ import annotations

import re

from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence

# DDE ("cmd|'/c calc'!A0") is told by its bar, which is no operator of formulas.
_REACHING_OUT = re.compile(
    r"\b(WEBSERVICE|FILTERXML|HYPERLINK|RTD|CALL|REGISTER(\.ID)?|EXEC|DDE|IMAGE|"
    r"IMPORT(XML|DATA|HTML|FEED|RANGE))\s*\(|\|",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"]*"')


def check_formula(formula: str, address: str, *, has_result: bool) -> None:
    """Raise Unreadable, naming the cell, when the formula cannot be taken by its result."""
    if _REACHING_OUT.search(_QUOTED.sub("", formula)):
        raise reaching_out(address)
    if not has_result:
        raise Unreadable(
            "unreadable_file",
            Sentence(
                N_(
                    "Ô {cell} chứa công thức chưa có kết quả được lưu. Hãy mở tệp bằng Excel, "
                    "lưu lại, hoặc thay công thức bằng giá trị rồi tải lại."
                ),
                cell=address,
            ),
        )


def reaching_out(address: str) -> Unreadable:
    """The cell holds a formula that would do more than compute."""
    return Unreadable(
        "unreadable_file",
        Sentence(
            N_(
                "Ô {cell} chứa công thức không an toàn nên tệp không được nhận. "
                "Hãy thay công thức bằng giá trị (chép, dán dạng giá trị) rồi tải lại."
            ),
            cell=address,
        ),
    )
