"""Which files a speech may carry, by slot: its text and its slides."""

from __future__ import annotations

from congress_app.formats import attachments

KINDS: dict[str, tuple[str, ...]] = {"text": ("pdf", "docx"), "slides": ("pdf", "pptx")}


def kind_of(data: bytes, slot: str) -> str:
    """`pdf`, `docx` or `pptx`, as the slot allows; raises as `attachments.kind_of` does."""
    return attachments.kind_of(data, KINDS[slot])
