import pytest

from stockwarden.core.errors import Forbidden, NotFound
from stockwarden.identity.access import Role, may_see, require_admin, require_owner
from tests.support.gateway import ADMIN, OTHER, USER


@pytest.mark.parametrize(("caller", "sees"), [(USER, True), (OTHER, False), (ADMIN, True)])
def test_owner(caller, sees):
    assert may_see(caller, "alice") is sees
    if sees:
        require_owner(caller, "alice", "report")
    else:
        with pytest.raises(NotFound, match="no such report"):
            require_owner(caller, "alice", "report")


def test_admin():
    require_admin(ADMIN)
    with pytest.raises(Forbidden):
        require_admin(USER)
    assert [role.value for role in Role] == ["user", "admin"]
