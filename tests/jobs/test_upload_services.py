"""Files kept between two requests, in the database: any process finds them."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from congress_app.database import db
from congress_app.jobs import upload_queries, upload_services
from congress_app.jobs.models import KeptUpload
from congress_app.jobs.uploads import KEPT_FOR, MOST_KEPT, MOST_KEPT_BYTES, Upload
from congress_app.kernel.errors import NotFound

FILE = Upload(b"PK\x03\x04\n\x00rest\nof it", "Danh sách\nđơn vị.xlsx")


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(KeptUpload.key))) or 0


def test_a_file_comes_back_whole_to_its_owner_and_to_nobody_else(app):
    key = upload_services.keep(FILE, 7)
    assert upload_queries.fetch(key, 7) == FILE
    for stranger in (8, None):
        with pytest.raises(NotFound):
            upload_queries.fetch(key, stranger)


@pytest.mark.parametrize("key", ["", "../7-x", "a" * 31, "A" * 32, "0" * 32 + "/", "0" * 32])
def test_what_is_no_key_finds_nothing(app, key):
    upload_services.keep(FILE, 7)
    with pytest.raises(NotFound) as caught:
        upload_queries.fetch(key, 7)
    assert caught.value.code == "upload_gone"


def test_a_forgotten_file_is_gone(app):
    key = upload_services.keep(FILE, 7)
    upload_services.forget(key, 8)
    assert upload_queries.fetch(key, 7) == FILE
    upload_services.forget(key, 7)
    upload_services.forget(key, 7)
    assert count() == 0


def test_files_of_yesterday_are_not_found_and_go_with_the_next_upload(app, frozen_clock):
    old = upload_services.keep(FILE, 7)
    frozen_clock.advance(days=1, seconds=1)
    with pytest.raises(NotFound):
        upload_queries.fetch(old, 7)
    fresh = upload_services.keep(FILE, 7)
    assert (count(), upload_queries.fetch(fresh, 7)) == (1, FILE)


def test_of_one_users_sheets_only_the_newest_are_kept(app, frozen_clock):
    colleague = upload_services.keep(FILE, 8)
    keys = []
    for _ in range(MOST_KEPT + 2):
        frozen_clock.advance(seconds=1)
        keys.append(upload_services.keep(FILE, 7))
    assert [is_there(key, 7) for key in keys] == [False, False, *[True] * MOST_KEPT]
    assert is_there(colleague, 8)


def test_of_one_users_sheets_only_so_many_megabytes_are_kept(app, frozen_clock):
    upload_services.replace("typed-7", Upload(b"y", "form"), 7)
    keys = []
    for size in (20, 20, 20, 10):
        frozen_clock.advance(seconds=1)
        keys.append(upload_services.keep(Upload(bytes(size << 20), "ds.csv"), 7))
    assert [is_there(key, 7) for key in keys] == [False, True, True, True]
    # The longest that one sends is kept, whatever lay there; what was typed is no sheet.
    frozen_clock.advance(seconds=1)
    keys.append(upload_services.keep(Upload(bytes(MOST_KEPT_BYTES), "ds.csv"), 7))
    assert [is_there(key, 7) for key in keys] == [False, False, False, False, True]
    assert upload_queries.kept_since("typed-7", 7, frozen_clock.now - KEPT_FOR) is not None


def is_there(key: str, owner: int) -> bool:
    db.session.rollback()
    kept = db.session.get(KeptUpload, key)
    return kept is not None and kept.owner_id == owner
