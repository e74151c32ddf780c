"""Lambda SnapStart: registers work to be done before the snapshot is taken."""

from collections.abc import Callable

from snapshot_restore_py import register_before_snapshot  # type: ignore[import-untyped]


def before_snapshot(prime: Callable[[], object]) -> None:
    """Have `prime` called before the snapshot: slow imports and clients, but no secrets or data.

    Where there are no snapshots it is never called, and the first request pays instead.
    """
    register_before_snapshot(prime)
