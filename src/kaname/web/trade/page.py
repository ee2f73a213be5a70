"""The page of a product as plain values: the answer, bars, lines, the two years, other figures, thresholds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kaname.assess.trade.evidence import PUBLISHED, SETTABLE
from kaname.assess.trade.figures import Figure
from kaname.assess.trade.stated import MEASURES, NOBODY, REST
from kaname.assess.trade.turning import Side, judged
from kaname.desk.trade import Shown
from kaname.law import T, Text
from kaname.web.parts.tiles import TileMap
from kaname.web.templatetags.kaname import lang
from kaname.web.trade import told
from kaname.web.trade.charts import Dumbbell, Lines, dumbbell, lines
from kaname.web.trade.world import world

_LINES = ("top_1", "top_3", "hhi")
_SHORT = {"top_1": T("最大の国", "largest"), "top_3": T("上位3か国", "three largest"), "hhi": T("集中度（HHI）", "HHI")}
_DUMBBELL = 6
_WORTH_TELLING = 0.01  # of the total
SIDES = {
    Side.OVER: ("over", T("上回る", "over")), Side.UNDER: ("under", T("上回らない", "not over")),
    Side.OPEN: ("open", T("決まらない", "open")), Side.NO_DATA: ("open", T("データなし", "no data")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as a row: what it is, its value, its uncertainty; `href`: why."""

    title: Text
    value: Text
    bounds: Text
    drawn: Text
    href: str
    share: float | None = None
    amount: Text | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure beside what somebody set, and what would change the answer."""

    name: str
    label: Text
    value: Text
    text: str  # as typed
    mark: str
    side: Text | None
    change: Text
    published: Text


class ProductPage:
    """What the template shows. `why`: the address of a figure by its number."""

    def __init__(self, shown: Shown, why: Callable[[int], str], thresholds: Mapping[str, float]) -> None:
        self.shown, self._why, self._thresholds = shown, why, thresholds
        self.figures = shown.page.figures
        self.unit = shown.read.flows.currency if shown.asked.by == "value" else "kg"
        self.importer = told.country(shown.asked.importer)
        self.years = sorted({f.year for f in self.figures if f.value is not None})
        self.latest = self.years[-1] if self.years else shown.asked.years[-1]
        self.missing = [year for year in shown.asked.years if year not in self.years]
        self._number = {id(figure): n for n, figure in enumerate(self.figures)}

    def why(self, figure: Figure) -> str:
        """The address that explains a figure."""
        return self._why(self._number[id(figure)])

    # -- the answer ----------------------------------------------------------------------------------------------------

    @property
    def answer(self) -> list[Text]:
        name, who, year = self.shown.bundle.name, self.importer, self.latest
        top = self._one("top_1", year)
        if not self.years:
            return [T(
                f"聞かれた年の、{who.ja}の {name} の行がこの表にありません（零とは限りません）。",
                f"This table has no rows of {name} for {who.en} in the years asked for; that is not zero.",
            )]  # fmt: skip
        if top is None or top.value is None:
            if self._one("imports", year) is None and (made := self._one("production_top_1", year)) is not None:
                where = told.country(made.partner)
                return [T(f"{year}年、{name} の世界の生産の{told.number(made.value, 'top_1').ja}は{where.ja}です。",
                          f"In {year}, {told.number(made.value, 'top_1').en} of world production of {name} was in"
                          f" {where.en}.")]  # fmt: skip
            return [T(f"{who.ja}の {name} の輸入が、どの国からかは、この表から分かりません。",
                      f"From whom {who.en} imports {name} cannot be told from this table.")]  # fmt: skip
        supplier, share = told.country(top.partner), told.value(top, "")
        three = self._one("top_3", year)
        if three is not None and three.value == top.value:
            three = None  # no more suppliers than one
        said = [T(
            f"{year}年、{who.ja}は {name} の輸入の{share.ja}を{supplier.ja}に頼っています"
            + (f"（上位3か国で{told.value(three, '').ja}）。" if three and three.value is not None else "。"),
            f"In {year}, {who.en} took {share.en} of its imports of {name} from {supplier.en}"
            + (f" ({told.value(three, '').en} from the three largest)." if three and three.value is not None else "."),
        )]  # fmt: skip
        if (index := self._one("hhi", year)) is not None and index.value:
            equal = 1 / index.value
            low, high = index.drawn or (None, None)
            drawn = told.span(low, high, "hhi")
            said.append(T(
                f"集中度（HHI）は{index.value:.3f}で、同じ大きさの{equal:.1f}か国から買うのと同じです"
                + (f"（報告の誤差を入れると{drawn.ja}）。" if drawn.ja else "。"),
                f"The concentration (HHI) is {index.value:.3f}, as if {equal:.1f} countries of one size supplied it"
                + (f" ({drawn.en} with the error of reports)." if drawn.en else "."),
            ))  # fmt: skip
        said += self._nobodys(top)
        if len(self.years) > 1 and (before := self._one("top_1", self.years[0])) and before.value is not None:
            moved = top.value - before.value
            word = T("増えました", "rose") if moved > 0 else T("減りました", "fell")
            points = f"{abs(moved) * 100:.1f}"
            said.append(T(f"{before.year}年からは{points}ポイント{word.ja}。",
                          f"The largest share {word.en} by {points} points since {before.year}.")
                        if float(points) else
                        T(f"{before.year}年と変わりません。",
                          f"The largest share is what it was in {before.year}."))  # fmt: skip
        return said

    def _nobodys(self, top: Figure) -> list[Text]:
        """What is in the total and of no country that the table names."""
        amounts = {code: float(amount) for code, amount in top.inputs["amounts"].items()}
        part = (amounts.get(REST, 0.0) + amounts.get(NOBODY, 0.0)) / sum(amounts.values())
        if part < _WORTH_TELLING:
            return []
        plain = told.percent(part)
        return [T(f"{plain}分は、どの国からかがこの表から分かりません。",
                  f"For {plain} this table does not say from where.")]  # fmt: skip

    def _one(self, measure: str, year: int) -> Figure | None:
        return next((f for f in self.figures if f.measure == measure and f.year == year and not f.of), None)

    def _told(self, figure: Figure, share: float | None = None, amount: Text | None = None) -> Told:
        low, high = figure.drawn or (None, None)
        title = told.title(figure) if share is None else told.partners(figure.partner)
        return Told(title, told.value(figure, self.unit),
                    told.span(figure.low, figure.high, figure.measure), told.span(low, high, figure.measure),
                    self.why(figure), share, amount)  # fmt: skip

    # -- drawings and their tables -------------------------------------------------------------------------------------

    @property
    def suppliers(self) -> list[Told]:
        """Shares of the latest year, the largest first, with what each supplied."""
        found = []
        for figure in self.figures:
            if figure.measure == "share" and figure.year == self.latest and figure.value is not None:
                supplied = told.amount(float(figure.inputs["amounts"].get(figure.partner, 0)), self.unit)
                found.append(self._told(figure, figure.value, supplied))
        return sorted(found, key=lambda one: -(one.share or 0))

    @property
    def map(self) -> TileMap | None:
        """Where the suppliers of the latest year lie: all of them, not only the largest that have a row."""
        shares = self._shares(self.latest)
        return world(shares) if shares else None

    @property
    def chart(self) -> Lines | None:
        """Top 1, top 3 and HHI over the years, with the ends that the error of reports gives."""
        series = {}
        for measure in _LINES:
            values = {}
            for figure in self.figures:
                if figure.measure == measure and figure.value is not None:
                    low, high = figure.drawn or (None, None)
                    values[figure.year] = (figure.value, low, high)
            if values:
                series[measure] = (_SHORT[measure][lang()], values)
        return lines(self.years, series) if series and len(self.years) > 1 else None

    @property
    def by_year(self) -> list[tuple[int, list[Told | None]]]:
        """Imports, top 1, top 3 and HHI of each year asked for; a year without data is one."""
        found = []
        for year in self.shown.asked.years:
            each = (self._one(measure, year) for measure in ("imports", *_LINES))
            found.append((year, [None if f is None or f.value is None else self._told(f) for f in each]))
        return found

    @property
    def has_trade(self) -> bool:
        return any(f.measure == "imports" for f in self.figures)

    @property
    def two_years(self) -> tuple[int, int] | None:
        return (self.years[0], self.years[-1]) if len(self.years) > 1 else None

    @property
    def pairs(self) -> list[tuple[Text, float, float]]:
        """The suppliers that are largest in either of two years, with their shares."""
        if self.two_years is None:
            return []
        first, last = (self._shares(year) for year in self.two_years)
        ranked = {f.partner for f in self.figures if f.measure == "share" and f.year in self.two_years}
        codes = sorted(ranked, key=lambda c: -max(first.get(c, 0), last.get(c, 0)))[:_DUMBBELL]
        return [(told.country(code), first.get(code, 0.0), last.get(code, 0.0)) for code in codes]

    def _shares(self, year: int) -> dict[str, float]:
        """Of all suppliers of a year, also those too small for a figure of their own."""
        top = self._one("top_1", year)
        amounts = {code: float(amount) for code, amount in top.inputs["amounts"].items()} if top else {}
        total = sum(amounts.values())
        return {code: amount / total for code, amount in amounts.items()} if total else {}

    @property
    def pairs_told(self) -> list[tuple[Text, tuple[str, str]]]:
        return [(name, (told.percent(before), told.percent(after))) for name, before, after in self.pairs]

    @property
    def dumbbell(self) -> Dumbbell:
        def said(before: float, after: float) -> str:
            return f"{told.percent(before)} → {told.percent(after)}"

        return dumbbell([(name[lang()], before, after, said(before, after)) for name, before, after in self.pairs])

    # -- the rest ------------------------------------------------------------------------------------------------------

    @property
    def others(self) -> list[Told]:
        """Every other figure of the latest year."""
        seen = {"share", "imports", *_LINES, "production_share"}
        return [self._told(f) for f in self.figures if f.year == self.latest and f.measure not in seen]

    @property
    def producers(self) -> list[Told]:
        return [self._told(f, f.value) for f in self.figures
                if f.measure == "production_share" and f.year == self.latest]  # fmt: skip

    @property
    def thresholds(self) -> list[Threshold]:
        """Those that can be set, with their figure of the latest year where the page has one."""
        there = {f.measure for f in self.figures if f.year == self.latest}
        return [self._threshold(name) for name in SETTABLE if name in there or name in self._thresholds]

    def _threshold(self, name: str) -> Threshold:
        figure = next((f for f in self.figures if f.measure == name and f.year == self.latest), None)
        label = MEASURES[name].title
        line, who = PUBLISHED.get(name, (None, ""))
        published = T("", "") if line is None else T(f"{line:g}（{who}）", f"{line:g} ({who})")
        known = told.NONE if figure is None else told.value(figure, self.unit)
        if name not in self._thresholds:
            return Threshold(name, label, known, "", "", None, T("", ""), published)
        wanted = self._thresholds[name]
        text = f"{wanted:g}"
        if figure is None:
            mark, side = SIDES[Side.NO_DATA]
            return Threshold(name, label, known, text, mark, side, T("", ""), published)
        found = judged(figure, wanted)
        mark, side = SIDES[found.side]
        return Threshold(name, label, known, text, mark, side, _change(found, figure), published)

    @property
    def notes(self) -> list[Any]:
        return [note.said() for note in self.shown.page.notes]


def _change(found: Any, figure: Figure) -> Text:
    """What would change the answer, in one sentence."""
    said: list[Text] = []
    if found.moved is not None:
        moved = told.percent(found.moved)
        said.append(T(f"最大の相手国から輸入全体の{moved}分が、小さな相手国に分かれて移れば、線に並びます。",
                      f"If {moved} of all imports moved from the largest supplier to many small ones, it would meet the"
                      " line."))  # fmt: skip
    elif found.distance is not None and found.side is not Side.OPEN:
        apart = told.number(abs(found.distance), figure.measure, "", difference=True)
        said.append(T(f"線から{apart.ja.lstrip('+')}離れています。", f"It is {apart.en.lstrip('+')} from the line."))
    if found.side is Side.OPEN:
        said.append(T("特定されていない相手国がどこかによって変わります。",
                      "It depends on who the partners are that nobody specified."))  # fmt: skip
    elif not found.certain and found.side is not Side.NO_DATA:
        said.append(T("報告の誤差の範囲で、反対にもなり得ます。",
                      "Within the error of reports it could be the other way."))  # fmt: skip
    return T("".join(one.ja for one in said), " ".join(one.en for one in said))
