import pytest

from stockwarden.core.errors import Forbidden, NotFound
from stockwarden.identity.access import Action, MembershipRole, Role, may, require, require_admin
from tests.support.gateway import ADMIN, USER

# The roles that may do each action, as documented in the module.
TABLE = {
    Action.SEE: "viewer operator manager owner",
    Action.WORK: "operator manager owner",
    Action.SEND: "operator manager owner",
    Action.CONFIGURE: "manager owner",
    Action.ADMIT: "manager owner",
    Action.OWN: "owner",
}


def test_every_action_is_decided():
    assert set(TABLE) == set(Action)


@pytest.mark.parametrize("role", MembershipRole)
@pytest.mark.parametrize("action", Action)
def test_permissions_by_action_and_role(action, role):
    allowed = role.label in TABLE[action].split()
    assert may(USER, action, role) is allowed
    assert may(ADMIN, action, role)
    require(ADMIN, action, role, "report")
    if allowed:
        require(USER, action, role, "report")
    elif role is MembershipRole.STRANGER:
        with pytest.raises(NotFound, match="no such report"):
            require(USER, action, role, "report")
    else:
        with pytest.raises(Forbidden, match=r"You are an? .*; this takes (an?|the) "):
            require(USER, action, role, "report")


def test_require_admin():
    require_admin(ADMIN)
    with pytest.raises(Forbidden):
        require_admin(USER)
    assert [account_role.value for account_role in Role] == ["user", "admin"]
