"""Lambda SnapStart: registers work to be done before the snapshot is taken."""

from collections.abc import Callable

from snapshot_restore_py import register_before_snapshot  # type: ignore[import-untyped]


def before_snapshot(prime: Callable[[], object]) -> None:
    """Registers `prime` for before the snapshot: slow imports and clients, but no secrets or data.

    Without SnapStart it is never called, and the first request does the work instead.
    """
    register_before_snapshot(prime)
