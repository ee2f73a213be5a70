"""`kaname assess trade --compare`: several products side by side."""

import json
import time
from typing import TYPE_CHECKING, Any

import click
import pyarrow as pa

from kaname.cli import assess_trade_answer as answer
from kaname.files.problems import BadInput, Problem
from kaname.files.writers import open_writer
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.trade.asked import Asked
    from kaname.assess.trade.products import Listed
    from kaname.assess.trade.run import Given

_A_LINE = T("測るもの=数 が要る（hhi=0.4）", "expected a measure and a number, such as hhi=0.4")


def write_comparison(
    given: "Given", texts: list[str], tables: list["Listed"], asked: "Asked", indicators: tuple[str, ...],
    thresholds: tuple[str, ...], out: str | None, as_json: bool, strict: bool,
) -> int:  # fmt: skip
    """Write a row for each candidate, indicator and year; the exit status."""
    from kaname.assess.trade import compare

    began = time.perf_counter()
    found = compare.compare(given, texts, asked, compare.indicators_of(indicators), lines_of(thresholds), tables)
    bad = [problem for one in found.candidates for problem in (*one.refused, *one.problems)]
    if not (strict and bad):
        if as_json:
            click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        if out or not as_json:
            _write(list(found.lines()), compare.COLUMNS, out)
    notes: dict[str, Any] = {}
    for one in found.candidates:
        for note in one.notes:
            notes.setdefault(note.said().en, note)
    answer.tell(bad, notes.values(), given.trade.name)
    known = [row for one in found.candidates for row in one.rows if row.by_year]
    answer.summary(
        file=given.trade.name, importer=asked.importer, by=asked.by, unit=found.unit, years=list(asked.years),
        candidates={one.name: one.over for one in found.candidates}, indicators=list(found.indicators),
        silent=found.silent, problems=bad, began=began,
    )  # fmt: skip
    return 2 if bad else 0 if known else 1


def _write(lines: list[tuple[Any, ...]], names: tuple[str, ...], out: str | None) -> None:
    schema = pa.schema([(name, pa.string()) for name in names])
    with open_writer(out, schema) as put:
        columns = [pa.array([_text(line[at]) for line in lines], pa.string()) for at in range(len(names))]
        put(pa.record_batch(columns, schema=schema))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell).lower() if isinstance(cell, bool) else str(cell)


def lines_of(texts: tuple[str, ...]) -> dict[str, float]:
    """Thresholds out of `hhi=0.4`. Raises BadInput, with every text that is wrong."""
    from decimal import Decimal

    from kaname.assess.trade.compare import INDICATORS
    from kaname.assess.trade.numbers import number

    found, wrong = {}, []
    for text in texts:
        name, _, stated = text.partition("=")
        line = number(stated)
        if name.strip() in INDICATORS and isinstance(line, Decimal):
            found[name.strip()] = float(line)
        else:
            wrong.append(Problem("--threshold", 0, text[:40], _A_LINE))
    if wrong:
        raise BadInput(wrong)
    return found
