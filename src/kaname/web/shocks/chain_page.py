"""The page of a chain as plain values: what is lost, the graph, each country alone, who provides what."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from kaname.assess.network import chain_reach
from kaname.assess.network.chain_measures import compared
from kaname.assess.network.chain_reach import Provided
from kaname.assess.network.chips import Chain, Outcome, Provider
from kaname.law import T, Text
from kaname.web.shocks import chain_told as told
from kaname.web.shocks.chain_drawing import Graph, drawing, goes_into
from kaname.web.shocks.told import percent

SHOWN = 30
_COLUMNS = 7  # countries with a column of their own
_FIRMS = 6
_NOTHING = T("", "")


@dataclass(frozen=True, slots=True)
class LossRow:
    name: str
    href: str
    stage: str
    sort: str
    state: Text
    span: Text
    left: float  # of the bar: certainly lost, and what may be on top of it, in per cent
    wide: float
    remains: Text
    way: Text


@dataclass(frozen=True, slots=True)
class ReachRow:
    country: Text
    href: str
    alone: int
    stopped: int
    losing: int
    largest: str
    largest_of: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShareRow:
    """`is_stage`: the heading of a stage. Cells: text, and whether that country is lost. `firms`: those that count."""

    name: str
    href: str
    is_stage: bool
    cells: Sequence[tuple[Text, str, bool]]
    others: str
    firms: Text


@dataclass(frozen=True, slots=True)
class Looked:
    """One input looked at: who provides it, what it needs, what needs it, its way to the end."""

    name: str
    stage: str
    shares: Sequence[tuple[Text, str, float, bool]]
    firms: Sequence[tuple[Text, Text]]
    needs: Sequence[tuple[str, str]]
    goes: Sequence[tuple[str, str]]
    span: Text | None
    state: Text | None


class ChainPage:
    """A chain without some countries or firms."""

    def __init__(
        self, found: Outcome, least: float, address: str, at: str = "", with_: Outcome | None = None
    ) -> None:  # fmt: skip
        self.with_measures = with_
        self.found, self.chain, self._least, self._address = found, found.chain, least, address
        self._lost = {one.country for one in found.lost if one.is_country}
        self._gone = {one.id for one in found.lost}
        self.at = self._looked(at) if at in self.chain.names or at in self.chain.stages else None

    @cached_property
    def answer(self) -> list[Text]:
        return told.answer(self.found) + ([told.relieved(self.found, self.with_measures)] if self.with_measures else [])

    @property
    def compared(self) -> list[tuple[Text, str, str, str]]:
        """Without, with, and the difference: what the measures are worth."""
        if self.with_measures is None:
            return []
        counts = [(told.counted(one)) for one in (self.found, self.with_measures)]
        titles = (T("第二の供給源がない投入・工程", "inputs and stages with no second source"),
                  T("止まる投入・工程", "inputs and stages that stop"))  # fmt: skip
        return [(title, str(a), str(b), str(a - b)) for title, a, b in zip(titles, *counts, strict=True)]

    @property
    def eased(self) -> list[tuple[str, str, Text, Text, Text, Text]]:
        """Inputs that the measures change: share lost and what becomes of it, without and with."""
        if self.with_measures is None:
            return []
        return [
            (self.chain.called(one.input), self._look(one.input), *told.seen(self.chain, one.before),
             *told.seen(self.chain, one.after))
            for one in compared(self.found, self.with_measures)[:SHOWN]
        ]  # fmt: skip

    @cached_property
    def rows(self) -> list[Provided]:
        return chain_reach.provided(self.chain)

    @property
    def losses(self) -> list[LossRow]:
        made = []
        for one in self.found.losses[:SHOWN]:
            low, high = one.low or 0.0, one.high or 0.0
            if one.low is None and one.alone:
                low = high = 1.0
            made.append(LossRow(
                self.chain.called(one.input), self._look(one.input), self._stage(one.input),
                "alone" if one.alone else "stopped" if one.stopped_by else "less",
                told.state(self.chain, one), told.span(one) if one.left or one.alone else _NOTHING,
                round(low * 100, 1), round((high - low) * 100, 1),
                told.listed(map(told.country, one.left)), told.way(self.found, one.input),
            ))  # fmt: skip
        return made

    @property
    def left_out(self) -> int:
        return max(0, len(self.found.losses) - SHOWN)

    @property
    def graph(self) -> Graph:
        spans = {one.input: percent(one.high) for one in self.found.losses if one.high is not None}
        return drawing(self.found, spans)

    @property
    def reaches(self) -> list[ReachRow]:
        return [
            ReachRow(told.country(one.country), self._where(lost=one.country, at=""), one.alone, one.stopped,
                     one.losing, percent(one.largest), self.chain.called(one.largest_of) if one.largest_of else "",
                     one.country in self._lost)
            for one in chain_reach.reaches(self.chain, self._least) if one.losing
        ]  # fmt: skip

    @cached_property
    def countries(self) -> list[tuple[str, Text, bool]]:
        """Countries with a column: those that are lost, then those with most shares."""
        every = chain_reach.countries(self.rows)
        first = [one for one in every if one in self._lost] + [one for one in every if one not in self._lost]
        return [(one, told.country(one), one in self._lost) for one in first[:_COLUMNS]]

    @property
    def shares(self) -> list[ShareRow]:
        made = []
        for row in self.rows:
            cells = [(called, _percent(row.shares.get(name)), gone) for name, called, gone in self.countries]
            others = sum(share for name, share in row.shares.items() if name not in {n for n, _, _ in self.countries})
            firms = told.listed((T(one.name, one.name) for one in row.firms), _FIRMS)
            is_stage = row.id in self.chain.stages
            made.append(ShareRow(self.chain.called(row.id), self._look(row.id), is_stage, cells,
                                 _percent(others or None), firms))  # fmt: skip
        return made

    @property
    def example_measures(self) -> str:
        """A line that fits this chain: a second source of what loses most."""
        worst = self.found.losses[0].input if self.found.losses else next(iter(self.chain.names), "")
        name = self.chain.called(worst)
        name = f'"{name}"' if len(name.split()) > 1 else name
        return f"source {name} 0.3"

    @property
    def offered(self) -> list[str]:
        """Names for the field: countries first."""
        countries = [told.country(one.name) for one in self.chain.providers.values() if one.is_country]
        firms = [one.name for one in self.chain.providers.values() if not one.is_country]
        return list(dict.fromkeys([*(one.ja for one in countries), *(one.en for one in countries), *firms]))

    def _looked(self, one: str) -> Looked:
        row = chain_reach.provided_of(self.chain, one, self.chain.stage.get(one, one))
        loss = next((each for each in self.found.losses if each.input == one), None)
        ranked = sorted(row.shares.items(), key=lambda share: -share[1])
        return Looked(
            self.chain.called(one), self._stage(one),
            [(told.country(name), percent(share), round(share * 100, 1), name in self._lost) for name, share in ranked],
            [(T(firm.name, firm.name), self._about(firm, firm in row.small)) for firm in (*row.firms, *row.small)],
            [(self.chain.called(n), self._look(n)) for n in (*self.chain.needs.get(one, ()),
                                                             *self.chain.types.get(one, ()))],
            [(self.chain.called(n), self._look(n)) for n in goes_into(self.chain, one)],
            told.span(loss) if loss else None, told.state(self.chain, loss) if loss else None,
        )  # fmt: skip

    def _about(self, firm: Provider, small: bool) -> Text:
        of = told.country(firm.country) if firm.country else T("", "")
        if firm.id in self._gone or firm.country in self._lost:
            return T(f"{of.ja}・失われる", f"{of.en}, lost")
        return T(f"{of.ja}・僅か", f"{of.en}, negligible") if small else of

    def _stage(self, one: str) -> str:
        return self.chain.stages.get(self.chain.stage.get(one, ""), "")

    def _look(self, one: str) -> str:
        return self._where(at=one) + "#at"

    def _where(self, **change: str) -> str:
        base, _, query = self._address.partition("?")
        asked = {name: text for name, text in (dict(parse_qsl(query)) | change).items() if text}
        return f"{base}?{urlencode(asked)}"


def names_of(chain: Chain) -> dict[str, str]:
    """What people call its countries, to what the tables call them."""
    found: dict[str, str] = {}
    for one in chain.providers.values():
        if one.is_country:
            called = told.country(one.name)
            found |= {called.ja: one.name, called.en: one.name}
    return found


def _percent(share: float | None) -> str:
    return "" if share is None else percent(share)
