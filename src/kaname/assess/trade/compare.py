"""Candidates side by side: several products x the four requirements and the indicators somebody chose, over years.

Every figure is that of the product's own page. Thresholds are the user's; how many of them a candidate is over is
counted, nothing more: it is no ranking, and none of it says whether a requirement is met.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.evidence import MEANS
from kaname.assess.trade.figures import Figure
from kaname.assess.trade.notes import Note
from kaname.assess.trade.page import Page
from kaname.assess.trade.products import Bundle, Listed, bundle
from kaname.assess.trade.run import Given, read_all
from kaname.assess.trade.turning import Judged, Side, judged
from kaname.files.problems import BadInput, Problem
from kaname.law import T

MOST = 30  # candidates
USUAL = ("top_1", "top_3", "hhi")
# What can be compared: figures of a year that speak to a requirement. A trend is of all years, a pair of suppliers of
# whoever named them.
INDICATORS = tuple(name for name in MEANS if name not in ("trend", "share_together"))
COLUMNS = ("candidate", "requirement", "indicator", "measure", "of", "year", "value", "low", "high", "drawn_low",
           "drawn_high", "threshold", "side", "certain")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of one candidate: its figures by year, the last of them beside the threshold where one was set.

    A material or a country of which there are several figures (`of`) has a row of its own.
    """

    measure: str
    of: str
    by_year: Mapping[int, Figure]
    judged: Judged | None

    @property
    def requirement(self) -> str:
        return MEANS[self.measure][0]

    @property
    def latest(self) -> Figure | None:
        return next((self.by_year[year] for year in sorted(self.by_year, reverse=True)), None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product, its rows, what was wrong with its tables. `refused`: why nothing can be said of it."""

    name: str
    bundle: Bundle | None
    rows: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()

    def of(self, measure: str) -> list[Row]:
        return [row for row in self.rows if row.measure == measure]

    @property
    def over(self) -> int:
        """How many of the thresholds it is over, by its latest figures."""
        return sum(row.judged is not None and row.judged.side is Side.OVER for row in self.rows)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The candidates as they were given; `indicators` in the order of the requirements."""

    asked: Asked
    indicators: tuple[str, ...]
    thresholds: Mapping[str, float]
    unit: str
    candidates: tuple[Candidate, ...]

    @property
    def silent(self) -> list[str]:
        """The requirements of which no chosen indicator speaks."""
        spoken = {MEANS[name][0] for name in self.indicators}
        return [id for id in ("r1", "r2", "r3", "r4") if id not in spoken]

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """The table: a line for each candidate, indicator and year asked for; a year without data has no value."""
        for one in self.candidates:
            for row in one.rows:
                for year in self.asked.years:
                    yield _line(one.name, row, year)

    def figures(self, one: Candidate) -> list[dict[str, Any]]:
        """The lines of one candidate by the names of their columns."""
        return [dict(zip(COLUMNS[1:], _line(one.name, row, year)[1:], strict=True))
                for row in one.rows for year in self.asked.years]  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        return {
            "importer": self.asked.importer, "by": self.asked.by, "unit": self.unit, "years": list(self.asked.years),
            "indicators": list(self.indicators), "silent": self.silent, "thresholds": dict(self.thresholds),
            "candidates": [
                {"name": one.name, "unverified": one.bundle is not None and one.bundle.unverified, "over": one.over,
                 "figures": self.figures(one),
                 "notes": [note.as_json() for note in one.notes],
                 "problems": [_told(p) for p in (*one.refused, *one.problems)]}
                for one in self.candidates
            ],
        }  # fmt: skip


def indicators_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Indicators by the names of their measures, in the order of the requirements; none: the usual. Raises BadInput."""
    wanted = [text.strip() for text in texts if text.strip()] or list(USUAL)
    unknown = [text for text in wanted if text not in INDICATORS]
    if unknown:
        known = " ".join(INDICATORS)
        wrong = T(f"知らない指標；次のどれかが要る：{known}", f"no such indicator; expected some of {known}")
        raise BadInput([Problem("--indicator", 0, text[:40], wrong) for text in unknown])
    return tuple(name for name in INDICATORS if name in wanted)


def compare(
    given: Given, texts: Sequence[str], asked: Asked, indicators: Sequence[str], thresholds: Mapping[str, float],
    tables: Sequence[Listed] = (),
) -> Comparison:  # fmt: skip
    """Every product of `texts`, and every bundle that is a table, as a candidate of its own.

    One that cannot be looked at says why and stays in its place; raises BadInput where that holds of all, or of the
    question itself.
    """
    sources: list[tuple[str, list[str], list[Listed]]] = [
        *((text.strip(), [text], []) for text in texts if text.strip()),
        *((table.called or table.path, [], [table]) for table in tables),
    ]
    if not 1 < len(sources) <= MOST:
        wrong = T(f"{len(sources)}件；2から{MOST}の品目が要る", f"{len(sources)} given; expected 2 to {MOST} products")
        raise BadInput([Problem("--product", 0, "", wrong)])
    units: set[str] = set()
    found = [_candidate(given, name, each, listed, asked, indicators, thresholds, units)
             for name, each, listed in sources]  # fmt: skip
    if all(one.refused for one in found):
        raise BadInput([problem for one in found for problem in one.refused])
    return Comparison(asked, tuple(indicators), dict(thresholds), "/".join(sorted(units)), tuple(found))


def _candidate(
    given: Given, name: str, texts: list[str], listed: list[Listed], asked: Asked, indicators: Sequence[str],
    thresholds: Mapping[str, float], units: set[str],
) -> Candidate:  # fmt: skip
    chosen = None
    try:
        chosen = bundle(texts, (), listed)
        read = read_all(given, chosen)
    except BadInput as wrong:
        return Candidate(name, chosen, refused=tuple(wrong.problems))
    page = read.page(chosen, asked)
    units.add(read.flows.currency if asked.by == "value" else "kg")
    return Candidate(name, chosen, tuple(_rows(page, indicators, thresholds)), tuple(page.notes), tuple(read.problems))


def _rows(page: Page, indicators: Sequence[str], thresholds: Mapping[str, float]) -> Iterator[Row]:
    for name in indicators:
        of = dict.fromkeys(figure.of for figure in page.figures if figure.measure == name)
        for each in of or {"": None}:
            by_year = {f.year: f for f in page.figures
                       if (f.measure, f.of) == (name, each) and f.value is not None}  # fmt: skip
            line = thresholds.get(name)
            row = Row(name, each, by_year, None)
            if line is not None and row.latest is not None:
                row = Row(name, each, by_year, judged(row.latest, line))
            yield row


def _line(candidate: str, row: Row, year: int) -> tuple[Any, ...]:
    figure = row.by_year.get(year)
    low, high = (figure.drawn if figure else None) or (None, None)
    told = row.judged if row.judged is not None and row.judged.figure is figure else None
    beside = (told.threshold, told.side.value, told.certain) if told else (None,) * 3
    ends = (figure.value, figure.low, figure.high) if figure else (None,) * 3
    return candidate, *MEANS[row.measure], row.measure, row.of, year, *ends, low, high, *beside


def _told(problem: Problem) -> dict[str, Any]:
    return {"file": problem.file, "line": problem.line, "field": problem.field,
            "ja": problem.text.ja, "en": problem.text.en}  # fmt: skip


__all__ = ["COLUMNS", "INDICATORS", "MOST", "USUAL", "Candidate", "Comparison", "Row", "compare", "indicators_of"]
