"""`kaname demo`: the demonstration docket screened, and where each application stands on two days."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from kaname.cli import params, show
from kaname.cli.case_days import CaseDay
from kaname.cli.group import bilingual, option
from kaname.cli.kinds import catalogue
from kaname.cli.language import language
from kaname.law import Lang, T, Text
from kaname.procedure import Entry, Standing, bans, fold
from kaname.procedure.ahead import ends_by_time
from kaname.procedure.declare import CaseKind

_ABOUT = T(
    "見本の出願を国際特許分類で調べ（法66条1項）、それぞれの今日と --as-of の日の姿を見せる。名はすべて架空。",
    "Screen the demonstration docket (Art. 66(1)) and show where each application stands on --as-of and today. "
    "All names are invented.",
)
_TITLE = T("特許出願の非公開：見本の出願", "Non-disclosure of patent applications: demonstration docket")
_OUTCOME = {
    "in": T("該当", "caught"), "in_if_requirement": T("条件付き", "conditional"), "ask": T("内容による", "by content"),
    "near": T("近い", "near miss"), "out": T("非該当", "not caught"), "invalid": T("分類に誤り", "bad symbol"),
    "": T("分類なし", "no symbol"), "no_day": T("出願日に誤り", "bad date"), "not_filed": T("未出願", "not filed"),
}  # fmt: skip
_STYLE = {
    "in": "bold red",
    "in_if_requirement": "yellow",
    "ask": "yellow",
    "near": "yellow",
    "invalid": "magenta",
    "no_day": "magenta",
}
_HEADS = (T("番号", "number"), T("発明の名称", "title"), T("出願日", "filed"), T("調べの結果", "screening"))
_NEXT = (T("次の期日", "next date"), T("期日の名", "which date"))
_NOT_FILED, _FREE, _BANNED = T("出願前", "not yet filed"), T("自由", "free"), T("禁止", "banned")
_CHECK = T("要確認", "to be checked")
_BAN = ("foreign_filing_ban", "", "file_abroad")
_MORE = T(
    "一件を詳しく見るには kaname standing、日の数え方は kaname explain（--help に例）",
    "One case in full: kaname standing; how a day was counted: kaname explain (--help has examples)",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One application as filed, and its standings on the days asked for (None before it is filed)."""

    number: str
    title: Text
    filed: str
    standings: tuple[Standing | None, ...]


@bilingual("demo", _ABOUT, "kaname demo", "kaname demo --as-of 2025-06-01 --lang en")
@option(
    "--as-of",
    type=CaseDay(),
    default="2025-07-15",
    about=T(
        "今日と並べて見せる日（既定は 2025-07-15）",
        "a day to show beside today (default: 2025-07-15)",
    ),
)
def command(as_of: date) -> None:
    today, lang = params.today(), language()
    days = tuple(dict.fromkeys((as_of, today)))
    rows = list(_rows(catalogue()["patents.application"], days))
    heads = [*(h[lang] for h in _HEADS), *(_head(d, today)[lang] for d in days), *(n[lang] for n in _NEXT)]
    cells = [_cells(row, lang) for row in rows]
    count = Counter(_OUTCOME[_outcome(row)][lang] for row in rows)
    total = T(f"{len(rows)} 件：", f"{len(rows)} applications: ")[lang] + ", ".join(
        f"{k} {n}" for k, n in count.items()
    )
    console = Console()
    if console.is_terminal:
        console.print(_table(heads, cells, [_outcome(row) for row in rows], _TITLE[lang], console.width))
        console.print(total, _MORE[lang], sep="\n", soft_wrap=True, highlight=False)
    else:
        show.lines([_TITLE[lang], "", *show.columns([heads, *cells]), "", total, _MORE[lang]])


def _head(day: date, today: date) -> Text:
    at = T("今日", "today") if day == today else T(str(day), str(day))
    return T(f"外国出願 {at.ja}", f"abroad {at.en}")


# -- from the docket to standings -----------------------------------------------------------------------------------


def _rows(kind: CaseKind, days: tuple[date, ...]) -> Iterator[_Row]:
    with (files("kaname") / "demo" / "docket.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            ledger = list(_ledger(line))
            standings = tuple(fold(kind, ledger, d) if ledger and ledger[0].on <= d else None for d in days)
            ja, _, en = line["title"].partition(" / ")
            yield _Row(line["application_id"], T(ja, en or ja), line["filing_date"], standings)


def _ledger(line: Mapping[str, str]) -> Iterator[Entry]:
    """The acts behind one line; none where its filing day does not exist.

    A base day of its own (Art. 66(4)) is told as a translation filed later; with a base day of Art. 78(3) beside it,
    as a division made on that day.
    """
    filed, base, parent = (params.iso_day(line[n]) for n in ("filing_date", "base_date", "base_date_78"))
    if filed is None:
        return
    form = {name: line[name] for name in ("title", "abstract", "ipc") if line[name]}
    answers = {name: value == "yes" for name, value in line.items() if name.startswith("requirement_") and value}
    data: dict[str, Any] = {"application_number": line["application_id"], **form, **answers}
    if base and parent:
        yield Entry("first_review.file", base, {**data, "filing_kind": ["division"], "original_filing_date": parent})
    elif base:
        yield Entry("first_review.file", filed, {**data, "filing_kind": ["foreign_language"]})
        yield Entry("first_review.file_translation", base)
    else:
        yield Entry("first_review.file", filed, data)


# -- what is shown --------------------------------------------------------------------------------------------------


def _outcome(row: _Row) -> str:
    """The screening the case keeps, by the version of the law that its filing day chooses."""
    if not params.iso_day(row.filed):
        return "no_day"
    return next((_outcome_of(s) for s in row.standings if s), "not_filed")


def _outcome_of(standing: Standing) -> str:
    kept = standing.fact("first_review.screening")
    return str(kept["outcome"]) if kept else ""


def _cells(row: _Row, lang: Lang) -> list[str]:
    last = row.standings[-1]
    abroad = [_abroad(s)[lang] if params.iso_day(row.filed) else "" for s in row.standings]
    return [row.number, row.title[lang], row.filed, _OUTCOME[_outcome(row)][lang], *abroad, *_next(last, lang)]


def _abroad(standing: Standing | None) -> Text:
    """Whether filing abroad is free, and if not, until when by the passage of time alone."""
    if standing is None:
        return _NOT_FILED
    if not any((b.of.procedure.id, b.run, b.of.ban.id) == _BAN for b in bans(standing)):
        open_question = _outcome_of(standing) in _STYLE and standing.state("first_review") == "filed"
        return _CHECK if open_question else _FREE
    free = ends_by_time(standing).get(_BAN)
    return T(f"{free - timedelta(1)} まで禁止", f"banned to {free - timedelta(1)}") if free else _BANNED


def _next(standing: Standing | None, lang: Lang) -> tuple[str, str]:
    """The nearest last day of a running clock, and which clock it is."""
    clocks = standing.clocks.values() if standing else ()
    running = [(c.last_day, c.clock.label[lang]) for c in clocks if c.status == "running" and c.last_day]
    ahead = [(day, label) for day, label in running if standing and day >= standing.as_of]
    day, label = min(ahead, default=("", ""))
    return str(day), label


def _table(heads: list[str], cells: list[list[str]], outcomes: list[str], title: str, width: int) -> Table:
    """The rows in the width of a terminal: names are cut first, columns that say least are left out."""
    name, what = 1, len(heads) - 1
    left_out = {2, what - 1, what} if width < 110 else {what} if width < 125 else set()
    shown = [i for i in range(len(heads)) if i not in left_out]
    widths = {i: max(map(cell_len, (*heads[i].split(" "), *(row[i] for row in cells)))) for i in shown}
    room = width - 3 - sum(w + 2 for i, w in widths.items() if i not in (name, what))
    widths[name] = min(widths[name], room // 2 if what in widths else room - 2)
    if what in widths:
        widths[what] = min(widths[what], room - widths[name] - 4)
    table = Table(title=title, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), header_style="bold")
    for i in shown:
        table.add_column("\n".join(heads[i].split(" ")), no_wrap=True, width=max(8, widths[i]), overflow="ellipsis")
    for row, outcome in zip(cells, outcomes, strict=True):
        styles = {3: _STYLE.get(outcome, "")}
        table.add_row(*(Styled(row[i], style=styles.get(i, "")) for i in shown))
    return table
