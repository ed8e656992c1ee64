"""The whole season: as big as the field, within every rule, quick to load."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from congress_app.checkin import log_queries
from congress_app.congresses.models import Congress, Season
from congress_app.dashboard import season_queries
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.demo import services
from congress_app.demo.sizes import Size
from congress_app.elections.models import Election, Round
from congress_app.elections.upward_models import ReserveCall, TransmissionLine
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.permissions import system_actor
from congress_app.units.models import Unit
from tests.conftest import make_tables
from tests.one_app import make_app


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder: Path = tmp_path_factory.mktemp("season")
    app = make_app(f"sqlite:///{folder / 'season.sqlite'}")
    with app.app_context():
        make_tables()
        services.load(Size.SEASON, 2020, actor=system_actor())
        yield db.session.scalar(select(Season))
        db.session.remove()
        db.engine.dispose()


def test_it_is_as_big_as_the_sector(season: Season) -> None:
    levels = Counter(db.session.scalars(select(Congress.level)))
    assert levels == {"base": 1410, "upper_base": 64, "national": 1}
    assert 18_000 <= (db.session.scalar(select(func.count(Delegate.id))) or 0) <= 21_000
    assert 19_000 <= (db.session.scalar(select(func.sum(Unit.headcount))) or 0) <= 22_000


def test_congresses_stand_in_every_state(season: Season) -> None:
    upper = select(Congress.state).where(Congress.level == "upper_base")
    assert set(db.session.scalars(upper)) == {"draft", "convened", "open", "closed"}


def test_no_cap_and_no_quota_is_exceeded(season: Season) -> None:
    seen = season_queries.overview(season, ("/",), ("/",))
    assert [one.line.place.code for one in (*seen.national, *seen.upper) if one.is_over] == []
    national = seen.national[0]
    assert national.cap is not None
    assert 400 <= national.cap.used <= 500


def test_every_elected_delegate_was_elected_by_the_congress_below(season: Season) -> None:
    elected = set(
        db.session.scalars(
            select(Delegate.id)
            .join(Congress)
            .where(Delegate.category == "elected", Congress.state != "draft")
        )
    )
    lines = list(db.session.scalars(select(TransmissionLine.delegate_id)))
    calls = list(db.session.scalars(select(ReserveCall.delegate_id)))
    assert set(lines) | set(calls) == elected
    assert len(lines) + len(calls) == len(elected)


def test_provinces_voted_in_secret_and_some_of_them_twice(season: Season) -> None:
    kinds = Counter(
        db.session.scalars(
            select(Round.kind)
            .join(Election, Round.election_id == Election.id)
            .join(Congress, Election.congress_id == Congress.id)
            .where(Congress.level == "upper_base", Election.state == "certified")
        )
    )
    assert kinds["first"] == kinds["reserves"] >= 45
    assert kinds["revote"] >= 5


def test_the_register_is_as_big_as_a_sector_s(season: Season) -> None:
    assert db.session.scalar(select(func.count(Exemplar.id))) == 1500


def test_every_log_folds_to_its_presence(season: Season) -> None:
    for congress in db.session.scalars(select(Congress).where(Congress.level != "base")):
        assert log_queries.verify(congress.id).mismatches == ()
