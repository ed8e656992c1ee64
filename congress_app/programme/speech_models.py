"""The call for speeches, their files and reviews, and the runs of the selection."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.programme.models import Speech


class SpeechCall(Model):
    """Until when units may submit, and from which spread judgements conflict."""

    __tablename__ = "speech_call"

    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), primary_key=True)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    spread: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ReviewSheet(Model):
    """What reviewers mark in a congress: criteria with weights, and the highest mark.

    `criteria` is a list of `{"code", "title", "weight"}`. Without a row the proposal of
    `review.SHEET` holds.
    """

    __tablename__ = "review_sheet"
    __table_args__ = (CheckConstraint("highest > 0", name="highest"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), primary_key=True)
    highest: Mapped[int]
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    # Why it was changed after marks had been given.
    reason: Mapped[str | None] = mapped_column(String(500))
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SpeechFile(Model):
    """A file of a speech, in the database so that a backup holds it; newest one per slot."""

    __tablename__ = "speech_file"
    __table_args__ = (UniqueConstraint("speech_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    speech_id: Mapped[int] = mapped_column(ForeignKey("speech.id", ondelete="CASCADE"))
    slot: Mapped[str] = mapped_column(String(10))  # text, slides
    kind: Mapped[str] = mapped_column(String(10))  # pdf, docx, pptx
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(Instant)
    stored_by: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class SpeechReview(Model):
    """One reviewer's marks of one speech; a criterion not marked is not in `marks`."""

    __tablename__ = "speech_review"
    __table_args__ = (UniqueConstraint("speech_id", "reviewer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    speech_id: Mapped[int] = mapped_column(ForeignKey("speech.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int]
    reviewer_name: Mapped[str] = mapped_column(String(200))
    marks: Mapped[dict[str, int]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    speech: Mapped[Speech] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SpeechRun(Model):
    """One run of the selection: what it was asked, by which rules and version, and its answer.

    `answer` is null while it runs; an `error` in it tells why there is no plan. Never changed
    afterwards, save who adopted it and when.
    """

    __tablename__ = "speech_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[str] = mapped_column(String(200))
    problem: Mapped[dict[str, Any]] = mapped_column(JSON)
    engine: Mapped[str] = mapped_column(String(60))
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    adopted_at: Mapped[datetime | None] = mapped_column(Instant)
    adopted_by: Mapped[str | None] = mapped_column(String(200))
