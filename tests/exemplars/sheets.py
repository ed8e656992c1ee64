"""Sheets of exemplars as people send them."""

from __future__ import annotations

import csv
import io

from congress_app.kernel.permissions import Actor, system_actor

HEADERS = ("Họ và tên", "Đối tượng", "Mã đơn vị", "Năm sinh", "Khâu", "Khen thưởng")
SYSTEM: Actor = system_actor()


def sheet(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> bytes:
    """A sheet as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([headers, *rows])
    return out.getvalue().encode("utf-8-sig")
