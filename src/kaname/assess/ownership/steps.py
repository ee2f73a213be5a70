"""Why somebody controls a company: which companies join one after the other, and by whose votes together."""

from collections.abc import Collection
from dataclasses import dataclass

from kaname.assess.ownership.network import Network
from kaname.assess.ownership.shares import CONTROL, Threshold, percent
from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Joined:
    """A company that comes under control: the sure votes of each who is in already, and their sum."""

    company: int
    votes: tuple[tuple[int, int], ...]  # (who, units)

    @property
    def total(self) -> int:
        return sum(units for _, units in self.votes)

    def said(self, network: Network, line: Threshold = CONTROL) -> Text:
        terms = " + ".join(f"{network.book.called(who)} {percent(units)}%" for who, units in self.votes)
        name, total = network.book.called(self.company), percent(self.total)
        return T(f"{name}：{terms.replace(' + ', ' ＋ ')} ＝ {total}%、{line.text.ja}",
                 f"{name}: {terms} = {total}%, {line.text.en}")  # fmt: skip


def control_steps(
    network: Network, controllers: Collection[int], company: int, line: Threshold = CONTROL
) -> tuple[Joined, ...]:
    """The companies that come under control on the way to one, which is last; nothing if they do not control it."""
    inside, joined = set(controllers), dict[int, Joined]()
    held: dict[int, list[tuple[int, int]]] = {}
    waiting = list(controllers)
    while waiting and company not in joined:
        member = waiting.pop(0)
        for e in network.held_by(member).tolist():
            other = int(network.company[e])
            if other in inside:
                continue
            held.setdefault(other, []).append((member, int(network.low[e])))
            if line.met(sum(units for _, units in held[other])):
                joined[other] = Joined(other, tuple(held[other]))
                inside.add(other)
                waiting.append(other)
    return _needed(joined, company)


def _needed(joined: dict[int, Joined], company: int) -> tuple[Joined, ...]:
    """Of all that joined those without whom the company would not have, in the order in which they did."""
    needed, stack = set[int](), [company]
    while stack:
        one = stack.pop()
        if one in joined and one not in needed:
            needed.add(one)
            stack += [who for who, _ in joined[one].votes]
    return tuple(step for step in joined.values() if step.company in needed)
