"""Rows done so far, shown on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress() -> Iterator[Callable[[int], None]]:
    """A function to call with the number of rows done."""
    if not sys.stderr.isatty():
        yield lambda rows: None
        return
    # Imported only where there is a terminal: scripts start faster without.
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    parts = SpinnerColumn(), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn()
    with Progress(*parts, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda rows: bar.update(task, completed=rows)


@contextmanager
def parts_done(parts: int) -> Iterator[Callable[[int, int], None]]:
    """A function to call with the number of parts done and of workers at work."""
    if not sys.stderr.isatty():
        yield lambda done, workers: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TextColumn("×{task.fields[workers]}"), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=parts, workers=0)
        yield lambda done, workers: bar.update(task, completed=done, workers=workers)
