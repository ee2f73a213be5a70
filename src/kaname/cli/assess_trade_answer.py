"""What `kaname assess trade` puts out: rows or JSON, the problems and notes, a summary in one line."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
import pyarrow as pa

from kaname.cli.language import language
from kaname.files.problems import Problem
from kaname.files.writers import open_writer
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.trade.asked import Asked
    from kaname.assess.trade.figures import Figure
    from kaname.assess.trade.notes import Note
    from kaname.assess.trade.page import Page

_SHOWN = 100
_COLUMNS = (
    "year", "measure", "partner", "of", "value", "low", "high", "drawn_low", "drawn_high", "rows", "formula", "source",
    "working_ja", "working_en",
)  # fmt: skip


def write(page: "Page", file: str, product: str, asked: "Asked", out: str | None, as_json: bool) -> None:
    """A row a figure into `out`; with `as_json` everything to standard output."""
    if as_json:
        told = {
            "file": file, "product": product, "importer": asked.importer, "by": asked.by, "years": asked.years,
            "figures": [figure.as_json() for figure in page.figures], "notes": [note.as_json() for note in page.notes],
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        if not out:
            return
    schema = pa.schema([(name, pa.string()) for name in _COLUMNS])
    rows = [_row(figure) for figure in page.figures]
    with open_writer(out, schema) as put:
        columns = [pa.array([row[at] for row in rows], pa.string()) for at in range(len(_COLUMNS))]
        put(pa.record_batch(columns, schema=schema))


def _row(figure: "Figure") -> tuple[str, ...]:
    low, high = figure.drawn or (None, None)
    working = figure.working()
    numbers = (_number(one) for one in (figure.value, figure.low, figure.high, low, high))
    return (
        str(figure.year), figure.measure, figure.partner, figure.of, *numbers, str(len(figure.records)),
        figure.stated.formula, figure.source, working.ja, working.en,
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"


def tell(problems: list[Problem], notes: Iterable["Note"], file: str) -> None:
    """The first problems, and how many more there are; then the rules that were applied."""
    for problem in problems[:_SHOWN]:
        click.echo(problem.said(language()), err=True)
    if (left := len(problems) - _SHOWN) > 0:
        click.echo(T(f"ほか {left} 件", f"and {left} more")[language()], err=True)
    lead = T("注：", "note: ")[language()]
    for note in notes:
        click.echo(f"{lead}{file}: {note.said()[language()]}", err=True)


def summary(problems: list[Problem], began: float, **told: Any) -> None:
    """One line of JSON for programs."""
    told |= {"bad": Counter(problem.field for problem in problems), "seconds": round(time.perf_counter() - began, 3)}
    click.echo(json.dumps(told, ensure_ascii=False), err=True)
