"""Choosing among 200 speeches of 60 units, and a page asked meanwhile.

Prints JSON lines: the time to the best plan alone, to the whole answer (three next best plans,
the loss of every speech left out), whether it is proven and how many losses were told, for
several registers; then the median and the slowest of a page that is asked over and over while
a selection runs in a thread beside it. The whole answer is to take less than 10 seconds.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from fractions import Fraction
from pathlib import Path

from flask.testing import FlaskClient
from flask_migrate import upgrade

from benchmarks._timing import once, tell
from congress_app import create_app
from congress_app.database import db
from congress_app.kernel.permissions import Role
from congress_app.programme.selection.deciding import select
from congress_app.programme.selection.model import Model
from congress_app.programme.selection.problem import Offer, Problem
from congress_app.programme.selection.rules import rules_of
from tests import builders

LIMIT_MS = 10_000
SPEECHES = 200
UNITS = 60


def register(seed: int, budget: int, penalty: int) -> Problem:
    """200 speeches with rules of every kind."""
    rng = random.Random(seed)
    offers = tuple(
        Offer(
            str(number),
            Fraction(rng.randint(5, 12)),
            Fraction(rng.randint(600, 1000), 10),
            {
                "unit": f"u{rng.randrange(UNITS)}",
                "field": f"f{rng.randrange(8)}",
                "topic": f"t{rng.randrange(15)}",
                "region": rng.choice("NCS"),
                "sex": "F" if rng.random() < 0.35 else "M",
                "kind": rng.choice(["individual", "collective"]),
            },
        )
        for number in range(SPEECHES)
    )
    return Problem(
        offers,
        budget=Fraction(budget),
        changeover=Fraction(2),
        max_per_unit=1,
        shares={"women": Fraction(3, 10), "individual": Fraction(1, 4)},
        least={"field": {f"f{n}": 1 for n in range(4)}, "region": {"N": 2, "S": 2}},
        most={"field": {f"f{n}": 2 for n in range(8)}},
        topic_penalty=Fraction(penalty),
    )


def selections() -> None:
    """The best plan alone, then the whole answer."""
    for seed, budget, penalty in ((1, 60, 3), (2, 120, 3), (3, 60, 0), (4, 240, 10)):
        problem = register(seed, budget, penalty)
        rules = rules_of(problem)
        best = once(lambda problem=problem, rules=rules: Model(problem, rules).solve(60.0))
        tell("best plan", best, budget=budget, penalty=penalty)
        start = time.perf_counter()
        found = select(problem)
        spent = (time.perf_counter() - start) * 1000
        tell(
            "whole answer",
            spent,
            limit_ms=LIMIT_MS,
            budget=budget,
            chosen=len(found.best.chosen),
            proven=found.proven,
            losses=sum(loss.proven for loss in found.why_not.values()),
            left_out=SPEECHES - len(found.best.chosen),
        )


def pages_meanwhile(client: FlaskClient, address: str) -> None:
    """The register page while a selection runs beside it, and alone."""

    def read() -> float:
        def ask() -> None:
            assert client.get(address).status_code == 200

        db.session.rollback()
        return once(ask)

    read()
    alone = [read() for _ in range(20)]
    tell("page alone", statistics.median(alone), slowest=round(max(alone), 1))
    problem = register(1, 60, 3)
    worker = threading.Thread(target=select, args=(problem,))
    worker.start()
    beside = []
    while worker.is_alive():
        beside.append(read())
    tell(
        "page meanwhile",
        statistics.median(beside),
        slowest=round(max(beside), 1),
        asked=len(beside),
    )


def main() -> None:
    """All figures."""
    selections()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'speeches.sqlite')}"
        app = create_app("config.Testing", DATABASE_URL=url)
        with app.app_context():
            upgrade()
            congress = builders.a_congress()
            for number in range(SPEECHES):
                builders.a_speech(congress, f"Tham luận {number}")
            user = builders.a_user(Role.ORGANISER)
            client = app.test_client()
            client.post("/sign-in", data={"username": user.username, "password": builders.PASSWORD})
            pages_meanwhile(client, f"/congresses/{congress.id}/speeches")


if __name__ == "__main__":
    main()
