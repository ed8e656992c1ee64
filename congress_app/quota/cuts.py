"""A violated cut in words: what is needed, what is there, how much is missing.

The same cut can be told from the rows' side or from the columns' side; the one that names
fewer rows and columns is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota.flow import Cut
from congress_app.quota.listing import listed
from congress_app.quota.matrix import Matrix


def cut_sentence(matrix: Matrix, cut: Cut) -> Sentence:
    """The cut with its numbers."""
    rows_beside = [i for i in range(len(matrix.rows)) if i not in cut.rows]
    cols_beside = [j for j in range(len(matrix.cols)) if j not in cut.cols]
    if not cut.rows:
        return _column_floors(matrix, cut)
    if not cols_beside:
        return _row_floors(matrix, cut, rows_beside)
    if len(cut.rows) + len(cut.cols) <= len(rows_beside) + len(cols_beside):
        return _from_rows(matrix, cut)
    return _from_cols(matrix, cut, rows_beside, cols_beside)


def _column_floors(matrix: Matrix, cut: Cut) -> Sentence:
    return Sentence(
        "Các mức sàn ở nhóm {cols} cộng lại là {floors} suất, vượt chỉ tiêu {target} của nhóm: "
        "thừa {missing}.",
        cols=listed(matrix.cols[at] for at in cut.cols),
        floors=number(sum(row[j] for row in matrix.lows for j in cut.cols)),
        target=number(sum(matrix.col_seats[j] for j in cut.cols)),
        missing=number(cut.missing),
    )


def _row_floors(matrix: Matrix, cut: Cut, rows: Sequence[int]) -> Sentence:
    return Sentence(
        "Các mức sàn của {rows} cộng lại là {floors}, vượt số suất {seats} được phân bổ: "
        "thừa {missing}.",
        rows=listed(matrix.rows[at] for at in rows),
        floors=number(sum(sum(matrix.lows[i]) for i in rows)),
        seats=number(sum(matrix.row_seats[i] for i in rows)),
        missing=number(cut.missing),
    )


def _from_rows(matrix: Matrix, cut: Cut) -> Sentence:
    figures: dict[str, object] = {
        "missing": number(cut.missing),
        "rows": listed(matrix.rows[at] for at in cut.rows),
        "need": number(cut.need),
        "cells": number(cut.cells),
    }
    if not cut.cols:
        return Sentence(
            "Thiếu {missing} chỗ: {rows} phải nhận {need} suất, nhưng mọi ô của các đơn vị này "
            "chỉ chứa tối đa {cells} suất.",
            **figures,
        )
    return Sentence(
        "Thiếu {missing} chỗ: {rows} phải nhận {need} suất, nhưng các nhóm {cols} chỉ còn {room} "
        "suất cho các đơn vị này và những ô khác của các đơn vị này chứa tối đa {cells} suất.",
        **figures,
        cols=listed(matrix.cols[at] for at in cut.cols),
        room=number(cut.room),
    )


def _from_cols(matrix: Matrix, cut: Cut, rows: Sequence[int], cols: Sequence[int]) -> Sentence:
    # Both margins have the same sum, so the cut can be read over the other rows and columns.
    need = sum(matrix.col_seats[j] for j in cols)
    promised = sum(matrix.lows[i][j] for i in rows for j in cut.cols)
    figures: dict[str, object] = {
        "missing": number(cut.missing),
        "cols": listed(matrix.cols[at] for at in cols),
        "need": number(need),
        "cells": number(cut.cells),
    }
    if not rows:
        return Sentence(
            "Thiếu {missing} chỗ: các nhóm {cols} cần {need} suất, nhưng các ô của mọi đơn vị "
            "ở đó chỉ chứa tối đa {cells} suất.",
            **figures,
        )
    return Sentence(
        "Thiếu {missing} chỗ: các nhóm {cols} cần {need} suất, nhưng {rows} chỉ còn {room} suất "
        "cho các nhóm này và các đơn vị khác chứa tối đa {cells} suất ở đó.",
        **figures,
        rows=listed(matrix.rows[at] for at in rows),
        room=number(sum(matrix.row_seats[i] for i in rows) - promised),
    )
