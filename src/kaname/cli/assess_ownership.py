"""`kaname assess ownership`: look through shareholdings."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pyarrow as pa

from kaname.cli import outfile, params
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.cli.progress import progress
from kaname.files.batches import Fault
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.files.writers import open_writer
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.ownership.book import Book
    from kaname.assess.ownership.report import Day, Row

_SHOWN = 100
_ROWS = 65_536
_FORMATS = ("csv", "jsonl", "parquet", "bods", "ftm")
_ABOUT = T(
    """持分をたどる：直接の5%以上の保有者、過半数の支配、最終的に誰のものか（国別、種類別、上限と下限）。

FILE はBODS 0.4（JSON、JSON Lines）、FollowTheMoney（JSON Lines）、又は表（CSV、JSON Lines、Parquet）。
.gz も読む。- は標準入力。

\b
表の列（1行が1つの保有）
  holder, company       保有者と会社の識別子（必須）
  votes, capital        議決権と資本の百分率。12.5、25..50（範囲）、空欄（不明）。share は列のない方に使う
  since, until          保有した最初の日と最後の日。空欄は限りなし
  group                 共同して議決権を行使する者の組
  holder_name, holder_country, holder_kind, company_name, company_country, company_kind
                        国は JP のような2字、kind は company、person、state（政府とその機関）

\b
出力（会社ごと。--target では保有者ごと、--compare では変わった線ごと）
  holders               議決権の5%以上を直接に持つ者（又はその可能性のある者）と百分率
  controllers           議決権の過半数（50%超）を単独で、又は支配する会社を通じて持つ者。concert:組 は共同
  may_control           不明な持分次第で、そうなり得る者
  foreign_low, foreign_high   外国の保有者に最終的に属する割合の下限と上限（state は外国政府等）
  countries             最終的な保有者の国と割合
議決権が書かれていない会社では、資本が代わりになる（votes_from_capital）。集計（JSON）は標準エラーへ。""",
    """Look through shareholdings: direct holders of 5 % and more, control by majority, and whose a company is in the
end, by country and kind, with lower and upper bounds.

FILE is BODS 0.4 (JSON, JSON Lines), FollowTheMoney (JSON Lines) or a table (CSV, JSON Lines, Parquet), also .gz; - is
standard input.

\b
Columns of a table, one row a holding:
  holder, company       identifiers of holder and company (required)
  votes, capital        percent of votes and capital: 12.5, 25..50 (a range), empty (unknown); share: for
                        the one that has no column
  since, until          first and last day held; empty: no limit
  group                 a name that those who vote in concert share
  holder_name, holder_country, holder_kind, company_name, company_country, company_kind
                        country as JP; kind is company, person or state (a government or its body)

\b
Output, a row a company (with --target a holder, with --compare a line crossed):
  holders               who directly holds, or may hold, 5 % of the votes or more, and how much
  controllers           who holds over 50 % of the votes, alone or through companies controlled; concert:NAME together
  may_control           who would, depending on shares not known
  foreign_low, foreign_high   bounds of what belongs to foreign holders in the end (state: foreign governments)
  countries             countries of the ultimate holders and their shares
Where no votes of a company are stated, its capital stands in (votes_from_capital). A JSON summary goes to standard
error.""",
)


# fmt: off
@bilingual("ownership", _ABOUT, "kaname assess ownership holdings.csv --as-of 2026-04-01 -o companies.csv")
@argument("file", T("保有の一覧", "the holdings"))
@option("-o", "--out", metavar="OUT", about=T(
    "出力先（.csv、.jsonl、.parquet、.gzも）。既定は標準出力にCSV",
    "write to OUT (.csv, .jsonl, .parquet, also .gz); default: CSV to standard output"))
@option("--as-of", type=params.Day(), metavar="DAY", about=T(
    "DAYに効力のある保有（既定は今日）", "holdings in force on DAY (default: today)"))
@option("--target", metavar="ID", about=T(
    "この会社の保有者と、その計算", "the holders of this company, with the working"))
@option("--compare", type=params.Day(), metavar="DAY", about=T(
    "DAYから --as-of までに直接の議決権が越えた線（5%、25%、3分の1、50%）",
    "lines (5 %, 25 %, 1/3, 50 %) that direct votes crossed from DAY to --as-of"))
@option("--right", type=click.Choice(("capital", "votes")), default="capital", about=T(
    "最終的な割合を何でたどるか（既定は資本。保有者と支配は常に議決権）",
    "trace ultimate shares by this (default: capital; holders and control go by votes)"))
@option("--home", default="JP", metavar="COUNTRY", about=T(
    "国内とする国（既定はJP）", "the country that is domestic (default: JP)"))
@option("--entities", metavar="TABLE", about=T(
    "主体の表（id、name、country、kind）", "a table of entities: id, name, country, kind"))
@option("--column", multiple=True, metavar="NAME=SOURCE", about=T(
    "列 NAME を FILE の列 SOURCE から取る", "take column NAME from the column SOURCE of FILE"))
@option("--format", "form", type=click.Choice(_FORMATS), about=T(
    "FILE の形式（名前と中身で分からないとき）", "format of FILE, if name and content do not tell"))
@option("--encoding", default="utf-8", about=T("表の文字コード（既定はutf-8）", "encoding of a table (default: utf-8)"))
@option("--bods", metavar="OUT", about=T("読んだものをBODS 0.4として書く", "write what was read as BODS 0.4"))
@option("--json", "as_json", is_flag=True, about=T("標準出力にJSONで", "JSON to standard output"))
@option("--strict", is_flag=True, about=T("誤りがあれば何も書かない", "write nothing if anything is bad"))
@click.pass_context
def ownership(
    ctx: click.Context, file: str, out: str | None, as_of: date | None, target: str | None, compare: date | None,
    right: str, home: str, entities: str | None, column: tuple[str, ...], form: str | None, encoding: str,
    bods: str | None, as_json: bool, strict: bool,
) -> None:
    # fmt: on
    """The command. Exit status 2 if anything in the file was bad."""
    began = time.perf_counter()
    day = as_of or params.today()
    for place in filter(None, (out, bods)):
        if place != "-" and Path(place).resolve() == Path(file).resolve():
            raise unusable(place, T("入力と出力が同じ；別の名前を", "input and output are the same; name another"))
    from kaname.assess.ownership import report  # brings a compiler along
    from kaname.assess.ownership import target as target_report
    from kaname.assess.ownership.countries import country
    from kaname.assess.ownership.network import Right
    from kaname.assess.ownership.source import add_entities, open_book

    if country(home) is None:
        text = T("国コードでない；JP のような2字を", "no country code; expected two letters such as JP")
        raise BadInput([Problem("--home", 0, home, text)])
    problems: list[Problem] = []
    with open_book(file, params.today(), form, encoding, column) as book:
        if entities:
            problems += [_problem(entities, line, fault) for line, fault in add_entities(entities, book)]
        if not book.rows and not book.faults:
            raise unusable(file, T("データがない；1行以上が要る", "no rows; expected one or more"))
        if target is not None and target not in book.number:
            text = T("FILE にない識別子；会社の識別子を", "not in FILE; expected the identifier of a company")
            raise BadInput([Problem("--target", 0, target, text)])
        state = report.Day.of(book, day)
        faults = [*book.faults, *dict.fromkeys((*state.votes.faults, *state.capital.faults))]
        notes = [*book.notes, *dict.fromkeys((*state.votes.notes, *state.capital.notes))]
        problems += [_problem(file, line, fault) for line, fault in book.place(faults)]
        said = [_problem(file, line, fault) for line, fault in book.place(notes)]
    bad = Counter(problem.field for problem in problems)
    rows = 0
    if not (strict and problems):
        traced = Right(right)
        names: tuple[str, ...] = report.COMPANY
        found: Iterator[Row]
        if compare is not None:
            names, found = report.CHANGE, report.changes(book, compare, day)
        elif target is not None:
            names, found = target_report.HOLDER_OF, target_report.holders(state, target, traced, home)
        else:
            found = report.companies(state, traced, home)
        rows = _write(out, names, found, as_json, {"file": file, "as_of": day.isoformat(), "target": target})
        if bods:
            _write_bods(bods, book, day)
    _tell(problems, said)
    summary = {**_summary(file, state, day, rows), "bad": bad, "notes": len(said)}
    summary["seconds"] = round(time.perf_counter() - began, 3)
    click.echo(json.dumps(summary, ensure_ascii=False), err=True)
    if problems:
        ctx.exit(2)


def _problem(file: str, line: int, fault: Fault) -> Problem:
    from kaname.assess.ownership.book import sentence

    return Problem(file, line, fault.field, sentence(fault))


def _write(out: str | None, names: tuple[str, ...], found: "Iterator[Row]", as_json: bool, head: dict[str, Any]) -> int:
    if as_json:
        rows = list(found)
        click.echo(json.dumps({**{k: v for k, v in head.items() if v}, "rows": rows}, ensure_ascii=False, indent=2))
        if not out:
            return len(rows)
        found = iter(rows)
    count = 0
    schema = pa.schema([(name, pa.string()) for name in names])
    with open_writer(out, schema) as write, progress() as advance:
        while part := list(islice(found, _ROWS)):
            write(pa.record_batch([_texts(part, name) for name in names], schema=schema))
            count += len(part)
            advance(count)
        if not count:
            write(pa.record_batch([_texts([], name) for name in names], schema=schema))
    return count


def _texts(rows: "list[Row]", name: str) -> pa.Array:
    return pa.array([row[name] for row in rows], pa.string())


def _write_bods(place: str, book: "Book", day: date) -> None:
    from kaname.assess.ownership.bods_write import written

    outfile.write(place, written(book, day).encode())


def _tell(problems: list[Problem], notes: list[Problem]) -> None:
    """The first problems, and how many more there are; then what is worth telling and wrong with nothing."""
    note = T("注：", "note: ")[language()]
    for lines, lead in ((problems, ""), (notes, note)):
        for problem in lines[:_SHOWN]:
            click.echo(lead + problem.said(language()), err=True)
        if (left := len(lines) - _SHOWN) > 0:
            click.echo(lead + T(f"ほか {left} 件", f"and {left} more")[language()], err=True)


def _summary(file: str, state: "Day", day: date, rows: int) -> dict[str, object]:
    book, votes = state.book, state.votes
    return {
        "file": file,
        "format": book.form,
        "as_of": day.isoformat(),
        "holdings": book.rows,
        "in_force": int(votes.holder.size),
        "entities": len(book.entities),
        "in_circles": int((votes.graph.circle >= 0).sum()),
        "rows": rows,
    }
