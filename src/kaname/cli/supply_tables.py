"""Tables that the commands of `kaname supply` take: read, with every row that cannot be used told."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kaname.cli.language import language
from kaname.files.problems import BadInput, Problem
from kaname.files.rows import Row, rows
from kaname.files.streams import unusable
from kaname.law import T
from kaname.regimes.supply.given import Fault

R = TypeVar("R")
FILES = T("表（CSV、UTF-8又はShift_JIS）。- は標準入力", "tables in CSV (UTF-8 or Shift_JIS); - for standard input")
STRICT = T("誤りのある行が一つでもあれば何も示さない", "show nothing if any row is bad")


def read(files: Iterable[str], reader: Callable[[Sequence[Row]], R]) -> tuple[list[R], list[Problem]]:
    """Each file as its reader reads it, and what was wrong with rows. Raises BadInput for what is no table."""
    found: list[R] = []
    problems: list[Problem] = []
    for name in files:
        given, broken = rows(name, _bytes(name))
        one: Any = reader(given)
        faults: tuple[Fault, ...] = one.faults
        problems += sorted((*broken, *(Problem(name, f.line, f.field, f.text) for f in faults)), key=lambda p: p.line)
        found.append(one)
    return found, problems


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as wrong:
        raise unusable(name, T("読めない；CSVのファイルが要る", "cannot be read; expected a file in CSV")) from wrong


def finish(ctx: click.Context, problems: Sequence[Problem]) -> None:
    """Rows that were left out are told on standard error; then the exit status is 2."""
    if problems:
        for line in BadInput(problems).lines(language()):
            click.echo(line, err=True)
        ctx.exit(2)
