"""`kaname assess patents`: screen a docket of patent applications under Art. 66(1)."""

import difflib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click
import pyarrow as pa

from kaname.assess.ipc import SymbolList, official
from kaname.cli import params
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.cli.problems import BadInput, Problem
from kaname.cli.progress import progress
from kaname.cli.streams import unusable
from kaname.cli.tables import FORMATS, Batch, Fault, Reader, open_reader, read
from kaname.cli.writers import Write, open_writer
from kaname.law import T
from kaname.regimes.patents.docket import OPTIONAL, OUTPUT, REQUIRED, Docket, Screened
from kaname.regimes.patents.screening import Outcome

Later = Callable[[Callable[[], pa.RecordBatch]], None]

_SHOWN = 100  # problems shown one by one; more are only counted

_ABOUT = T(
    """特許出願の一覧を、令12条1項の47号（特許出願の非公開、法66条1項）に照らして調べる。

FILE はCSV、JSON Lines、Parquet（.gzも）、- は標準入力。列は application_id、filing_date、ipc（; 又は | で区切る）。
任意の列は title、abstract、claims、base_date（法66条4項の日。出願日でないとき）、base_date_78（法78条3項の日。base_date
でないとき。分割出願では原出願の日）、requirement_1 から requirement_4（令12条3項各号。true、false、空欄は不明）。

\b
outcome（上から順に、最初に当てはまるもの）
  in                 該当する（付加要件が要るときは、それも満たす）
  in_if_requirement  付加要件を満たすなら該当する（不明）
  ask                限定の語に関するなら該当する（本文がない）
  near               惜しい（隣や上位の記号、別の版の記号、語が見当たらない）
  invalid            該当はないが、使えない記号又は出願日がある
  out                いずれでもない

\b
send_by             送付の期限（3月の末日）
ban_ends_if_silent  送付の通知がなければ外国出願ができる最初の日
ban_ends_latest     保全指定がなければ遅くとも外国出願ができる最初の日（10月）
out では空欄。適用する版（2024-05-01、2025-01-01）は出願日で決まる。集計（JSON）は標準エラーへ。""",
    """Screen patent applications against the 47 items of Order Art. 12(1) (non-disclosure, Art. 66(1)).

FILE is CSV, JSON Lines or Parquet (also .gz), - is standard input. Columns: application_id, filing_date, ipc (symbols
separated by ; or |). Optional: title, abstract, claims; base_date (the day of Art. 66(4), if not the filing day);
base_date_78 (the day of Art. 78(3), if not base_date: for a division the parent's filing day); requirement_1 to
requirement_4 (Order Art. 12(3): true, false, or empty for unknown).

\b
outcome, the first that applies:
  in                 an item is met, with an additional requirement where it needs one
  in_if_requirement  an item is met, if an additional requirement is: not known
  ask                an item is met, if the invention concerns its limiting words: no text
  near               just missed: neighbouring or broader symbol, other edition, no such words
  invalid            nothing found, but a symbol or the filing date cannot be used
  out                none of these

\b
send_by             last day for the Patent Office to send the application on: three months
ban_ends_if_silent  first day on which filing abroad is free if no notice of sending came
ban_ends_latest     first free day at the latest, unless designated: ten months
Empty for out. The filing day chooses the version (2024-05-01, 2025-01-01). A JSON summary goes to standard error.""",
)


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    bad: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)  # the first ones only


@bilingual("patents", _ABOUT, "kaname assess patents docket.csv -o screened.csv --column application_id=出願番号")
@argument("file", T("出願の一覧", "the docket"))
@option(
    "-o",
    "--out",
    metavar="OUT",
    about=T(
        "出力先（.csv、.jsonl、.parquet、.gzも）。既定は標準出力にCSV",
        "write to OUT (.csv, .jsonl, .parquet, also .gz); default: CSV to standard output",
    ),
)
@option(
    "--as-of",
    type=params.Day(),
    metavar="DAY",
    about=T(
        "DAY現在で見る。後の出願は受け付けず、過ぎた期間を示す",
        "as of DAY: refuse later filings, say which periods are over",
    ),
)
@option(
    "--column",
    multiple=True,
    metavar="NAME=SOURCE",
    about=T("列 NAME を FILE の列 SOURCE から取る", "take column NAME from the column SOURCE of FILE"),
)
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    about=T("FILE の形式（名前で分からないとき）", "format of FILE, if its name does not tell"),
)
@option(
    "--encoding",
    default="utf-8",
    about=T("文字コード（cp932など。既定はutf-8）", "encoding, such as cp932 (default: utf-8)"),
)
@option(
    "--symbols",
    metavar="LIST",
    about=T(
        "WIPOの有効記号の一覧を、同梱の一覧（2020.01）の代わりに使う",
        "WIPO's list of valid symbols, instead of the one shipped (2020.01)",
    ),
)
@option("--strict", is_flag=True, about=T("最初の誤りで止まる", "stop at the first bad row"))
@click.pass_context
def patents(
    ctx: click.Context, file: str, out: str | None, as_of: date | None, column: tuple[str, ...], form: str | None,
    encoding: str, symbols: str | None, strict: bool,
) -> None:  # fmt: skip
    """The command. Exit status 2 if anything in the file was bad."""
    began = time.perf_counter()
    if out and out != "-" and Path(out).resolve() == Path(file).resolve():
        raise unusable(out, T("入力と出力が同じ；別の名前を", "input and output are the same; name another"))
    with open_reader(file, form, encoding) as reader, ThreadPoolExecutor(2) as pool:
        wanted, misspelt = _mapping(reader, column)
        batches = _ahead(pool, read(reader, wanted))
        docket = Docket(_symbol_list(symbols), as_of)
        with open_writer(out, OUTPUT) as write, _behind(pool, write) as later, progress() as advance:
            tally = _screen(batches, docket, later, strict, advance)
        placed = reader.place(tally.faults)
    problems = misspelt + [_problem(file, line, fault) for line, fault in placed]
    ragged = sum(fault.row < 0 for _, fault in placed)
    bad = sum(tally.bad.values()) + ragged + len(misspelt)
    if not tally.rows and not bad:
        raise unusable(file, T("データがない", "no rows"))
    _tell(problems[:1] if strict else problems, 0 if strict else bad)
    summary = _summary(file, as_of, tally, ragged, time.perf_counter() - began)
    click.echo(json.dumps(summary, ensure_ascii=False), err=True)
    if bad:
        ctx.exit(2)


def _tell(problems: list[Problem], count: int) -> None:
    for problem in problems[:_SHOWN]:
        click.echo(problem.said(language()), err=True)
    if (left := count - len(problems[:_SHOWN])) > 0:
        click.echo(T(f"ほか {left} 件", f"and {left} more")[language()], err=True)


def _ahead(pool: ThreadPoolExecutor, batches: Iterator[Batch]) -> Iterator[Batch]:
    """The batches, each read while the one before is being screened; the first from this call on."""

    def rest(coming: Future[Batch | None]) -> Iterator[Batch]:
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, batches, None)
            yield batch

    return rest(pool.submit(next, batches, None))


@contextmanager
def _behind(pool: ThreadPoolExecutor, write: Write) -> Iterator[Later]:
    """Tables put together and written while the next batch is being screened, one at a time and in order."""
    pending: list[Future[None]] = []

    def later(table: Callable[[], pa.RecordBatch]) -> None:
        for before in pending:
            before.result()
        pending[:] = [pool.submit(lambda: write(table()))]

    yield later
    for last in pending:
        last.result()


def _screen(
    batches: Iterator[Batch], docket: Docket, write: Later, strict: bool, advance: Callable[[int], None]
) -> _Tally:
    tally = _Tally()
    for batch in batches:
        screened = docket.screen(batch.columns)
        wrong = _note(tally, batch, screened)
        rows = len(batch)
        if strict and (wrong or batch.skipped):
            rows = min((row for row in wrong if row >= batch.first), default=batch.first) - batch.first
            screened = docket.screen({name: cells.slice(0, rows) for name, cells in batch.columns.items()})
        write(screened.table)
        tally.rows += rows
        tally.counts += screened.counts
        advance(tally.rows)
        if strict and (wrong or batch.skipped):
            break
    return tally


def _note(tally: _Tally, batch: Batch, screened: Screened) -> list[int]:
    """Count what is wrong in a batch and keep the first faults; answers their rows."""
    faults = list(batch.faults)
    for fault in batch.faults:
        tally.bad[fault.field] += fault.row >= 0
    for problem in screened.problems:
        tally.bad[problem.field] += len(problem.rows)
        few = zip(problem.rows[:_SHOWN].tolist(), problem.found[:_SHOWN].to_pylist(), strict=True)
        faults += [Fault(batch.first + row, problem.field, found, problem.expected) for row, found in few]
    faults.sort(key=lambda fault: fault.row)
    tally.faults += faults[: max(_SHOWN - len(tally.faults), 0)]
    return [fault.row for fault in faults]


def _mapping(reader: Reader, column: tuple[str, ...]) -> tuple[dict[str, str], list[Problem]]:
    """Which column of the file feeds which field, and columns that look like a misspelt field. Raises BadInput."""
    names, fields = reader.names, (*REQUIRED, *OPTIONAL)
    wanted = {name: name for name in fields if name in names}
    have = ", ".join(names)
    for given in column:
        name, _, source = given.partition("=")
        if name not in fields:
            known = ", ".join(fields)
            text = T(f"{name} という項目はない；使えるのは {known}", f"no field {name}; expected one of {known}")
            raise BadInput([Problem("--column", 0, given, text)])
        if source not in names:
            text = T(f"{source} という列はない；ある列は {have}", f"no column {source}; expected one of {have}")
            raise BadInput([Problem("--column", 0, given, text)])
        wanted[name] = source
    missing = [name for name in REQUIRED if name not in wanted]
    if missing:
        text = T(f"列がない；ある列は {have}；--column {missing[0]}=… で対応を示せる",
                 f"no such column; the file has {have}; map one with --column {missing[0]}=...")  # fmt: skip
        raise BadInput([Problem(reader.name, 1, name, text) for name in missing])
    spare = [n for n in names if n not in wanted.values()]
    close = {n: difflib.get_close_matches(n, [f for f in fields if f not in wanted], 1, 0.85) for n in spare}
    return wanted, [
        Problem(reader.name, 1, name, T(f"不明な項目；{match[0]} なら --column {match[0]}={name}",
                                        f"unknown field; if {match[0]} is meant: --column {match[0]}={name}"))
        for name, match in close.items() if match
    ]  # fmt: skip


def _symbol_list(path: str | None) -> SymbolList | None:
    if path is None:
        return None
    try:
        with Path(path).open(encoding="utf-8-sig") as lines:
            return official(Path(path).name, lines)
    except (OSError, ValueError) as error:
        text = T(f"記号の一覧として読めない：{error}", f"cannot be read as a list of symbols: {error}")
        raise unusable(path, text) from error


def _problem(file: str, line: int, fault: Fault) -> Problem:
    text = T(f"「{fault.found}」；{fault.expected.ja}が要る", f"{fault.found!r}; expected {fault.expected.en}")
    return Problem(file, line, fault.field, text)


def _summary(file: str, as_of: date | None, tally: _Tally, ragged: int, seconds: float) -> dict[str, object]:
    by_field: dict[str, dict[str, int]] = {}
    for (outcome, number), count in sorted(tally.counts.items(), key=lambda pair: pair[0][1]):
        if number:
            by_field.setdefault(str(number), {})[outcome] = count
    bad = dict(tally.bad) | ({"-": ragged} if ragged else {})
    return {
        "file": file,
        "as_of": as_of.isoformat() if as_of else None,
        "rows": tally.rows,
        "outcome": {outcome.value: tally.counts[outcome.value, 0] for outcome in Outcome},
        "field": by_field,
        "bad": {name: count for name, count in bad.items() if count},
        "seconds": round(seconds, 3),
    }
