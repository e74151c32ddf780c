"""Prints the tools' output: progress while waiting, anomalies as a table."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from tools.local.failure import StepFailed

_COLOURS = {"Very High": "bold red", "High": "red", "Medium": "yellow", "Low": "cyan"}
_SHOWN = 60
_FIRST_LINE_SECONDS = 3
_NEXT_LINE_SECONDS = 20

# A log has no width of its own, and 80 columns fold every message.
console = Console(width=None if sys.stdout.isatty() else 120)


@contextmanager
def status(title: str) -> Iterator[Callable[[str], None]]:
    """A spinner; yields a function that sets its sentence.

    Without a terminal, prints the sentence from time to time.
    """
    due = time.monotonic() + _FIRST_LINE_SECONDS
    with console.status(title) as spinner:

        def tell(sentence: str) -> None:
            nonlocal due
            spinner.update(sentence)
            if not console.is_terminal and time.monotonic() > due:
                due = time.monotonic() + _NEXT_LINE_SECONDS
                console.print(sentence)

        yield tell


@contextmanager
def progress() -> Iterator[Callable[[dict[str, Any]], None]]:
    """A progress bar of a report; yields a function to call with each polled report."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("waiting", total=100)

        def watch(report: dict[str, Any]) -> None:
            position = report.get("progress") or {}
            stage = position.get("stage") or report["status"].replace("_", " ")
            bar.update(task, description=stage, completed=position.get("percent") or 0)

        yield watch


def anomalies(listed: list[dict[str, Any]]) -> None:
    """Prints the most urgent anomalies and the number of all others."""
    table = Table(title=f"{len(listed)} anomalies", title_justify="left")
    for name in ("Priority", "Rule", "Subject", "Message"):
        table.add_column(name, overflow="fold", no_wrap=name != "Message")
    for anomaly in listed[:_SHOWN]:
        priority = Text(anomaly["priority"], style=_COLOURS[anomaly["priority"]])
        table.add_row(priority, anomaly["rule"], anomaly["subject"]["id"], anomaly["message"])
    console.print(table)
    if len(listed) > _SHOWN:
        console.print(f"… and {len(listed) - _SHOWN} more, less urgent.")


def questions(preview: dict[str, Any]) -> None:
    """Prints the questions of a report that awaits its mapping."""
    table = Table(title="Columns of the file", title_justify="left")
    for name in ("Column", "Suggested meaning", "Confidence", "Samples"):
        table.add_column(name, overflow="fold")
    for column in preview["columns"]:
        confidence = column.get("confidence")
        table.add_row(
            column["name"],
            column.get("suggestion") or "-",
            f"{confidence:.0%}" if confidence is not None else "-",
            ", ".join(str(sample) for sample in column.get("samples", [])[:3]),
        )
    console.print(table)
    for question in preview.get("questions", []):
        console.print(f"[yellow]?[/] {question['detail']}")


def require_ready(report: dict[str, Any]) -> None:
    """Raises StepFailed with the report's own reason."""
    if report["status"] != "ready":
        reason = report.get("reason") or report["status"].replace("_", " ")
        raise StepFailed(f"Report {report['id']} has no result: {reason}")
