"""`kaname assess patents`: screen a docket of patent applications under Art. 66(1)."""

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kaname.assess.ipc import SymbolList, official
from kaname.cli import params
from kaname.cli.group import argument, bilingual, option
from kaname.cli.in_parts import finished, folder_of, in_parts
from kaname.cli.language import language, said
from kaname.cli.progress import progress
from kaname.files.batches import Batch, Reader
from kaname.files.formats import FORMATS
from kaname.files.pipeline import ahead, behind
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.files.tables import open_reader, read
from kaname.files.writers import open_writer
from kaname.law import T
from kaname.regimes.patents.columns import OUTPUT, REQUIRED
from kaname.regimes.patents.docket_file import FIELDS, SHOWN, Tally, lookalikes, screen, told
from kaname.regimes.patents.items import VERSIONS

if TYPE_CHECKING:
    from kaname.regimes.patents.docket import Docket

_ABOUT = T(
    """特許出願の一覧を、令12条1項の47号（特許出願の非公開、法66条1項）に照らして調べる。

FILE はCSV、JSON Lines、Parquet（.gzも）、- は標準入力。列は application_id、filing_date、ipc（; | コンマで区切る）。
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
out では空欄。適用する版（2024-05-01、2025-01-01）は、--as-of がなければ出願日で決まる。集計（JSON）は標準エラーへ。""",
    """Screen patent applications against the 47 items of Order Art. 12(1) (non-disclosure, Art. 66(1)).

FILE is CSV, JSON Lines or Parquet (also .gz), - is standard input. Columns: application_id, filing_date, ipc (symbols
separated by ; or | or commas). Optional: title, abstract, claims; base_date (the day of Art. 66(4), if not the filing
day); base_date_78 (the day of Art. 78(3), if not base_date: for a division the parent's filing day); requirement_1 to
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
Empty for out. The filing day chooses the version (2024-05-01, 2025-01-01), unless --as-of does. A JSON summary goes to
standard error.""",
)


class _JudgedOn(params.Day):
    """A day with items in force."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        day, begin = super().convert(value, param, ctx), VERSIONS[0].since
        if day < begin:
            wrong = T(f"{day} には令12条1項がまだない；{begin} 以後の日を",
                      f"no items are in force on {day}; expected {begin} or later")  # fmt: skip
            self.fail(said(wrong), param, ctx)
        return day


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
    type=_JudgedOn(),
    metavar="DAY",
    about=T(
        "全ての出願を、DAYに出願したものとして判定する（2024-05-01より前の出願の検討にも）",
        "judge every application as if filed on DAY (to study an older portfolio too)",
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
@option(
    "--json", "lines", is_flag=True, about=T("JSON を一件一行で出力（既定はCSV）", "print JSON, one application a line")
)
@option("--strict", is_flag=True, about=T("最初の誤りで止まる", "stop at the first bad row"))
@in_parts
@click.pass_context
def patents(
    ctx: click.Context, file: str, out: str | None, as_of: date | None, column: tuple[str, ...], form: str | None,
    encoding: str, symbols: str | None, lines: bool, strict: bool, cluster: str | None, workers: int | None,
    checkpoint: str | None,
) -> None:  # fmt: skip
    """The command. Exit status 2 if anything in the file was bad."""
    began = time.perf_counter()
    if out and out != "-" and Path(out).resolve() == Path(file).resolve():
        raise unusable(out, T("入力と出力が同じ；別の名前を", "input and output are the same; name another"))
    elsewhere = bool(cluster) or workers is not None or checkpoint is not None
    if elsewhere and strict:
        wrong = T("--cluster、--workers、--checkpoint とは使えない", "expected no --cluster, --workers or --checkpoint")
        raise BadInput([Problem("--strict", 0, "", wrong)])
    with open_reader(file, form, encoding) as reader:
        wanted, misspelt = _mapping(reader, column)
        if elsewhere:
            tally = _in_parts(read(reader, wanted), out, as_of, symbols, lines, cluster, workers, checkpoint)
        else:
            tally = _here(read(reader, wanted), out, as_of, symbols, lines, strict)
        placed = reader.place(tally.faults)
    count = tally.bad.total() + len(misspelt)
    if not tally.rows and not count:
        nothing = unusable(file, T("データがない；1行以上が要る", "no rows; expected one or more"))
        raise BadInput(tally.broken_off or nothing.problems)
    _tell([*misspelt, *(told(file, line, fault) for line, fault in placed)], count, tally.broken_off)
    click.echo(json.dumps(_summary(file, as_of, tally, time.perf_counter() - began), ensure_ascii=False), err=True)
    if count or tally.broken_off:
        ctx.exit(2)


def _tell(problems: list[Problem], count: int, broken_off: tuple[Problem, ...]) -> None:
    """The first problems, how many more there are, and why the reading ended early."""
    lines = [problem.said(language()) for problem in problems[:SHOWN]]
    if (left := count - len(lines)) > 0:
        lines.append(T(f"ほか {left} 件", f"and {left} more")[language()])
    for line in (*lines, *(problem.said(language()) for problem in broken_off)):
        click.echo(line, err=True)


def _here(
    batches: Iterator[Batch], out: str | None, as_of: date | None, symbols: str | None, lines: bool, strict: bool
) -> Tally:
    with ahead(batches) as coming, open_writer(out, OUTPUT, _form(lines)) as write:
        docket = _docket(symbols, as_of)
        with behind(write) as later, progress() as advance:
            return screen(coming, docket, later, strict, advance)


def _in_parts(
    batches: Iterator[Batch], out: str | None, as_of: date | None, symbols: str | None, lines: bool,
    cluster: str | None, workers: int | None, checkpoint: str | None,
) -> Tally:  # fmt: skip
    from kaname.cluster.works.screening import Screening, tables, tallied

    _symbol_list(symbols)  # is it one?
    broken_off: list[Problem] = []

    def whole() -> Iterator[Batch]:
        try:
            yield from batches
        except BadInput as error:  # what came before it is screened and told all the same
            broken_off.extend(error.problems)

    with folder_of(checkpoint) as folder:
        work = Screening.of(whole(), folder, as_of, Path(symbols) if symbols else None)
        kept = finished(work, folder, cluster, workers)
        with open_writer(out, OUTPUT, _form(lines)) as write:
            for table in tables(kept):
                write(table)
        tally = tallied(kept, SHOWN)
    tally.broken_off = tuple(broken_off)
    return tally


def _form(lines: bool) -> str | None:
    """JSON where it is asked for; else what the name of the file says."""
    return "jsonl" if lines else None


def _docket(symbols: str | None, as_of: date | None) -> "Docket":
    from kaname.regimes.patents.docket import Docket  # brings a compiler along; the first batches are read meanwhile

    return Docket(_symbol_list(symbols), as_of)


def _mapping(reader: Reader, column: tuple[str, ...]) -> tuple[dict[str, str], list[Problem]]:
    """Which column of the file feeds which field, and columns that look like a misspelt field. Raises BadInput."""
    names = reader.names
    wanted = {name: name for name in FIELDS if name in names}
    have = ", ".join(names)
    for given in column:
        name, equals, source = given.partition("=")
        if not equals:
            raise BadInput(
                [Problem("--column", 0, given, T("= がない；NAME=SOURCE の形で", "no =; expected NAME=SOURCE"))]
            )
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            text = T(f"{name} という項目はない；使えるのは {known}", f"no field {name}; expected one of {known}")
            raise BadInput([Problem("--column", 0, given, text)])
        if source not in names:
            text = T(f"{source} という列はない；ある列は {have}", f"no column {source}; expected one of {have}")
            raise BadInput([Problem("--column", 0, given, text)])
        wanted[name] = source
    missing = [name for name in REQUIRED if name not in wanted]
    if missing:
        raise BadInput(
            Problem(reader.name, 1, name, T(f"列がない；ある列は {have}；--column {name}=… で対応を示せる",
                                            f"no such column; the file has {have}; map one with --column {name}=..."))
            for name in missing
        )  # fmt: skip
    return wanted, [
        Problem(reader.name, 1, name, T(f"不明な項目；{field} なら --column {field}={name}",
                                        f"unknown field; if {field} is meant: --column {field}={name}"))
        for name, field in lookalikes(names, wanted).items()
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


def _summary(file: str, as_of: date | None, tally: Tally, seconds: float) -> dict[str, object]:
    by_field: dict[str, dict[str, int]] = {}
    for (outcome, number), count in sorted(tally.counts.items(), key=lambda pair: pair[0][1]):
        if number:
            by_field.setdefault(str(number), {})[outcome] = count
    return {
        "file": file,
        "as_of": as_of.isoformat() if as_of else None,
        "rows": tally.rows,
        "outcome": tally.outcomes,
        "field": by_field,
        "bad": tally.bad,
        "seconds": round(seconds, 3),
    }
