"""One question to a network, answered whole: what the loss of some firms takes, which way, day by day, and what
counter-measures save. Every page, answer of the interface and record of evidence is made of this.

Counter-measures are written a line each, as a plan's reader would: `stock FIRM 30`, `capacity FIRM 0.2`,
`source FIRM SUPPLIER 0.5` (half of what it bought of that supplier comes from elsewhere).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kaname.assess.network import scenario
from kaname.assess.network.columns import number as number_of
from kaname.assess.network.imported import Ends, Importers, imports_fail
from kaname.assess.network.inventory import InventorySettings, Series, inventory_run
from kaname.assess.network.measures import Kind, Measure, with_measures, worth
from kaname.assess.network.net import Network, NetworkError, by_name
from kaname.assess.network.paths import Explained, path_of_loss
from kaname.assess.network.risk import Scores, Settings, systemic_risk
from kaname.assess.network.scenario import Scenario
from kaname.files.problems import BadInput, Problem
from kaname.law import T

MOST_FIRMS, MOST_LINKS, MOST_DAYS = 5_000, 100_000, 365
KINDS = ("firm", "industry", "region", "imports")
_WORD = re.compile(r'"([^"]*)"|(\S+)')  # a name with blanks in it stands in double quotes
_WORDS = {"stock": Kind.STOCK, "capacity": Kind.CAPACITY, "source": Kind.SECOND_SOURCE}
_A_LINE = T("「stock 企業 日数」「capacity 企業 割合」「source 企業 供給者 割合」のいずれか",
            "expected `stock FIRM DAYS`, `capacity FIRM PART` or `source FIRM SUPPLIER PART`")  # fmt: skip
_A_NUMBER = T("0以上の数が要る", "expected a number not below 0")
_A_TABLE = T("輸入が減る衝撃には産業連関表が要る", "expected an input-output table, where imports fail")


@dataclass(frozen=True, slots=True)
class Asked:
    """`lost`: firms, industries or regions, as `kind` says. `part` of each is lost for `outage` days of `days`.

    Of imports `lost` is told and `cuts` counts: by sector of an input-output table, the part of its imports that fails.
    """

    kind: str
    lost: tuple[str, ...]
    part: float = 1.0
    outage: int = 30
    days: int = 90
    stock: float = 15.0
    measures: tuple[Measure, ...] = ()
    market: bool = True
    cuts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """`alone`: each firm by itself lost whole. `after` and `days_after`: with the measures, None where there are none.

    Of imports that fail this is what they take at most; `ends`: how that was bound, `least`: the same at the lower end.
    """

    network: Network
    asked: Asked
    hit: Scenario
    explained: Explained
    alone: Scores
    days: Series
    after: Scores | None
    days_after: Series | None
    ends: Ends | None = None
    least: "Study | None" = None

    @property
    def score(self) -> float:
        """The part of all sales in the network that is lost."""
        return float(self.explained.scores.total[0])

    @property
    def score_after(self) -> float | None:
        return None if self.after is None else float(self.after.total[0])

    @property
    def saved(self) -> float | None:
        return None if self.after is None else self.score - float(self.after.total[0])

    def ranked(self) -> list[int]:
        """Firms by what the loss of each alone takes, the most first."""
        return [int(n) for n in np.argsort(-self.alone.total, kind="stable")]

    @property
    def breadth(self) -> float:
        """Of all industries, those that lose anything."""
        return float((self.explained.by_industry > 0).mean())

    @property
    def value_added_lost(self) -> tuple[float, float | None]:
        """Over all days, as a part of the value added of so many days; without and with the measures."""
        return _part(self.days), None if self.days_after is None else _part(self.days_after)


def _part(days: Series) -> float:
    whole = float(days.value_added[0]) * (days.day.size - 1)
    return float(days.loss[-1]) / whole if whole > 0 else 0.0


def study(network: Network, asked: Asked, importers: Importers | None = None) -> Study:
    """The answer; `importers`: whose imports fail, where they do. Raises BadInput."""
    _check(network, asked)
    try:
        alone = systemic_risk(network, None, Settings(market=asked.market))
        if asked.kind != "imports":
            return _worked_out(network, asked, scenario_of(network, asked), alone)
        if importers is None:
            raise BadInput([Problem("--table", 0, "", _A_TABLE)])
        ends = imports_fail(network, importers, dict(asked.cuts), "+".join(asked.lost))
        least = _worked_out(network, asked, ends.low, alone)
        return replace(_worked_out(network, asked, ends.high, alone), ends=ends, least=least)
    except NetworkError as wrong:
        raise BadInput([Problem("--lost", 0, "", wrong.text)]) from wrong


def _worked_out(network: Network, asked: Asked, hit: Scenario, alone: Scores) -> Study:
    settings = Settings(market=asked.market)
    run = InventorySettings(stock=asked.stock, outage=asked.outage)
    explained = path_of_loss(network, hit, settings)
    days = inventory_run(network, hit, run, asked.days)
    after = days_after = None
    if asked.measures:
        after = worth(network, [hit], asked.measures, settings, outage=float(asked.outage)).after
        days_after = inventory_run(with_measures(network, asked.measures), hit, run, asked.days)
    return Study(network, asked, hit, explained, alone, days, after, days_after)


def scenario_of(network: Network, asked: Asked) -> Scenario:
    """What is lost. Raises NetworkError."""
    if asked.kind == "firm":
        return scenario.firms(network, list(asked.lost), asked.part)
    which = scenario.industry if asked.kind == "industry" else scenario.region
    parts = [which(network, one, asked.part) for one in dict.fromkeys(asked.lost)]
    firms = sorted({n for one in parts for n in one.firms.tolist()})
    return Scenario.of("+".join(asked.lost), firms, asked.part)


def _check(network: Network, asked: Asked) -> None:
    wrong = []
    if network.count > MOST_FIRMS or network.links > MOST_LINKS:
        size, most = f"{network.count:,} / {network.links:,}", f"{MOST_FIRMS:,} / {MOST_LINKS:,}"
        wrong.append(Problem("links", 0, "", T(
            f"企業と取引が{size}；ここでは{most}まで、それ以上は kaname assess network で",
            f"{size} firms and links; expected at most {most} here, more with kaname assess network",
        )))  # fmt: skip
    if asked.kind not in KINDS:
        wrong.append(
            Problem(
                "--kind", 0, asked.kind, T("firm、industry、region、imports のいずれか", f"expected {', '.join(KINDS)}")
            )
        )
    if not asked.lost:
        wrong.append(Problem("--lost", 0, "", T("失われる企業、産業、地域又は輸入が要る",
                                                "expected a firm, an industry, a region or imports")))  # fmt: skip
    if not 0 < asked.part <= 1:
        wrong.append(
            Problem("--part", 0, f"{asked.part:g}", T("0を超え1までの割合が要る", "expected a part over 0, up to 1"))
        )
    for name, days in (("--days", asked.days), ("--outage", asked.outage)):
        if not 1 <= days <= MOST_DAYS:
            wrong.append(Problem(name, 0, str(days), T(f"1から{MOST_DAYS}日", f"expected 1 to {MOST_DAYS} days")))
    if not 0 <= asked.stock <= MOST_DAYS:
        wrong.append(
            Problem("--stock", 0, f"{asked.stock:g}", T(f"0から{MOST_DAYS}日", f"expected 0 to {MOST_DAYS} days"))
        )
    if wrong:
        raise BadInput(wrong)


def measures_of(lines: Sequence[str], names: Mapping[str, str] | None = None) -> tuple[Measure, ...]:
    """Counter-measures out of lines of text; names of firms stand for their identifiers. Raises BadInput."""
    ids = by_name(names or {})
    found, wrong = [], []
    for number, line in enumerate(lines, 1):
        words = [quoted or bare for quoted, bare in _WORD.findall(line)]
        kind = _WORDS.get(words[0].lower()) if words else None
        if kind is None or len(words) != (4 if kind is Kind.SECOND_SOURCE else 3):
            if words:
                wrong.append(Problem("--measure", number, line[:40], _A_LINE))
            continue
        amount = number_of(words[-1])
        if amount is None:
            wrong.append(Problem("--measure", number, words[-1][:40], _A_NUMBER))
            continue
        firm, *of = (ids.get(word, word) for word in words[1:-1])
        found.append(Measure(kind, firm, amount, of[0] if of else ""))
    if wrong:
        raise BadInput(wrong)
    return tuple(found)
