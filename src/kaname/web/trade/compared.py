"""Candidates side by side as plain values: the answer, the matrix, each indicator over the years, what people found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kaname.assess.trade.compare import Candidate, Comparison, Row
from kaname.assess.trade.evidence import MEANS
from kaname.assess.trade.stated import MEASURES
from kaname.law import T, Text
from kaname.regimes.supply.catalogue.requirements import REQUIREMENTS
from kaname.web.templatetags.kaname import lang
from kaname.web.trade import told
from kaname.web.trade.charts import Dumbbell, dumbbell
from kaname.web.trade.page import SIDES


@dataclass(frozen=True, slots=True)
class Cell:
    """A value. `heat`: from 0 to 1 where the measure lies there, else None; `year`: where it is not the last asked."""

    value: Text
    heat: float | None
    mark: str = ""
    side: Text | None = None
    certain: bool = True
    year: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate (and the material its figures are of) with its cells; `href`: its own page."""

    name: str
    href: str
    cells: Sequence[Cell | None]
    over: int | None = None


@dataclass(frozen=True, slots=True)
class ByYear:
    """One indicator over the years; `dumbbell`: its first and last year, where it is a share or an index."""

    title: Text
    requirement: Text
    years: Sequence[int]
    lines: Sequence[Line]
    dumbbell: Dumbbell | None
    ends: tuple[int, int] | None


class ComparedPage:
    """What the template shows. `href`: the page of a candidate, by what it was asked for."""

    def __init__(self, found: Comparison, href: Callable[[Candidate], str]) -> None:
        self.found, self._href = found, href
        self.importer = told.country(found.asked.importer)
        self.years = sorted({y for one in found.candidates for row in one.rows for y in row.by_year})
        self.latest = self.years[-1] if self.years else found.asked.years[-1]

    @property
    def answer(self) -> list[Text]:
        names, lines = len(self.found.candidates), len(self.found.thresholds)
        who, year = self.importer, self.latest
        first = T(f"{who.ja}の輸入で、{names}の候補を{year}年まで並べました。",
                  f"{names} candidates side by side for imports of {who.en}, up to {year}.")  # fmt: skip
        most = max(one.over for one in self.found.candidates)
        if lines and most:
            top = [one.name for one in self.found.candidates if one.over == most]
            first = T(f"あなたの線を最も多く上回るのは {'、'.join(top)} です（{lines}本のうち{most}本）。",
                      f"Over the most of your lines: {', '.join(top)} ({most} of {lines}).")  # fmt: skip
        elif lines:
            first = T("あなたの線を上回る候補はありません。", "No candidate is over any of your lines.")
        return [
            first,
            T("順位ではなく、要件を満たすかどうかも書いていません。法令に数値の基準はなく、人が理由を付けて判断します。",
              "This is no ranking, and does not say whether a requirement is met: no number stands in the law, a person"
              " judges, with reasons."),
        ]  # fmt: skip

    @property
    def heads(self) -> list[tuple[Text, list[Text]]]:
        """The requirements that have indicators here, each with the titles of its columns."""
        return [(REQUIREMENTS[id].name, [MEASURES[name].title for name in self._of(id)])
                for id in REQUIREMENTS if self._of(id)]  # fmt: skip

    @property
    def silent(self) -> list[Text]:
        return [REQUIREMENTS[id].name for id in self.found.silent]

    @property
    def matrix(self) -> list[Line]:
        """A line a candidate, with the latest figure of each indicator; of several (materials) the largest."""
        made = []
        for one in self.found.candidates:
            cells = [self._largest(one.of(name)) for id in REQUIREMENTS for name in self._of(id)]
            made.append(Line(one.name, self._href(one), cells, one.over if self.found.thresholds else None))
        return made

    @property
    def refused(self) -> list[tuple[str, list[Text]]]:
        return [(one.name, [p.text for p in one.refused]) for one in self.found.candidates if one.refused]

    @property
    def bad(self) -> list[tuple[str, int]]:
        return [(one.name, len(one.problems)) for one in self.found.candidates if one.problems]

    @property
    def unverified(self) -> list[str]:
        return [one.name for one in self.found.candidates if one.bundle is not None and one.bundle.unverified]

    @property
    def notes(self) -> list[Text]:
        found: dict[str, Text] = {}
        for one in self.found.candidates:
            for note in one.notes:
                said = note.said()
                found.setdefault(said.en, said)
        return list(found.values())

    @property
    def by_year(self) -> list[ByYear]:
        return [self._by_year(name) for name in self.found.indicators]

    def _by_year(self, name: str) -> ByYear:
        lines, pairs = [], []
        ends = (self.years[0], self.years[-1]) if len(self.years) > 1 else None
        for one in self.found.candidates:
            for row in one.of(name):
                label = f"{one.name}（{row.of}）" if row.of else one.name
                lines.append(Line(label, self._href(one), [self._cell(row, year) for year in self.found.asked.years]))
                if ends and _between(name) and ends[0] in row.by_year and ends[1] in row.by_year:
                    first, last = (row.by_year[year].value or 0.0 for year in ends)
                    said = f"{told.number(first, name)[lang()]} → {told.number(last, name)[lang()]}"
                    pairs.append((label, first, last, said))
        return ByYear(MEASURES[name].title, REQUIREMENTS[MEANS[name][0]].name, self.found.asked.years, lines,
                      dumbbell(pairs) if pairs else None, ends)  # fmt: skip

    def _of(self, requirement: str) -> list[str]:
        return [name for name in self.found.indicators if MEANS[name][0] == requirement]

    def _largest(self, rows: list[Row]) -> Cell | None:
        known = [row for row in rows if row.latest is not None]
        if not known:
            return None
        row = max(known, key=lambda row: row.latest.value or 0.0 if row.latest else 0.0)
        return self._cell(row, row.latest.year if row.latest else self.latest)

    def _cell(self, row: Row, year: int) -> Cell | None:
        figure = row.by_year.get(year)
        if figure is None:
            return None
        mark, side, certain = "", None, True
        if row.judged is not None and row.judged.figure is figure:
            mark, side = SIDES[row.judged.side]
            certain = row.judged.certain
        heat = min(max(figure.value or 0.0, 0.0), 1.0) if _between(row.measure) else None
        return Cell(told.value(figure, self.found.unit), None if heat is None else round(heat, 2), mark, side, certain,
                    str(year) if year != self.latest else "")  # fmt: skip


def _between(name: str) -> bool:
    """Whether a measure lies between 0 and 1."""
    return told.number(0.5, name).en == "50.0 %" or told.number(0.5, name).en == "0.500"


@dataclass(frozen=True, slots=True)
class Finding:
    """What people found of a candidate in a case of the office, requirement by requirement."""

    name: str
    case: Text
    href: str
    met: Sequence[Text]


_MET: Mapping[bool | None, Text] = {
    True: T("満たす", "met"), False: T("満たさない", "not met"), None: T("判断なし", "not judged"),
}  # fmt: skip


def met(found: bool | None) -> Text:
    return _MET[found]
