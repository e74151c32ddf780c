"""Renews a lease in a background thread while its holder works.

A step may take minutes, so the holder cannot renew between steps. The thread needs the interpreter
lock only for a moment, and no step holds it for long: with the largest accepted files the parsers
held it for 0.2 s at most. The thread ends with the block, so that nothing runs on in a frozen
sandbox; it dies with the process, and then the lease expires.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from stockwarden.core.errors import Unavailable
from stockwarden.reports.attempts import LeaseLost

logger = logging.getLogger(__name__)


@contextmanager
def lease_renewed(renew: Callable[[], None], seconds: float) -> Iterator[None]:
    """Calls `renew` every `seconds` until the block ends, or until it raises LeaseLost.

    What it raises as Unavailable is logged, and tried again next time.
    """
    ended = Event()

    def renew_repeatedly() -> None:
        while not ended.wait(seconds):
            try:
                renew()
            except LeaseLost:
                return
            except Unavailable as error:
                logger.warning("lease not renewed: %s", error.detail)

    thread = Thread(target=renew_repeatedly, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
