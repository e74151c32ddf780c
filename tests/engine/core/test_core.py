from datetime import datetime, timedelta, timezone

import pytest

from stockwarden.core.clock import iso, utc_now
from stockwarden.core.config import Settings
from stockwarden.core.errors import Invalid
from stockwarden.core.ids import derived_id, may_be_id, new_id


def test_iso_sorts_like_time():
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert iso(moment) == "2026-03-02T04:30:00.000Z"
    assert utc_now().utcoffset() == timedelta(0)


def test_ids():
    assert new_id("rep") != new_id("rep")
    assert len(new_id("rep")) == len(derived_id("rep", "bucket", "key")) == len("rep_") + 26
    assert derived_id("rep", "a", "bc") != derived_id("rep", "ab", "c")
    assert derived_id("rep", "a", "b") == derived_id("rep", "a", "b")


@pytest.mark.parametrize("text", ["", "a b", "a#b", "a-b", "ñ", "a\n", "x" * 81])
def test_malformed_ids_are_refused(text):
    assert not may_be_id(text)
    assert may_be_id(new_id("rep")) and may_be_id(derived_id("rep", text))


def test_settings_come_from_the_environment():
    settings = Settings.from_environment({"USERS_TABLE": "u", "ACCESS_TOKEN_MINUTES": "5"})
    assert (settings.users_table, settings.access_token_minutes) == ("u", 5)
    assert settings.refresh_token_days == Settings().refresh_token_days


def test_an_invalid_field_has_its_pointer():
    error = Invalid.field("/layout/3/capacity", "Capacity must be 1 or more.")
    assert [(e.pointer, e.detail) for e in error.errors] == [
        ("/layout/3/capacity", "Capacity must be 1 or more.")
    ]
