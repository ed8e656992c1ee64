"""What a command says when the database below it is not there or not this program's."""

from __future__ import annotations

from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from congress_app.database import db
from congress_app.kernel.errors import DomainError, RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import queries
from congress_app.web.outages import outage_of

NO_TABLES = N_(
    "Cơ sở dữ liệu này chưa có bảng nào của phần mềm. Hãy xem lại địa chỉ cơ sở dữ liệu; "
    "nếu đúng, hãy chạy “db upgrade” rồi chạy lại lệnh này."
)
OTHER_TABLES = N_(
    "Cấu trúc cơ sở dữ liệu ({found}) không phải của phiên bản phần mềm này ({wanted}). "
    "Hãy sao lưu, chạy “db upgrade” rồi chạy lại lệnh này; nếu lệnh ấy báo không biết {found}, "
    "hãy dùng phần mềm mới hơn."
)


def refusal_of(error: SQLAlchemyError) -> DomainError | None:
    """The outage or the wrong tables that made a statement fail; None of an error of our own."""
    if outage := outage_of(error):
        return RuleViolation(outage.code, Sentence(outage.sentence))
    db.session.rollback()
    try:
        found = queries.revision()
    except SQLAlchemyError as worse:
        outage = outage_of(worse)
        if outage is not None:
            return RuleViolation(outage.code, Sentence(outage.sentence))
        # A table that is there and may not be read is another matter.
        is_there = inspect(db.engine).has_table("alembic_version")
        return None if is_there else RuleViolation("no_tables", Sentence(NO_TABLES))
    wanted = queries.head()
    if found == wanted:
        return None
    if found is None:
        return RuleViolation("no_tables", Sentence(NO_TABLES))
    return RuleViolation("other_tables", Sentence(OTHER_TABLES, found=found, wanted=wanted))
