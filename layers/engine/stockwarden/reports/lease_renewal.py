"""Renewing a lease while its holder works.

A step may take minutes, so the holder cannot do it between steps: a thread does. It needs the
interpreter for a moment only, and no step keeps that for long: of files as large as are accepted,
the parsers kept it 0.2 s at most. The thread ends with the block, so that nothing runs on in a
frozen sandbox; it dies with the process, and then the lease ends.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from stockwarden.core.errors import Unavailable
from stockwarden.reports.attempts import LeaseLost

logger = logging.getLogger(__name__)


@contextmanager
def renewed(renew: Callable[[], None], seconds: float) -> Iterator[None]:
    """Calls `renew` every `seconds` until the block ends, or until it raises Overtaken.

    What it raises as Unavailable is logged, and tried again next time.
    """
    over = Event()

    def keep() -> None:
        while not over.wait(seconds):
            try:
                renew()
            except LeaseLost:
                return
            except Unavailable as error:
                logger.warning("lease not renewed: %s", error.detail)

    thread = Thread(target=keep, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
