"""What is told of everybody who holds something of one company, as rows, each with its working."""

from collections.abc import Iterator
from functools import cached_property

from kaname.assess.ownership.book import Entity
from kaname.assess.ownership.exact import Above, TooLarge
from kaname.assess.ownership.graph import I64
from kaname.assess.ownership.network import Network, Right
from kaname.assess.ownership.origins import HOME, origin
from kaname.assess.ownership.report import Day, Row
from kaname.assess.ownership.shares import HOLDER, Share, Threshold, figure
from kaname.assess.ownership.steps import control_steps
from kaname.law import T, Text

HOLDER_OF = (
    "holder", "name", "country", "origin", "votes", "capital", "holder_5", "gross", "net_low", "net_high", "controls",
    "control_ja", "control_en", "working_ja", "working_en",
)  # fmt: skip


def holders(day: Day, target: str, right: Right = Right.CAPITAL, home: str = HOME) -> Iterator[Row]:
    """A row for everybody who holds something of one company, directly or through others; the largest share first."""
    asked = _Target(day, target, right)
    told = filter(None, (asked.row(n, home) for n in range(asked.flow.count)))
    yield from (row for _, row in sorted(told, key=lambda pair: -pair[0]))


class _Target:
    """One company with all that bears on it: `flow` for shares, `votes` for control. Numbers are those of `flow`."""

    def __init__(self, day: Day, target: str, right: Right) -> None:
        number = day.book.number[target]
        self._day, self._number, self._target = day, number, target
        self.votes, self._capital = day.votes.above(number), day.capital.above(number)
        self.flow = self._capital if right is Right.CAPITAL else self.votes
        self._goal = self.flow.book.number[target]
        self._gross = self.flow.graph.holders_of(self._goal)
        self._back = self.flow.graph.returning(range(self.flow.count))
        self._open = bool((self.flow.high > self.flow.low).any())
        self._above = Above(self.flow, self._goal)
        self._direct = [_direct(net, target) for net in (self.votes, self._capital)]

    def row(self, n: int, home: str) -> tuple[float, Row] | None:
        """The net share of one holder, to order by, and its row; None for who holds nothing."""
        entity, gross, back = self.flow.book.entities[n], self._gross[n], self._back[n]
        if n == self._goal:
            return None
        share = gross / back if back else None
        most = float(self.flow.most_of(n)[self._goal]) if self._open else share
        votes, capital = (shares.get(entity.id) for shares in self._direct)
        if not (gross or most or votes or capital):
            return None
        control, why, working = self._control(entity.id), self._why(entity), self._working(n)
        return share or gross, {
            "holder": entity.id,
            "name": entity.name,
            "country": entity.country,
            "origin": origin(entity, home).name.lower(),
            "votes": str(votes or ""),
            "capital": str(capital or ""),
            "holder_5": _meets(votes, HOLDER),
            "gross": figure(gross),
            "net_low": figure(share) if share is not None else "",
            "net_high": figure(most) if most is not None else "",
            "controls": control,
            "control_ja": " / ".join(step.ja for step in why),
            "control_en": " / ".join(step.en for step in why),
            "working_ja": " / ".join(step.ja for step in working),
            "working_en": " / ".join(step.en for step in working),
        }

    def _control(self, holder: str) -> str:
        """yes alone, `concert:NAME` with its group, possible for all that is known, or no."""
        if holder in self._alone:
            return "yes"
        if holder in self._concert:
            return f"concert:{self._day.book.groups[self._concert[holder]]}"
        return "possible" if holder in self._maybe else "no"

    @cached_property
    def _alone(self) -> set[str]:
        return _who(self.votes, self.votes.control().pairs, self._target)

    @cached_property
    def _maybe(self) -> set[str]:
        return _who(self.votes, self.votes.may_control().pairs, self._target)

    @cached_property
    def _concert(self) -> dict[str, int]:
        """The members of the groups that together control the company, with the number of the group."""
        votes, groups = self._day.votes, self._groups
        if not groups:
            return {}
        group, company = votes.control(groups).pairs
        winning = group[company == self._number].tolist()
        return {votes.book.entities[member].id: g for g in winning for member in groups[g]}

    @cached_property
    def _groups(self) -> list[list[int]]:
        return self._day.votes.groups()

    def _why(self, entity: Entity) -> list[Text]:
        """The companies through which a holder, alone or with its group, comes to control the company."""
        together = [entity.id]
        if entity.id not in self._alone and entity.id in self._concert:
            together = [self._day.book.entities[m].id for m in self._groups[self._concert[entity.id]]]
        number = self.votes.book.number
        seeds = [number[one] for one in together if one in number]
        return [step.said(self.votes) for step in control_steps(self.votes, seeds, number[self._target])]

    def _working(self, holder: int) -> tuple[Text, ...]:
        try:
            return self._above.working(holder).said(self.flow)
        except TooLarge:
            return (T("循環が大きく、式を示せない", "a circle too large for its equations to be shown"),)


def _direct(net: Network, company: str) -> dict[str, Share]:
    edges = net.edges_of(net.book.number[company]).tolist()
    return {net.book.entities[net.holder[e]].id: net.share(e) for e in edges}


def _who(net: Network, pairs: tuple[I64, I64], company: str) -> set[str]:
    controllers, companies = pairs
    return {net.book.entities[c].id for c in controllers[companies == net.book.number[company]].tolist()}


def _meets(share: Share | None, line: Threshold) -> str:
    if share is None or not line.met(share.high):
        return "no"
    return "yes" if line.met(share.low) else "possible"
