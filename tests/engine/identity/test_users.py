import pytest

from stockwarden import bootstrap
from stockwarden.core.errors import Conflict, Invalid
from stockwarden.identity.access import Role
from stockwarden.identity.users import canonical, check_username


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ana", "ana"), ("Ana.Lopez", "ana.lopez"), (" a-b_c.1 ", "a-b_c.1"), ("x" * 64, "x" * 64)],
)
def test_names(name, expected):
    assert check_username(name) == expected == canonical(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "x" * 65,
        "ana lopez",
        "ana/lopez",
        "ana#lopez",
        ".ana",
        "ana-",
        "a..b",
        "ana@example.com",
        "an\u0430",
        "\u212aelvin",
        "ana\x00x",
        "root",
        "SYSTEM",
        "Stockwarden",
    ],
)
def test_names_that_are_none(name):
    with pytest.raises(Invalid) as caught:
        check_username(name)
    assert caught.value.errors[0].pointer == "/username"


def test_a_name_is_taken_in_every_case(aws):
    users = bootstrap.users()
    users.add("Ana.Lopez", "hash", email="ana@example.com")
    for name in ("ana.lopez", "ANA.LOPEZ", "Ana.Lopez "):
        with pytest.raises(Conflict):
            users.add(name, "other")
    found = users.find("ANA.lopez")
    assert (found.username, found.name, found.role) == ("ana.lopez", "Ana.Lopez", "user")
    assert (found.email, found.disabled, found.password_hash) == ("ana@example.com", False, "hash")
    assert "hash'" not in repr(found)


def test_changes(aws):
    users = bootstrap.users()
    user = users.add("ana", "old")
    users.set_role("ANA", Role.ADMIN)
    users.set_disabled("ana", True)
    users.replace_hash(user, "new")
    found = users.find("ana")
    assert (found.role, found.disabled, found.password_hash) == ("admin", True, "new")
    users.replace_hash(user, "late")  # someone else was quicker
    assert users.find("ana").password_hash == "new"
    assert users.find("nobody-here") is None
