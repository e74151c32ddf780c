"""However many move categories at once, and wherever one is killed: a tree stays a tree."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stockwarden.audit.log import AuditLog
from stockwarden.catalog.categories import CategoryRepository
from stockwarden.catalog.category_model import CategoryPatch, CategoryRequest
from stockwarden.catalog.category_service import CategoryService
from stockwarden.core.clock import utc_now
from stockwarden.core.errors import Invalid
from stockwarden.storage.tables import Table
from tests.support.examples import examples
from tests.support.faults import Killed, killed_after
from tests.support.gateway import ADMIN

_NUMBER = 5
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
# Which category is moved below which, or to the root.
MOVES = st.tuples(st.integers(0, _NUMBER - 1), st.one_of(st.none(), st.integers(0, _NUMBER - 1)))


def test_no_category_is_ever_below_itself(aws_client, catalog_table, audit_table):
    client, numbers = aws_client("dynamodb"), count()
    audit = AuditLog(Table(client, audit_table), utc_now)
    repository = CategoryRepository(Table(client, catalog_table))
    service = CategoryService(repository, utc_now, audit=audit)

    @settings(examples(25), phases=_PHASES)
    @given(
        st.lists(MOVES, min_size=2, max_size=8),
        st.lists(st.tuples(MOVES, st.integers(0, 4)), max_size=2),
    )
    def moved(at_once, killed):
        names = [CategoryRequest(name=f"Category {next(numbers)}") for _ in range(_NUMBER)]
        ids = [service.create(ADMIN, each, None).id for each in names]

        def move(each):
            category, below = each
            patch = CategoryPatch(parent_id=None if below is None else ids[below])
            with suppress(Invalid):
                return service.change(ADMIN, ids[category], patch, None).parent_id

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(move, at_once))
        for each, call in killed:
            with killed_after(call), suppress(Killed):
                move(each)
        tree = repository.load_tree()
        for category_id in ids:
            above = [each["id"] for each in tree.path(category_id)]
            assert len(set(above)) == len(above)
            assert tree.find(above[0]).get("parent_id") is None
        assert {each["id"] for each in tree.in_order()} >= set(ids)

    moved()
