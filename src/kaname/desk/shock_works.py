"""What a long calculation of shocks works out, part by part: the ranking of firms, drawn networks, days of stocks.

A part is the same whoever makes it and whatever was made before. Days hang on each other: who takes over behind the
last part goes through the days before it again (some milliseconds each), which gives the same bits.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from kaname.access.models import Person
from kaname.desk import shocks
from kaname.desk.models import ShockTable
from kaname.files.problems import BadInput, Problem
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.network.inventory import Day
    from kaname.assess.network.net import Network

MOST_DAYS, MOST_DRAWS, MOST_VALUES = 3650, 2_000, 2_000_000  # draws times firms of a run
_LOSING = 200  # firms told of a run by days
_GONE = T("計算する表がもうない", "the table is not there any more")


class Sort(StrEnum):
    """What a run works out."""

    RANKING = "ranking"
    DRAWN = "drawn"
    DAYS = "days"


class Work(Protocol):
    """`steps`: firms, draws or days, which are cut into parts."""

    steps: int

    def part(self, steps: range) -> Any: ...

    def whole(self, parts: Sequence[Any]) -> Any: ...


def opened(person: Person, asked: dict[str, Any]) -> Work:
    """Ready to make any part. Raises BadInput where a table is gone."""
    return _WORKS[Sort(asked.get("sort", Sort.RANKING))](person, asked)


def _table(person: Person, public_id: str) -> ShockTable | None:
    found = shocks.of(person, public_id) if public_id else None
    if public_id and found is None:
        raise BadInput([Problem("links", 0, "", _GONE)])
    return found


class Ranking:
    """Each firm lost alone."""

    def __init__(self, person: Person, asked: dict[str, Any]) -> None:
        self.asked = asked
        links, firms = _table(person, asked["links"]), _table(person, asked["firms"])
        self.network, self.names = shocks.network(links, firms, asked["replaceable"])
        self.steps = self.network.count

    def part(self, steps: range) -> list[list[float | None]]:
        from kaname.assess.network.measures import worth
        from kaname.assess.network.risk import Settings, systemic_risk
        from kaname.assess.network.scenario import Scenario, Scenarios
        from kaname.assess.network.study import measures_of

        alone = [Scenario.of(self.network.names[n], [n]) for n in steps]
        after: list[float | None] = [None] * len(alone)
        if measures := measures_of(self.asked["measures"], self.names):
            both = worth(self.network, alone, measures, Settings(), outage=float(self.asked["outage"]))
            found, after = both.before, both.after.total.tolist()
        else:
            found = systemic_risk(self.network, Scenarios.of(alone), Settings(), threads=1)
        columns = (found.total.tolist(), found.down.tolist(), found.up.tolist(), after)
        return [list(row) for row in zip(*columns, strict=True)]

    def whole(self, parts: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Rows of firms, the one whose loss takes most first."""
        network, scores = self.network, [row for part in parts for row in part]
        order = sorted(range(network.count), key=lambda n: (-scores[n][0], n))
        return [(network.names[n], self.names.get(network.names[n], network.names[n]),
                 network.industries[network.industry[n]],
                 network.regions[network.region[n]] if network.region[n] >= 0 else "", *scores[n])
                for n in order]  # fmt: skip


class DrawnNetworks:
    """The loss of each firm over many drawn networks."""

    def __init__(self, person: Person, asked: dict[str, Any]) -> None:
        from kaname.assess.network.reconstruct import density

        firms, table = _table(person, asked["firms"]), _table(person, asked["table"])
        assert firms is not None and table is not None, "asked of two tables"
        self.asked, self.steps = asked, int(asked["draws"])
        self.margins, self.at_will = shocks.margins(firms, table, asked["year"], asked["replaceable"])
        if self.steps * len(self.margins) > MOST_VALUES:
            wrong = T(f"抽選と企業の数の積は{MOST_VALUES:,}まで", f"expected at most {MOST_VALUES:,} draws times firms")
            raise BadInput([Problem("--draws", 0, "", wrong)])
        self.z = density(self.margins, asked["aim"] or self.margins.needs)

    def part(self, steps: range) -> list[tuple[list[float], int, int]]:
        from kaname.assess.network.drawn_risk import one_draw

        seed = self.asked["seed"]
        return [(one.scores.tolist(), one.links, one.added)
                for n in steps for one in (one_draw(self.margins, self.z, seed + n, self.at_will),)]  # fmt: skip

    def whole(self, parts: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Links on average, of them added; then rows of firms, the largest loss first."""
        import numpy as np

        from kaname.assess.network.drawn_risk import OneDraw, together

        every = [OneDraw(np.array(scores), links, added) for part in parts for scores, links, added in part]
        found, of = together(self.margins, every, self.asked["seed"]), self.margins
        return [(found.links, found.added), *(
            (of.ids[n], of.codes[of.sector[n]], float(of.size[n]), float(found.low[n]), float(found.middle[n]),
             float(found.high[n]), float(found.among_first[n]))
            for n in found.ranked())]  # fmt: skip


class Days:
    """The inventory model of one shock, without and with measures."""

    def __init__(self, person: Person, asked: dict[str, Any]) -> None:
        from kaname.assess.network.measures import with_measures
        from kaname.assess.network.net import NetworkError
        from kaname.assess.network.study import Asked, measures_of, scenario_of

        links, firms = _table(person, asked["links"]), _table(person, asked["firms"])
        self.asked, self.steps = asked, int(asked["days"]) + 1  # the first is the day before
        self.network, self.names = shocks.network(links, firms, asked["replaceable"])
        measures = measures_of(asked["measures"], self.names)
        at = "--lost"
        try:
            self.hit = scenario_of(self.network, Asked(asked["kind"], tuple(asked["lost"]), asked["part"]))
            at = "--measure"
            self.better = with_measures(self.network, measures) if measures else None
        except NetworkError as wrong:
            raise BadInput([Problem(at, 0, "", wrong.text)]) from wrong
        self._at = 0
        self._runs = [self._begun(one) for one in (self.network, self.better) if one is not None]

    def _begun(self, network: "Network") -> "Iterator[Day]":
        from kaname.assess.network.inventory import InventorySettings, inventory_days

        return inventory_days(
            network, self.hit, InventorySettings(float(self.asked["stock"]), outage=self.asked["outage"])
        )

    def part(self, steps: range) -> list[list[float]]:
        """Of each day production, consumption and value added, without measures and with them."""
        made = []
        for n in range(self._at, steps.stop):
            days = [next(run) for run in self._runs]
            if n in steps:
                made.append([value for day in days for value in (day.production, day.consumption, day.value_added)])
            self._last = days
        self._at = steps.stop
        return made

    def whole(self, parts: Sequence[Any]) -> list[list[Any]]:
        """The days; then the firms that lose most value added over all of them."""
        import numpy as np

        if self._at < self.steps:  # somebody else made the last part
            self.part(range(self.steps, self.steps))
        lost = [day.lost for day in self._last]
        usual = self._last[0].usual * (self.steps - 1)
        order = np.argsort(-lost[0], kind="stable")[:_LOSING]
        firms = [
            (name, self.names.get(name, name), self.network.industries[self.network.industry[n]], float(lost[0][n]),
             float(lost[0][n] / usual[n]) if usual[n] > 0 else 0.0, float(lost[1][n]) if self.better else None)
            for n in order.tolist() if lost[0][n] > 0 for name in (self.network.names[n],)
        ]  # fmt: skip
        return [[row for part in parts for row in part], firms]


_WORKS: dict[Sort, Callable[[Person, dict[str, Any]], Work]] = {
    Sort.RANKING: Ranking, Sort.DRAWN: DrawnNetworks, Sort.DAYS: Days,
}  # fmt: skip
