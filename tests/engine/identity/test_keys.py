import json
from datetime import timedelta

import pytest

from stockwarden.core.clock import iso
from stockwarden.core.errors import Unavailable
from stockwarden.identity.keys import KeyRing

OLD = {"kid": "1", "key": "o" * 32}
NEW = {"kid": "2", "key": "n" * 32}


class Store:
    """A replaceable secret that counts its reads."""

    def __init__(self, secret):
        self.secret = secret
        self.reads = 0

    def __call__(self):
        self.reads += 1
        return json.dumps(self.secret)


@pytest.mark.parametrize("secret", [OLD, {"current": OLD}, {"current": OLD, "previous": None}])
def test_one_key(secret, clock):
    keys = KeyRing(Store(secret), clock)
    assert keys.current().kid == "1"
    assert keys.find("1").key == b"o" * 32
    assert keys.find("2") is None


def test_both_keys_verify_and_the_new_one_signs(clock):
    keys = KeyRing(Store({"current": NEW, "previous": OLD}), clock)
    assert keys.current().kid == "2"
    assert keys.find("1").key == b"o" * 32


def test_a_previous_key_ends_at_its_time(clock):
    until = iso(clock.now + timedelta(minutes=1))
    keys = KeyRing(Store({"current": NEW, "previous": {**OLD, "expires_at": until}}), clock)
    assert keys.find("1") is not None
    clock.forward(minutes=1)
    assert keys.find("1") is None


def test_it_is_read_again_after_five_minutes(clock):
    store = Store(OLD)
    keys = KeyRing(store, clock)
    for _ in range(3):
        keys.current()
    assert store.reads == 1
    store.secret = {"current": NEW, "previous": OLD}
    clock.forward(minutes=5)
    assert keys.current().kid == "2"
    assert store.reads == 2


def test_an_unknown_kid_reads_again_but_not_for_every_forgery(clock):
    store = Store(OLD)
    keys = KeyRing(store, clock)
    keys.current()
    clock.forward(seconds=31)
    store.secret = {"current": NEW, "previous": OLD}
    assert keys.find("2").kid == "2"
    assert store.reads == 2
    for n in range(100):
        assert keys.find(f"forged-{n}") is None
    assert store.reads == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hunter2",
        "[]",
        '"hunter2"',
        "{}",
        '{"current": null}',
        '{"current": {"kid": "hunter2"}}',
        '{"kid": "", "key": "hunter2hunter2hunter2hunter2hunter2"}',
        '{"kid": 1, "key": "hunter2hunter2hunter2hunter2hunter2"}',
        '{"kid": "1", "key": "hunter2"}',
        json.dumps({"current": NEW, "previous": {**OLD, "expires_at": "hunter2"}}),
        json.dumps({"current": NEW, "previous": {**OLD, "expires_at": "2026-01-01T00:00"}}),
        json.dumps({"current": NEW, "previous": {"kid": "1"}}),
    ],
)
def test_a_secret_out_of_shape_is_named_and_not_shown(text, clock):
    with pytest.raises(Unavailable) as caught:
        KeyRing(lambda: text, clock).current()
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_a_key_is_not_printed(clock):
    assert "ooo" not in repr(KeyRing(Store(OLD), clock).current())
