"""Everything that can go wrong by rule, in one family.

    DomainError
    ├── Unreadable      400  the input cannot be understood (file, number, JSON)
    ├── Forbidden       403  the actor may not do this
    ├── NotFound        404  unknown, or foreign to the actor
    ├── Conflict        409  somebody else was first, or the same name says two things
    │   └── Stale       409  the form was opened before somebody else saved
    ├── TooLarge        413  more bytes or rows than is accepted
    ├── RuleViolation   422  readable, but a rule forbids it
    └── TooMany         429  too often; `retry_after` says when again

Each carries a stable `code` for machines and a `Sentence` for people; `details` holds
further sentences or facts (one per fault). Faces translate and map them, see
`web/errors.py` and `cli.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from congress_app.kernel.sentences import N_, Sentence

Detail = Sentence | str | Mapping[str, object]


class DomainError(Exception):
    """Something the rules of the house do not allow."""

    status: ClassVar[int] = 400
    exit_code: ClassVar[int] = 3

    def __init__(self, code: str, sentence: Sentence, details: Sequence[Detail] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.details = tuple(details)

    def __str__(self) -> str:
        return str(self.sentence)


class Unreadable(DomainError):
    """The input cannot be understood."""

    status = 400
    exit_code = 2


class Forbidden(DomainError):
    """The actor is known and may not do this."""

    status = 403


class NotFound(DomainError):
    """There is no such thing, or none that this actor may know of."""

    status = 404
    exit_code = 2

    def __init__(
        self,
        code: str = "not_found",
        sentence: Sentence | None = None,
        details: Sequence[Detail] = (),
    ) -> None:
        super().__init__(code, sentence or Sentence(N_("Không tìm thấy nội dung này.")), details)


class Conflict(DomainError):
    """Two things that cannot both be true; the first one stands."""

    status = 409


class Stale(Conflict):
    """The thing was saved by somebody else after this form was opened.

    `version` is the stored one: a form that shows both values sends it the next time.
    """

    def __init__(
        self,
        details: Sequence[Detail] = (),
        version: int | None = None,
        sentence: Sentence | None = None,
    ) -> None:
        self.version = version
        super().__init__(
            "stale",
            sentence
            or Sentence(
                N_(
                    "Nội dung đã được người khác sửa sau khi bạn mở trang. "
                    "Hãy xem giá trị mới bên dưới rồi lưu lại."
                )
            ),
            details,
        )


class TooLarge(DomainError):
    """More bytes, rows or cells than is accepted."""

    status = 413
    exit_code = 2


class RuleViolation(DomainError):
    """Readable and understood, but a rule forbids it."""

    status = 422


class TooMany(DomainError):
    """Asked too often."""

    status = 429

    def __init__(self, code: str, sentence: Sentence, retry_after: int) -> None:
        super().__init__(code, sentence)
        self.retry_after = retry_after
