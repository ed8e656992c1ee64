"""Acts of several people at the same moment: real threads with connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from congress_app.database import db
from congress_app.kernel.errors import DomainError


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; give what each returned or raised."""
    db.session.remove()
    barrier = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            barrier.wait(timeout=10)
            try:
                answers[place] = act()
            except DomainError as error:
                answers[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers
