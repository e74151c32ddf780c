import argon2
import pytest

from stockwarden.core.errors import Invalid
from stockwarden.identity import passwords


def test_parameters(real_passwords):
    params = argon2.extract_parameters(passwords.hash_password("eleven blue pallets"))
    assert (params.type, params.memory_cost, params.time_cost, params.parallelism) == (
        argon2.Type.ID,
        19 * 1024,
        2,
        1,
    )


def test_round_trip():
    stored = passwords.hash_password("eleven blue pallets")
    assert passwords.verify(stored, "eleven blue pallets")
    assert not passwords.verify(stored, "eleven blue pallet")
    assert stored != passwords.hash_password("eleven blue pallets")


def test_passwords_are_normalised_to_nfkc():
    assert passwords.verify(passwords.hash_password("caf\u00e9 am Hafen"), "cafe\u0301 am Hafen")


@pytest.mark.parametrize("stored", ["", "plain text", "$argon2id$v=19$m=19456,t=2,p=1$x$y"])
def test_a_damaged_hash_never_verifies(stored):
    assert not passwords.verify(stored, "plain text")


def test_verification_takes_as_long_without_a_user(real_passwords):
    """Same time for an unknown user: one verification, with today's parameters."""
    verified = []

    class Spy:
        def verify(self, stored, password):
            verified.append(stored)
            return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", Spy())
        stored = "a hash"
        assert passwords.verify(stored, "x")
        assert not passwords.verify(None, "x")
    assert len(verified) == 2
    assert not passwords.needs_rehash(verified[1])
    assert not passwords.verify(None, "")


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "ninechars",
        "x" * 129,
        "aaaaaaaaaaaa",
        "abababababab",
        "1111122222333",
        "1234567890",
        "0987654321",
        "abcdefghijkl",
        "qwertyuiopasdf",
        "password123",
        "PASSWORD1234",
        "Passwordpassword",
        "iloveyou123",
        "stockwarden2026",
        "Password123!",
        "#1 password",
        "Welcome_2026",
        "administrator",
        "--dragon-4711--",
        "my ana.lopez secret",
        "ANA.LOPEZ-12345",
    ],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(Invalid) as caught:
        passwords.check_strength(password, "ana.lopez")
    (error,) = caught.value.errors
    assert error.pointer == "/password" and error.detail
    assert password not in error.detail or not password


@pytest.mark.parametrize(
    "password",
    [
        "eleven blue pallets",
        "Tr0ub4dor&3",
        "correct-horse-battery",
        "contrase\u00f1a larga y rara",
        "\u5bc6\u7801\u5f88\u957f\u5f88\u957f\u5f88\u5b89\u5168\u771f\u7684",
        "S3cure!Pass",
        "2 dragons ate 3 apples",
        "welcome to dock 4",
        "abc-98-27-61",
        "x9$Lm2#qWz",
        "8f14e45fceea167a",
    ],
)
def test_strong_passwords_are_accepted(password):
    passwords.check_strength(password, "ana.lopez")


def test_a_very_short_user_name_may_occur_in_the_password():
    passwords.check_strength("bananas and boats", "ana")
