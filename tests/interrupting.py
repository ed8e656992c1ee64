"""Something happens in the middle of what a job writes: at a statement to the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event, update

from congress_app.database import db
from congress_app.jobs.models import Job


class Died(BaseException):
    """The process ends here: nothing of ours may run after it."""


def die(_connection: Connection) -> None:
    """The process is killed."""
    raise Died


def ask_to_stop(connection: Connection) -> None:
    """A person has pressed the button that stops the job."""
    connection.execute(update(Job).values(cancel_asked=True))


@contextmanager
def at_the_first(beginning: str, act: Callable[[Connection], None]) -> Iterator[None]:
    """Do it once, right before the first statement that begins so."""
    waiting = [act]

    def watch(connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if waiting and statement.startswith(beginning):
            waiting.pop()(connection)

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert waiting == [], f"no statement began with {beginning}"
