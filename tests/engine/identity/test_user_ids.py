import pytest

from stockwarden.audit.origin import UNKNOWN
from stockwarden.bootstrap import repositories
from stockwarden.storage import clients
from tests.support.capacity import measure
from tests.support.gateway import USER


@pytest.fixture
def bob(aws: None) -> str:
    return repositories.user_repository().add("Bob", "hash").user_id


def test_ids_of_people_by_their_names(bob: str) -> None:
    with measure(clients.dynamodb()) as units:
        found = repositories.user_ids().find_ids(USER, ["bob", "nobody", USER.username, None])
    assert found == {"bob": bob, "nobody": UNKNOWN, USER.username: USER.user_id}
    assert [call[0] for call in units.calls] == ["GetItem"] * 2


def test_the_callers_own_id_takes_no_read(bob: str) -> None:
    with measure(clients.dynamodb()) as units:
        assert repositories.user_ids().find_ids(USER, [USER.username, None]) == {
            USER.username: USER.user_id
        }
    assert units.calls == []


def test_nothing_else_of_an_account_is_read(bob: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    original = clients.dynamodb().get_item

    def spy(**request: object) -> object:
        answer = original(**request)
        seen.append(answer["Item"])
        return answer

    monkeypatch.setattr(clients.dynamodb(), "get_item", spy)
    repositories.user_ids().find_ids(USER, ["bob"])
    (item,) = seen
    assert item.keys() == {"user_id"}
