import pytest

from stockwarden.core.errors import Forbidden, InsufficientScope, NotFound
from stockwarden.identity.access import (
    SCOPES,
    Action,
    Caller,
    MembershipRole,
    Role,
    TokenLimits,
    allows,
    require,
    require_role,
    require_scope,
    scope_of,
)

# The roles that may do each action, as documented in the module.
TABLE = {
    Action.SEE: "viewer operator manager owner admin",
    Action.WORK: "operator manager owner admin",
    Action.SEND: "operator manager owner admin",
    Action.CONFIGURE: "manager owner admin",
    Action.ADMIT: "manager owner admin",
    Action.OWN: "owner admin",
}


def caller(role=Role.MEMBER, scopes=None, warehouses=None):
    limits = None if scopes is None else TokenLimits("tok_1", frozenset(scopes), warehouses)
    return Caller("ana", "usr_ana", role, "ses_1", limits)


def test_every_action_is_decided():
    assert set(TABLE) == set(Action)


@pytest.mark.parametrize("role", MembershipRole)
@pytest.mark.parametrize("action", Action)
def test_permissions_by_action_and_role(action, role):
    allowed = role.label in TABLE[action].split()
    assert allows(role, action) is allowed
    if allowed:
        require(role, action, "report")
    elif role is MembershipRole.STRANGER:
        with pytest.raises(NotFound, match="no such report"):
            require(role, action, "report")
    else:
        with pytest.raises(Forbidden, match=r"You are an? .*; this takes (an?|the) "):
            require(role, action, "report")


def test_each_role_of_the_company_may_do_more_than_the_one_before():
    roles = ["member", "viewer", "operator", "manager", "admin"]
    assert [role.value for role in Role] == roles
    for rank, role in enumerate(Role):
        for needed_rank, needed in enumerate(Role):
            if rank >= needed_rank:
                require_role(caller(role), needed)
            else:
                with pytest.raises(Forbidden, match=f"{role}; this takes an? {needed[:5]}"):
                    require_role(caller(role), needed)


def test_the_role_user_of_earlier_releases_is_a_member():
    assert Role("user") is Role.MEMBER
    with pytest.raises(ValueError, match="owner"):
        Role("owner")


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/reports", "reports:read"),
        ("HEAD", "/reports/rep_1/details", "reports:read"),
        ("POST", "/reports", "reports:write"),
        ("DELETE", "/mappings/map_1", "reports:write"),
        ("PATCH", "/anomalies", "anomalies:write"),
        ("GET", "/pallets/P-1", "anomalies:read"),
        ("PUT", "/warehouses/wh_1/layout", "warehouses:write"),
        ("POST", "/suppressions", "rules:write"),
        ("POST", "/rules/expired/backtest", "rules:read"),
        ("GET", "/users/me", None),
        ("POST", "/users/me/tokens", None),
        ("GET", "/audit-logs", None),
        ("GET", "/", None),
    ],
)
def test_the_scope_of_a_route(method, path, scope):
    assert scope_of(method, path) == scope
    if scope:
        require_scope(caller(scopes={scope}), method, path)
    for others in (set(), set(SCOPES) - {scope}):
        with pytest.raises(InsufficientScope) as refusal:
            require_scope(caller(scopes=others), method, path)
        assert refusal.value.scope == scope
    require_scope(caller(), method, path)


def test_a_token_reaches_its_warehouses_only():
    bound = caller(scopes={"reports:read"}, warehouses=frozenset({"wh_1"}))
    assert bound.reaches("wh_1")
    assert not bound.reaches("wh_2")
    assert not bound.reaches(None)
    assert caller(scopes={"reports:read"}).reaches(None)
    assert caller().reaches("wh_2")
