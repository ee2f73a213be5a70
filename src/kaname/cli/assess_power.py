"""`kaname assess power`: how much of all companies each holder decides."""

import json
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import click
import pyarrow as pa

from kaname.cli import params
from kaname.cli.group import argument, bilingual, option
from kaname.cli.in_parts import finished, folder_of, in_parts
from kaname.cli.language import language
from kaname.files.problems import Problem
from kaname.files.streams import unusable
from kaname.files.writers import open_writer
from kaname.law import T

if TYPE_CHECKING:
    import numpy as np

    from kaname.assess.ownership.network import Network

_SHOWN = 100
_SCHEMA = pa.schema([
    ("holder", pa.string()), ("name", pa.string()), ("country", pa.string()), ("kind", pa.string()),
    ("index", pa.float64()), ("error", pa.float64()),
])  # fmt: skip
_ABOUT = T(
    """株主のネットワーク支配力指数（Mizuno・土井・栗崎 2020）：会社の決定を最後に左右するのは誰か。

各会社の株主が無作為の順に並び、議決権の累計が初めて過半になった者が、その者を支配する者へ決定を渡す。これを繰り返し、
最後にその支配下にあった会社の数の平均が index。error は独立した反復（--replicas）から求めた標準誤差。
FILE は kaname assess ownership と同じ。1社の値を1とする。同じ種（--seed）では、何台で計算しても同じ値になる。""",
    """The network power index of holders (Mizuno, Doi, Kurizaki 2020): who decides companies in the end.

The holders of every company come up in a random order; the one with whom the votes first exceed one half passes the
decision on to whoever decides for it. Repeated, the mean number of companies that end under a holder is its index;
error is the standard error over independent replicas (--replicas). FILE is what kaname assess ownership reads. Each
company counts 1. One seed (--seed) gives the same values on however many machines.""",
)


# fmt: off
@bilingual("power", _ABOUT, "kaname assess power holdings.csv --as-of 2026-04-01 --replicas 16 --workers 0")
@argument("file", T("保有の一覧", "the holdings"))
@option("-o", "--out", metavar="OUT", about=T(
    "出力先（.csv、.jsonl、.parquet、.gzも）。既定は標準出力にCSV",
    "write to OUT (.csv, .jsonl, .parquet, also .gz); default: CSV to standard output"))
@option("--as-of", type=params.Day(), metavar="DAY", about=T(
    "DAYに効力のある保有（既定は今日）", "holdings in force on DAY (default: today)"))
@option("--replicas", type=click.IntRange(1, 100_000), default=8, about=T(
    "独立した反復の数（既定は8）", "independent replicas (default: 8)"))
@option("--steps", type=click.IntRange(100, 10_000_000), default=20_000, about=T(
    "反復ごとの歩数（既定は20000）", "steps of each (default: 20000)"))
@option("--seed", type=click.IntRange(min=0), default=0, about=T(
    "乱数の種（既定は0）", "seed of the draws (default: 0)"))
@option("--top", type=click.IntRange(min=1), metavar="N", about=T("上位N者だけ", "the first N only"))
@in_parts
@click.pass_context
def command(
    ctx: click.Context, file: str, out: str | None, as_of: date | None, replicas: int, steps: int, seed: int,
    top: int | None, cluster: str | None, workers: int | None, checkpoint: str | None,
) -> None:
    # fmt: on
    """The command. Exit status 2 if anything in the file was bad."""
    began, day = time.perf_counter(), as_of or params.today()
    from kaname.assess.ownership.book import sentence  # brings a compiler along
    from kaname.assess.ownership.network import network
    from kaname.assess.ownership.source import open_book
    from kaname.cluster.works.power import Power, summed

    with open_book(file, params.today(), None, "utf-8", ()) as book:
        if not book.rows and not book.faults:
            raise unusable(file, T("データがない；1行以上が要る", "no rows; expected one or more"))
        votes = network(book, day)
        placed = book.place([*book.faults, *dict.fromkeys(votes.faults)])
    problems = [Problem(file, line, fault.field, sentence(fault)) for line, fault in placed]
    with folder_of(checkpoint) as folder:
        index, error = summed(finished(Power.of(votes, folder, replicas, steps, seed), folder, cluster, workers))
    rows = _rows(votes, index, error, top)
    with open_writer(out, _SCHEMA) as write:
        write(pa.RecordBatch.from_pylist(rows, schema=_SCHEMA))
    for problem in problems[:_SHOWN]:
        click.echo(problem.said(language()), err=True)
    click.echo(json.dumps({
        "file": file, "as_of": day.isoformat(), "holdings": int(votes.holder.size), "entities": votes.count,
        "replicas": replicas, "steps": steps, "seed": seed, "rows": len(rows), "bad": len(problems),
        "seconds": round(time.perf_counter() - began, 3),
    }, ensure_ascii=False), err=True)  # fmt: skip
    if problems:
        ctx.exit(2)


def _rows(
    votes: "Network", index: "np.ndarray[Any, Any]", error: "np.ndarray[Any, Any]", top: int | None
) -> list[dict[str, Any]]:
    """Whoever decides anything, the most powerful first; among equals in the order of the file."""
    book = votes.book
    order = [k for k in (-index).argsort(kind="stable").tolist() if index[k] > 0]
    found = []
    for k in order[:top]:
        of = book.entities[k]
        found.append({
            "holder": of.id, "name": of.name, "country": of.country, "kind": of.kind.name.lower() if of.kind else "",
            "index": float(index[k]), "error": None if error[k] != error[k] else float(error[k]),
        })  # fmt: skip
    return found
