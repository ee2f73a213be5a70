"""The pages of shocks as plain values: the answer, the way of the loss, days, the ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

import numpy as np

from kaname.assess.network.drawn_risk import TOP, DrawnRisk
from kaname.assess.network.imports import Cut, Lost
from kaname.assess.network.inventory import Series
from kaname.assess.network.net import by_name
from kaname.assess.network.risk import Settings
from kaname.assess.network.sectors import Sectors
from kaname.assess.network.study import Study
from kaname.law import T, Text
from kaname.web.parts.tiles import TileMap
from kaname.web.shocks import told
from kaname.web.shocks.drawing import Drawing, drawing
from kaname.web.shocks.tiles import tiles
from kaname.web.templatetags.kaname import lang
from kaname.web.trade.charts import Lines, lines

SHOWN = 20
_TABLE_DAYS = 12
_NAMES = 400  # offered in the list of a field


@dataclass(frozen=True, slots=True)
class Ranked:
    """A firm in the ranking; `share`: of the bar; `href`: the page on which it is the one that is lost."""

    place: int
    name: str
    industry: str
    region: str
    score: str
    down: str
    up: str
    share: float
    href: str
    struck: bool


@dataclass(frozen=True, slots=True)
class RegionRow:
    """`part` and `adds`: of all that is lost; `own`: of what the region makes; `href`: the page on which it is lost."""

    name: str
    part: float
    adds: str
    own: str
    share: float
    href: str


class NetworkPage:
    """A network of firms and what is lost."""

    def __init__(self, found: Study, names: Mapping[str, str], address: str, parts: Sequence[Cut] = ()) -> None:
        self.unverified = any(one.unverified for one in parts)
        self.study, self.names, self._address = found, names, address
        self.network = found.network
        self.has_measures = found.after is not None

    @cached_property
    def answer(self) -> list[Text]:
        return told.answer(self.study, self.names)

    @property
    def ranking(self) -> list[Ranked]:
        alone, network, struck = self.study.alone, self.network, set(self.study.hit.firms.tolist())
        order = self.study.ranked()
        most, ids = float(alone.total[order[0]]) or 1.0, by_name(self.names)
        found = []
        for place, n in enumerate(order[:SHOWN], 1):
            name = self._name(n)
            region = network.regions[network.region[n]] if network.region[n] >= 0 else ""
            found.append(Ranked(
                place, name, network.industries[network.industry[n]], region, told.percent(float(alone.total[n])),
                told.percent(float(alone.down[n])), told.percent(float(alone.up[n])),
                float(alone.total[n]) / most,
                self._where(kind="firm", lost=told.called(network.names[n], self.names, ids), part="100%"), n in struck,
            ))  # fmt: skip
        return found

    @property
    def chains(self) -> list[tuple[Text, str]]:
        """The ways of the loss, the weightiest first, each with what its last firm adds to the loss."""
        ends = self.study.ends
        return [(told.chain(one, self.names, ends), told.percent(one.counts)) for one in self.study.explained.chains
                if len(one.steps) > 1 or ends is not None]  # fmt: skip

    @cached_property
    def drawing(self) -> Drawing:
        return drawing(self.study.explained.chains, self.names)

    @property
    def industries(self) -> list[tuple[str, str, float]]:
        """What each industry adds to the loss, the most first; those that lose nothing are left out."""
        by = self.study.explained.by_industry
        most = float(by.max()) or 1.0
        order = sorted(range(len(by)), key=lambda n: -by[n])[:SHOWN]
        return [
            (self.network.industries[n], told.percent(float(by[n])), float(by[n]) / most) for n in order if by[n] > 0
        ]

    @cached_property
    def regions(self) -> list[RegionRow]:
        """What each region adds to the loss, the most first, and what it loses of its own; those that lose nothing are
        left out."""
        network, lost = self.network, self.study.explained.lost
        if not network.regions:
            return []
        weight, there = Settings().weights_of(network), network.region >= 0
        many = len(network.regions)
        adds = np.bincount(network.region[there], (weight * lost)[there], many)
        own = np.bincount(network.region[there], weight[there], many)
        most = float(adds.max(initial=0.0)) or 1.0
        order = sorted((n for n in range(many) if adds[n] > 0), key=lambda n: -adds[n])
        return [
            RegionRow(network.regions[n], float(adds[n]), told.percent(float(adds[n])),
                      told.percent(float(adds[n] / own[n])) if own[n] else "", float(adds[n]) / most,
                      self._where(kind="region", lost=network.regions[n]))
            for n in order
        ]  # fmt: skip

    @property
    def map(self) -> TileMap | None:
        """The regions as tiles of Japan, where they are prefectures."""
        rows = {one.name: one for one in self.regions}
        lost = {name: rows[name].part if name in rows else 0.0 for name in self.network.regions}
        return tiles(lost, {name: one.adds for name, one in rows.items()})

    @property
    def chart(self) -> Lines:
        """Production of each day as a part of that before the shock, without and with the measures."""
        without = T("対策なし", "without measures") if self.has_measures else T("生産", "production")
        series = {"without": (without[lang()], _shares(self.study.days))}
        if self.study.days_after is not None:
            series["with"] = (T("対策あり", "with measures")[lang()], _shares(self.study.days_after))
        return lines(self.study.days.day.tolist(), series)

    @property
    def first(self) -> list[tuple[str, ...]]:
        """Where imports fail, what firms lose at first: the firm, what it misses, least and most; the most first."""
        ends = self.study.ends
        if ends is None:
            return []
        order = np.argsort(-ends.high.loss, kind="stable")[:SHOWN]
        return [
            (self._name(n), ends.missed(n), *(told.percent(float(end.loss[k])) for end in (ends.low, ends.high)))
            for k in order for n in (int(ends.high.firms[k]),)
        ]  # fmt: skip

    @property
    def days(self) -> list[tuple[int, str, str]]:
        """Some days of the chart, for the table beside it."""
        last = int(self.study.days.day[-1])
        step = max(1, -(-(last + 1) // _TABLE_DAYS))
        without = _shares(self.study.days)
        with_ = {} if self.study.days_after is None else _shares(self.study.days_after)
        wanted = [day for day in without if day == -1 or day % step == 0 or day == last]
        return [(day, told.percent(without[day][0]), told.percent(with_[day][0]) if with_ else "") for day in wanted]

    @property
    def compared(self) -> list[tuple[Text, str, str, str]]:
        """Without, with, and the difference: what the measures are worth."""
        study = self.study
        lost, after = study.value_added_lost
        if study.score_after is None or after is None:
            return []
        return [
            (T("失われる生産（伝わり切った後）", "production lost, once it has run its course"),
             told.percent(study.score), told.percent(study.score_after), told.percent(study.score - study.score_after)),
            (T(f"{study.asked.days}日間に失われる付加価値", f"value added lost in {study.asked.days} days"),
             told.percent(lost), told.percent(after), told.percent(lost - after)),
        ]  # fmt: skip

    @property
    def offered(self) -> Sequence[str]:
        """Names for the field: firms, industries, regions, sectors of the table whose imports fail."""
        ends = self.study.ends
        firms = [self._name(n) for n in range(min(self.network.count, _NAMES))]
        return list(dict.fromkeys((
            *firms, *self.network.industries[:_NAMES], *self.network.regions,
            *(one for one in (ends.table.names if ends else ()) if one))))  # fmt: skip

    def _name(self, n: int) -> str:
        one = self.network.names[n]
        return self.names.get(one, one)

    def _where(self, **change: str) -> str:
        base, _, query = self._address.partition("?")
        return f"{base}?{urlencode(dict(parse_qsl(query)) | change)}"


def _shares(days: Series) -> dict[int, tuple[float, float | None, float | None]]:
    whole = float(days.production[0]) or 1.0
    return {day: (float(one) / whole, None, None) for day, one in zip(days.day.tolist(), days.production, strict=True)}


@dataclass(frozen=True, slots=True)
class SectorRow:
    name: str
    code: str
    low: str
    high: str
    left: float  # of the bar, from the lower to the upper end, in per cent
    wide: float
    added: str
    path: Text


class SectorPage:
    """Sectors of an economy and the imports that fail."""

    def __init__(self, found: Sectors, gone: Sequence[Lost], parts: Sequence[Cut]) -> None:
        self.found, self.gone, self.parts = found, gone, parts
        self.unit = told.unit(found.table)

    @cached_property
    def answer(self) -> list[Text]:
        return told.sector_answer(self.found)

    @property
    def unverified(self) -> bool:
        return any(one.unverified for one in self.parts)

    @property
    def rows(self) -> list[SectorRow]:
        table, found = self.found.table, self.found
        made = []
        for n in found.ranked()[:SHOWN]:
            low, high = float(found.low[n]), float(found.high[n])
            if high <= 0:
                break
            added = float(table.value_added[n])
            made.append(SectorRow(
                table.names[n] or table.codes[n], table.codes[n], told.percent(low), told.percent(high),
                round(low * 100, 2), round(max((high - low) * 100, 0.5), 2),
                f"{low * added:,.1f} – {high * added:,.1f}",
                told.sector_chain(found.path(n), table),
            ))  # fmt: skip
        return made

    @property
    def cuts(self) -> list[tuple[str, str, str]]:
        """Each sector cut: its name, the part of its imports, and how much of what is used at home is imported."""
        table = self.found.table
        return [
            (table.names[n] or code, told.percent(part), told.percent(float(table.import_share[n])))
            for code, part in self.found.cuts.items()
            for n in (table.codes.index(code),)
        ]

    @property
    def lost(self) -> list[tuple[str, str, str, str]]:
        return [(one.code, f"{one.imports:,.0f}", f"{one.from_supplier:,.0f}", f"{one.gone:,.0f}") for one in self.gone]


@dataclass(frozen=True, slots=True)
class DrawnRow:
    place: int
    name: str
    industry: str
    low: str
    middle: str
    high: str
    left: float
    wide: float
    at: float
    among: str


class DrawnPage:
    """Networks drawn from the sizes of firms."""

    def __init__(self, found: DrawnRisk) -> None:
        self.found, self.top = found, TOP

    @cached_property
    def answer(self) -> list[Text]:
        found = self.found
        first = found.ranked()[0]
        one, low, high = (
            found.margins.ids[first],
            told.percent(float(found.low[first])),
            told.percent(float(found.high[first])),
        )
        among = told.percent(float(found.among_first[first]))
        sure = int((found.among_first >= 0.95).sum())
        return [
            T(f"失われると最も響くのは{one}で、{found.draws}回の抽選の9割で、全体の{low}から{high}が失われます。",
              f"The loss of {one} hurts most: in nine of ten of {found.draws} drawn networks it takes {low} to {high}"
              " of everything."),
            T(f"上位{TOP}社に入るのは抽選の{among}です。抽選の95 %以上で上位{TOP}社に入る企業は{sure}社です。",
              f"It is among the first {TOP} in {among} of the draws. {sure} firms are in 95 % of the draws or more."),
            T("誰が誰に売るかは分かっていません。規模と産業連関表に合う取引を抽選したもので、幅の外も有り得ます。",
              "Who supplies whom is not known. These networks agree with sizes and the input-output table; the truth"
              " may lie outside the range."),
        ]  # fmt: skip

    @property
    def rows(self) -> list[DrawnRow]:
        found, of = self.found, self.found.margins
        whole = max(float(found.high.max()), 1e-12)
        made = []
        for place, n in enumerate(found.ranked()[:SHOWN], 1):
            low, middle, high = (float(each[n]) for each in (found.low, found.middle, found.high))
            made.append(DrawnRow(
                place, of.ids[n], of.codes[of.sector[n]], told.percent(low), told.percent(middle), told.percent(high),
                round(100 * low / whole, 2), round(100 * max(high - low, 0) / whole, 2), round(100 * middle / whole, 2),
                told.percent(float(found.among_first[n])),
            ))  # fmt: skip
        return made

    @property
    def links(self) -> str:
        return f"{self.found.links:,.0f}"

    @property
    def added(self) -> str:
        return f"{self.found.added:,.0f}"
