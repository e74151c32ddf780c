"""Batches sent by a few threads: a batch is mostly waiting for DynamoDB."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import BATCH_WRITE_LIMIT

_THREADS = 8


def write_in_batches(send: Callable[[list[Item]], None], items: Iterable[Item]) -> None:
    """`send` every item, in batches, in no order. Holds only a few batches in memory.

    Raises what a failed `send` raised, after the batches under way have ended.
    """
    source = iter(items)
    under_way: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        while batch := list(islice(source, BATCH_WRITE_LIMIT)):
            if len(under_way) == 2 * _THREADS:
                under_way.popleft().result()
            under_way.append(pool.submit(send, batch))
        for future in under_way:
            future.result()
