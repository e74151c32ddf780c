from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stockwarden.bootstrap import repositories
from stockwarden.core.errors import Conflict, Invalid
from stockwarden.identity import reserved
from stockwarden.identity.access import Role
from stockwarden.identity.usernames import canonical, check_username, may_exist


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
        "ana\x00x",
        "root",
        "SYSTEM",
        "Stockwarden",
    ],
)
def test_invalid_user_names_are_refused(name):
    with pytest.raises(Invalid) as caught:
        check_username(name)
    assert caught.value.errors[0].pointer == "/username"


RESERVED = Path(reserved.__file__).with_name("reserved_names.txt").read_text("utf-8").split("\n")
NAMES = [line for line in RESERVED if line and not line.startswith("#")]
ALIKE = [
    "Admin", "ADMIN", " admin ", "a.d.m.i.n", "ad-min", "adm1n", "admln", "4dmin", "adrnin",
    "r00t", "ro0t", "5ystem", "sys-tem", "syst3m", "supp0rt", "stock-warden",
    "Stock.Warden", "st0ckwarden", "stockvvarden", "nu11", "n-u-l-l", "undef1ned", "m.e", "a.p-i",
]  # fmt: skip


@pytest.mark.parametrize("name", [*(name for name in NAMES if len(name) > 2), *ALIKE])
def test_reserved_and_similar_names_are_refused(name):
    with pytest.raises(Invalid) as caught:
        check_username(name)
    (error,) = caught.value.errors
    assert error.pointer == "/username"
    assert "reserved" in error.detail


@pytest.mark.parametrize(
    "name",
    ["demo", "ana", "apl", "melissa", "rootes", "admina", "ana.admin", "roots", "systema", "al-lee",
     "mae", "user-1", "neil", "toot", "warehouse1", "alice", "every.0a1b2c", "nora.null"],
)  # fmt: skip
def test_names_that_resemble_reserved_ones_are_allowed(name):
    assert check_username(name) == name


@pytest.mark.parametrize("name", ["ana", "a-b_c.1", "x" * 64])
def test_possible_canonical_names(name):
    assert may_exist(name)


@pytest.mark.parametrize(
    "name", ["", "a", "ANA", "#", "ana#x", "x" * 65, "\ufdfa", "ana\n", "a b", ".ana", "a..b"]
)
def test_impossible_canonical_names(name):
    assert not may_exist(name)


def test_user_names_are_unique_in_any_case(aws):
    users = repositories.user_repository()
    users.add("Ana.Lopez", "hash", email="ana@example.com")
    for name in ("ana.lopez", "ANA.LOPEZ", "Ana.Lopez "):
        with pytest.raises(Conflict):
            users.add(name, "other")
    user = users.find("ANA.lopez")
    assert (user.username, user.name, user.role) == ("ana.lopez", "Ana.Lopez", "member")
    assert (user.email, user.disabled, user.password_hash) == ("ana@example.com", False, "hash")
    assert "hash'" not in repr(user)


def test_changes(aws):
    users = repositories.user_repository()
    user = users.add("ana", "old")
    users.add("bob", "hash", role=Role.ADMIN)
    users.change_standing("ANA", role=Role.ADMIN)
    users.change_standing("ana", disabled=True)
    users.replace_hash(user, "new")
    stored = users.find("ana")
    assert (stored.role, stored.disabled, stored.password_hash) == ("admin", True, "new")
    users.replace_hash(user, "late")  # a concurrent change came first
    assert users.find("ana").password_hash == "new"
    assert users.find("nobody-here") is None


@pytest.mark.parametrize(
    ("taken", "alike"),
    [("paypal", "paypa1"), ("modern", "modem"), ("oslo", "0sl0"), ("bill", "blll")],
)
def test_names_that_look_alike_are_one_name(aws, taken, alike):
    users = repositories.user_repository()
    users.add(taken, "hash")
    with pytest.raises(Conflict, match="looks like one that is taken"):
        users.add(alike, "hash")
    assert users.find(alike) is None


def test_full_width_letters_are_the_plain_ones(aws):
    wide = "\uff21\uff2e\uff21.lopez"
    assert check_username(wide) == "ana.lopez"
    user = repositories.user_repository().add(wide, "hash")
    assert (user.username, user.name) == ("ana.lopez", "ANA.lopez")


def test_an_address_signs_in_to_the_first_account_that_has_it(aws):
    users = repositories.user_repository()
    users.add("ana", "hash", email="Office@example.com")
    assert users.add("bob", "hash", email="office@EXAMPLE.com").email == "office@EXAMPLE.com"
    assert users.find_by_email(" office@example.com").username == "ana"
    assert users.find_by_email("elsewhere@example.com") is None
    with pytest.raises(Conflict, match="taken"):
        users.add("ana", "hash", email="office@example.com")


def test_the_last_admin_keeps_the_role(aws):
    users = repositories.user_repository()
    for name in ("ana", "bob"):
        users.add(name, "hash")
        users.change_standing(name, role=Role.ADMIN)
    users.change_standing("ana", disabled=True)
    for change in ({"role": Role.MANAGER}, {"disabled": True}):
        with pytest.raises(Conflict, match="last administrator"):
            users.change_standing("bob", **change)
    users.change_standing("ana", disabled=False)
    assert users.change_standing("bob", role=Role.MEMBER).role is Role.MEMBER
    assert users.change_standing("bob", role=Role.MEMBER).version == 3


def test_two_admins_cannot_take_the_role_of_each_other_at_once(aws):
    users = repositories.user_repository()
    names = ("ana", "bob")
    for name in names:
        users.add(name, "hash", role=Role.ADMIN)

    def demote(name):
        try:
            return users.change_standing(name, role=Role.MEMBER).role
        except Conflict:
            return "refused"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(demote, names)) == ["member", "refused"]
