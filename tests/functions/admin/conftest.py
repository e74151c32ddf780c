from functools import partial

import pytest

from stockwarden.bootstrap import repositories
from stockwarden.identity.access import Role
from tests.support.gateway import ADMIN, call


@pytest.fixture
def ask(aws):
    """`ask("GET", "/users")` calls the real handler as the admin of a company of four."""
    from admin.app import handler

    users = repositories.user_repository()
    users.add("root.admin", "no password", role=Role.ADMIN)
    users.add("Alice", "no password", email="alice@example.com")
    users.add("bob", "no password", role=Role.MANAGER)
    users.add("alan", "no password", role=Role.OPERATOR)
    return partial(call, handler, caller=ADMIN)
