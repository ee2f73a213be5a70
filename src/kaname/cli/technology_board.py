"""`kaname technology board`: each technology with its concepts, calls, projects and councils, out of ledgers."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kaname.cli import params, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import catalogue
from kaname.cli.language import language
from kaname.cli.ledger_file import folded, read_ledger
from kaname.files.problems import BadInput, Problem
from kaname.law import Lang, T, Text
from kaname.procedure import Standing
from kaname.regimes.technology.board import STEPS, Board, Call, Cell, Concept, Line, Project, board, sums

_ABOUT = T(
    """台帳を KIND=LEDGER の形で並べると、技術ごとに構想、公募、課題、協議会を示す。
どの技術にもつながらないものは別に示す。""",
    """Give ledgers as KIND=LEDGER: each technology is shown with its concepts, calls, projects and councils, and by
itself what stands under none.""",
)
_KINDS = ("technology.concept", "technology.call", "technology.project", "technology.council")
_APART = T("どの技術にもつながらないもの", "Under no technology")


@bilingual(
    "board",
    _ABOUT,
    "kaname technology board technology.concept=concept.jsonl technology.project=project.jsonl --as-of 2026-01-15",
)
@argument("ledgers", T("台帳、KIND=LEDGER の形", "ledgers, as KIND=LEDGER"), nargs=-1, required=True)
@option("--as-of", type=params.Day(), metavar="DAY", about=show.AS_OF)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(ledgers: tuple[str, ...], as_of: date | None, as_json: bool) -> None:
    day = as_of or params.today()
    found = board([_case(given, day) for given in ledgers], day)
    if as_json:
        show.as_json(data(found, language()))
    else:
        show.lines(told(found, language()))


def _case(given: str, day: date) -> tuple[str, Standing]:
    kind, equals, path = given.partition("=")
    if not equals or kind not in _KINDS:
        known = ", ".join(_KINDS)
        text = T(f"「{given}」は使えない；KIND=LEDGER の形で、KIND は {known}",
                 f"cannot use {given!r}; expected KIND=LEDGER with KIND one of: {known}")  # fmt: skip
        raise BadInput([Problem("LEDGERS", 0, "", text)])
    of = catalogue()[kind]
    return path, folded(of, read_ledger(path, of), day)


def _cells(of: Line | Board) -> tuple[Cell, ...]:
    return (*of.concepts, *of.calls, *of.projects, *of.councils)


def told(found: Board, lang: Lang) -> list[str]:
    """Technologies about which there is a case, each cell a line, and the money of the projects."""
    counts = found.counts()
    lines = [T(f"{found.as_of} の技術 {counts['all']}", f"{counts['all']} technologies on {found.as_of}")[lang]]
    lines += show.columns([[STEPS[step][lang], str(n)] for step, n in counts.items() if step != "all"])
    for line in found.lines:
        if _cells(line):
            title = T(f"{line.technology.id} {line.technology.label.ja}（{line.vision.label.ja}）",
                      f"{line.technology.id} {line.technology.label.en} ({line.vision.label.en})")  # fmt: skip
            lines += show.section(title, show.columns(list(_rows(_cells(line), lang))), lang)
    lines += show.section(_APART, show.columns(list(_rows(_cells(found), lang))), lang)
    every = {p.case: p for line in found.lines for p in line.projects} | {p.case: p for p in found.projects}
    money = sums(every.values())
    if money.projects:
        told_of = T(
            f"課題{money.projects}件の契約 {money.contracted:,}円、支出 {money.spent:,}円、超過 {money.over:,}円",
            f"projects: {money.projects}; contracted {money.contracted:,} yen, spent {money.spent:,} yen, "
            f"over by {money.over:,} yen")  # fmt: skip
        lines += ["", told_of[lang]]
    return lines


def _rows(cells: Iterable[Cell], lang: Lang) -> Iterator[list[str]]:
    for cell in cells:
        yield [_sort(cell)[lang], cell.title, cell.label[lang], _more(cell)[lang]]


def _sort(cell: Cell) -> Text:
    if isinstance(cell, Concept):
        return T("構想", "concept")
    if isinstance(cell, Call):
        return T("公募", "call")
    return T("課題", "project") if isinstance(cell, Project) else T("協議会", "council")


def _more(cell: Cell) -> Text:
    """What there is to note of a cell, never smoothed over."""
    if isinstance(cell, Concept) and cell.without_vision:
        return T("ビジョンに掲げられていない", "named by no vision")
    if isinstance(cell, Call):
        counts = T(f"応募 {cell.proposals}、採択 {cell.adopted}／{cell.slots}",
                   f"{cell.proposals} proposals, {cell.adopted} of {cell.slots} adopted")  # fmt: skip
        closed = T("、閉庁日に締切", ", closes on a closed day") if cell.on_closed_day else T("", "")
        return T(counts.ja + closed.ja, counts.en + closed.en)
    if isinstance(cell, Project):
        if cell.over_budget:
            return T(f"契約額を{cell.over_budget:,}円超過", f"{cell.over_budget:,} yen over the contract")
        return T(f"{cell.spent:,}／{cell.amount:,}円", f"{cell.spent:,} of {cell.amount:,} yen")
    return T("", "")


def data(found: Board, lang: Lang) -> dict[str, Any]:
    return {
        "as_of": found.as_of.isoformat(), "counts": found.counts(),
        "technologies": [
            {"id": line.technology.id, "vision": line.vision.number, "step": line.step,
             "cases": [_cell(c, lang) for c in _cells(line)]}
            for line in found.lines
        ],
        "apart": [_cell(c, lang) for c in _cells(found)],
    }  # fmt: skip


def _cell(cell: Cell, lang: Lang) -> dict[str, str]:
    return {
        "sort": _sort(cell).en, "case": cell.case, "title": cell.title, "state": cell.state, "label": cell.label[lang],
        "note": _more(cell)[lang],
    }  # fmt: skip
