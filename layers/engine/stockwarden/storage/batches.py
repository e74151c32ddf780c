"""Writes batches in parallel threads, since a batch mostly waits for DynamoDB."""

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import BATCH_WRITE_LIMIT

_THREADS = 8


def write_in_batches(send: Callable[[list[Item]], None], items: Iterable[Item]) -> None:
    """Calls `send` with batches of the items, in parallel and unordered; few batches are in memory.

    Raises the exception of a failed `send`, after the pending batches have ended.
    """
    source = iter(items)
    pending: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        while batch := list(islice(source, BATCH_WRITE_LIMIT)):
            if len(pending) == 2 * _THREADS:
                pending.popleft().result()
            pending.append(pool.submit(send, batch))
        for future in pending:
            future.result()
