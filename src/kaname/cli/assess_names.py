"""`kaname assess names`: screen names of entities against the lists that the user loads."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.progress import progress
from kaname.files.formats import FORMATS
from kaname.files.pipeline import ahead, behind
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.files.tables import open_reader, read
from kaname.files.writers import open_writer
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.names.run import Listed, Tally

_ABOUT = T(
    """取引先などの名称を、手元の一覧（外国ユーザーリスト、制裁対象者、自社の一覧など）の名称と照らし合わせる。

FILE と LIST はCSV、JSON Lines、Parquet（.gzも）。LIST は FollowTheMoney のJSONも。FILE は - で標準入力。
列は name（name_ja、商号 なども）、任意で id、aliases（; 又は | で区切る）、corporate_number（法人番号）。

\b
outcome
  similar      名称が似ている（同じ者とは言っていない）
  same_number  法人番号が同じ
  changed      前に決めたが、その後どちらかの名称が変わった
  cleared      別の者と決めた（--decisions）
  confirmed    要対応と決めた（--decisions）
  none         似た名称はない
  invalid      比べられる名称がない
出力に decision（cleared、confirmed）、decided_by、decided_on を書き足せば、次の --decisions になる。
集計（JSON）は標準エラーへ。""",
    """Compare names of business partners and others with the names on your own lists (end users, sanctions, your own).

FILE and LIST are CSV, JSON Lines or Parquet (also .gz), LIST also JSON of FollowTheMoney; FILE may be - for standard
input. Columns: name (also name_ja, name_en ...); optional id, aliases (separated by ; or |), corporate_number.

\b
outcome
  similar      a similar name (not: the same entity)
  same_number  the same corporate number
  changed      decided before, but a name on either side has changed since
  cleared      decided to be somebody else (--decisions)
  confirmed    decided to need attention (--decisions)
  none         no similar name
  invalid      no name to compare
The output, with decision (cleared, confirmed), decided_by and decided_on filled in, is the next --decisions. A JSON
summary goes to standard error.""",
)


class _Threshold(click.ParamType[float]):
    """A score from 0.5 to 1: below, everything resembles everything."""

    name = "score"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            found = float(value)
        except ValueError:
            found = 0.0
        if not 0.5 <= found <= 1:
            wrong = T(f"「{value}」；0.5から1までの数を", f"{value!r}; expected a number from 0.5 to 1")
            self.fail(said(wrong), param, ctx)
        return found


@bilingual("names", _ABOUT, "kaname assess names vendors.csv --list end_users.csv -o found.csv")
@argument("file", T("調べる名称の表", "the names to screen"))
@option(
    "--list",
    "lists",
    multiple=True,
    required=True,
    metavar="LIST",
    about=T(
        "照らす一覧（いくつでも）。LABEL=LIST で呼び名を付ける",
        "a list to compare with (any number); LABEL=LIST names it",
    ),
)
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
    "--threshold",
    type=_Threshold(),
    default=0.9,
    metavar="SCORE",
    about=T("この点以上を示す（0.5から1、既定は0.9）", "show scores from SCORE on (0.5 to 1; default: 0.9)"),
)
@option(
    "--column",
    multiple=True,
    metavar="NAME=SOURCE",
    about=T("列 NAME を FILE の列 SOURCE から取る", "take column NAME from the column SOURCE of FILE"),
)
@option(
    "--decisions",
    metavar="DECISIONS",
    about=T("前に決めたこと（書き足した出力）", "decisions made before (an output, filled in)"),
)
@option("--json", "as_json", is_flag=True, about=T("CSVでなくJSON Linesで出す", "write JSON Lines instead of CSV"))
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    about=T("FILE の形式（名前で分からないとき）", "format of FILE, if its name does not tell"),
)
@option(
    "--encoding",
    default="utf-8",
    about=T("FILE の文字コード（cp932など。既定はutf-8）", "encoding of FILE, such as cp932 (default: utf-8)"),
)
@option(
    "--list-encoding",
    default="utf-8",
    about=T("一覧の文字コード（既定はutf-8）", "encoding of the lists (default: utf-8)"),
)
@option("--strict", is_flag=True, about=T("最初の誤りで止まる", "stop at the first bad row"))
@option(
    "--fail",
    is_flag=True,
    about=T("決めていない該当があれば終了状態を1にする", "exit with status 1 if findings wait for a decision"),
)
@click.pass_context
def command(
    ctx: click.Context, file: str, lists: tuple[str, ...], out: str | None, threshold: float, column: tuple[str, ...],
    decisions: str | None, as_json: bool, form: str | None, encoding: str, list_encoding: str, strict: bool, fail: bool,
) -> None:  # fmt: skip
    """The command. Exit status 2 if anything in a file was bad, else 1 if asked to fail and there are open findings."""
    from kaname.assess.names import run  # brings a compiler along: not for --help
    from kaname.assess.names.decisions import Decisions
    from kaname.assess.names.screening import Screen
    from kaname.assess.names.subjects import FIELDS, layout
    from kaname.assess.names.table import OPEN, OUTPUT

    began = time.perf_counter()
    for given in (file, decisions, *(given.rpartition("=")[2] for given in lists)):
        if out and out != "-" and given and Path(out).resolve() == Path(given).resolve():
            raise unusable(out, T("入力と出力が同じ；別の名前を", "input and output are the same; name another"))
    listed = [run.read_list(given, list_encoding, strict) for given in lists]
    _told_apart(listed)
    made = run.read_decisions(decisions, "utf-8") if decisions else Decisions()
    screen = Screen([entity for each in listed for entity in each.entities], threshold)
    with open_reader(file, form, encoding) as reader:
        shape = layout(reader, run.given_columns(column, reader.names, FIELDS))
        with (
            ahead(read(reader, shape.wanted)) as batches,
            open_writer(out, OUTPUT, "jsonl" if as_json else None) as write,
            behind(write) as later,
            progress() as advance,
        ):
            tally = run.screen_file(batches, shape, screen, made, later, strict, advance)
        placed = reader.place(tally.faults)
    if not tally.rows and not tally.bad:
        nothing = unusable(file, T("データがない；1行以上が要る", "no rows; expected one or more"))
        raise BadInput(tally.broken_off or nothing.problems)
    bad = tally.bad.total() + sum(each.bad for each in listed)
    problems = [p for each in listed for p in each.problems] + [run.told(file, line, f) for line, f in placed]
    _tell(problems, bad, tally)
    summary = run.summary(file, listed, threshold, tally) | {"seconds": round(time.perf_counter() - began, 3)}
    click.echo(json.dumps(summary, ensure_ascii=False), err=True)
    if bad or tally.broken_off:
        ctx.exit(2)
    if fail and tally.open(OPEN):
        ctx.exit(1)


def _told_apart(listed: "list[Listed]") -> None:
    """Decisions know a list by its label, so no two may share one. Raises BadInput."""
    labels = [each.label for each in listed]
    if twice := {label for label in labels if labels.count(label) > 1}:
        text = T(
            "同じ呼び名の一覧が二つ以上ある；LABEL=LIST で区別する",
            "two lists of this name; tell them apart with LABEL=LIST",
        )
        raise BadInput(Problem("--list", 0, label, text) for label in sorted(twice))


def _tell(problems: list[Problem], count: int, tally: "Tally") -> None:
    """The first problems, how many more there are, and why the reading ended early."""
    lines = [problem.said(language()) for problem in problems]
    if (left := count - len(lines)) > 0:
        lines.append(T(f"ほか {left} 件", f"and {left} more")[language()])
    for line in (*lines, *(problem.said(language()) for problem in tally.broken_off)):
        click.echo(line, err=True)
