"""Kịch bản điều hành: the programme to the minute, with the words of whoever leads."""

from __future__ import annotations

from congress_app.documents.papers.base import Kind
from congress_app.kernel.sentences import N_

RUN_SHEET = Kind(
    "run_sheet",
    N_("Kịch bản điều hành"),
    "",
    "committee",
    "named",
    "{ten_hoi_nghi}",
    text="{bang_kich_ban}",
    landscape=True,
)
