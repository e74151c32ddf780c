import pytest

from stockwarden.core.errors import Forbidden, NotFound
from stockwarden.identity.access import Action, MembershipRole, Role, may, require, require_admin
from tests.support.gateway import ADMIN, USER

# By action, who may, as the table in the module says.
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


@pytest.mark.parametrize("standing", MembershipRole)
@pytest.mark.parametrize("action", Action)
def test_the_table(action, standing):
    allowed = standing.word in TABLE[action].split()
    assert may(USER, action, standing) is allowed
    assert may(ADMIN, action, standing)
    require(ADMIN, action, standing, "report")
    if allowed:
        require(USER, action, standing, "report")
    elif standing is MembershipRole.STRANGER:
        with pytest.raises(NotFound, match="no such report"):
            require(USER, action, standing, "report")
    else:
        with pytest.raises(Forbidden, match=r"You are an? .*; this takes (an?|the) "):
            require(USER, action, standing, "report")


def test_admin():
    require_admin(ADMIN)
    with pytest.raises(Forbidden):
        require_admin(USER)
    assert [role.value for role in Role] == ["user", "admin"]
