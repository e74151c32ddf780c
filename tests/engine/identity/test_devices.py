import json
from datetime import timedelta

import pytest

from stockwarden.identity.devices import MAX_ACCOUNTS, KnownDevices
from stockwarden.identity.keys import KeyRing, rotated


class Secret:
    text = json.dumps({"kid": "1", "key": "k" * 40})


@pytest.fixture
def secret():
    return Secret()


@pytest.fixture
def devices(clock, secret):
    return KnownDevices(KeyRing(lambda: secret.text, clock), timedelta(days=30), clock)


def test_a_device_is_known_only_for_accounts_that_signed_in_on_it(devices):
    cookie = devices.remember("ana", None)
    device = devices.recognize("ana", cookie)
    assert device
    for other in ("bob", "an", "ana\0", ""):
        assert devices.recognize(other, cookie) is None
    assert devices.recognize("ana", devices.remember("ana", None)) != device


def test_a_device_keeps_its_number_across_sign_ins(devices, clock):
    cookie = devices.remember("ana", None)
    clock.forward(days=20)
    new_cookie = devices.remember("ana", cookie)
    assert new_cookie != cookie and "~" not in new_cookie
    clock.forward(days=20)
    assert devices.recognize("ana", cookie) is None
    assert devices.recognize("ana", new_cookie)


def test_a_shared_device_knows_the_last_accounts(devices):
    cookie, names = None, [f"user{n}" for n in range(MAX_ACCOUNTS + 3)]
    for name in names:
        cookie = devices.remember(name, cookie)
    recognized = [name for name in names if devices.recognize(name, cookie)]
    assert recognized == names[3:]
    assert len(cookie) < 1000
    assert len(devices.remember("user5", cookie).split("~")) == MAX_ACCOUNTS
    assert all(name not in cookie for name in names)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: None,
        lambda text: "",
        lambda text: "x",
        lambda text: text[:-1],
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.replace("1.", "2.", 1),
        lambda text: "1." + str(10**11) + "." + ".".join(text.split(".")[2:]),
        lambda text: text + ".x",
        lambda text: text.replace(".", "~"),
        lambda text: "~" * 5000,
        lambda text: ("x" * 100 + "~") * 20 + text,
        lambda text: "é" + text,
    ],
)
def test_a_malformed_or_forged_cookie_is_ignored(devices, damage):
    damaged = damage(devices.remember("ana", None))
    assert devices.recognize("ana", damaged) is None
    assert devices.recognize("ana", devices.remember("ana", damaged))


def test_a_cookie_signed_with_another_key_is_ignored(devices, clock):
    foreign = KeyRing(lambda: json.dumps({"kid": "1", "key": "x" * 40}), clock)
    cookie = KnownDevices(foreign, timedelta(days=30), clock).remember("ana", None)
    assert devices.recognize("ana", cookie) is None


def test_the_previous_key_verifies_devices_until_it_expires(devices, clock, secret):
    cookie = devices.remember("ana", None)
    secret.text = rotated(secret.text, keep_until=clock.now + timedelta(hours=1))
    clock.forward(minutes=10)
    assert devices.recognize("ana", cookie)
    renewed = devices.remember("ana", cookie)
    clock.forward(hours=1)
    assert devices.recognize("ana", cookie) is None
    assert devices.recognize("ana", renewed)
