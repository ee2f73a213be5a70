"""Who controls one company by majority, with the chain: a step for each company that comes under control on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kaname.assess.ownership.graph import Controlled
from kaname.assess.ownership.network import Network
from kaname.assess.ownership.steps import Joined, control_steps


@dataclass(frozen=True, slots=True)
class Controller:
    """Somebody at the top of a chain of control. `sure` is False where it hangs on figures not known (no steps then).

    `members`: one, or those who act in concert as `group`.
    """

    members: tuple[int, ...]
    sure: bool
    group: str = ""
    steps: tuple[Joined, ...] = ()

    @property
    def holdings(self) -> frozenset[tuple[int, int]]:
        """(holder, company) of every holding that the chain runs over."""
        return frozenset((holder, step.company) for step in self.steps for holder, _ in step.votes)


def controllers(votes: Network, company: int, concerts: Sequence[tuple[str, Sequence[int]]] = ()) -> list[Controller]:
    """Who controls a company, and who may. `votes`: what bears on it; `concerts`: who acts in concert, by number."""
    sure = _tops(votes.control(), company)
    found = [Controller((one,), True, "", control_steps(votes, (one,), company)) for one in sure]
    groups = [list(members) for _, members in concerts]
    if groups and not sure:
        together = votes.control(groups)
        found += [
            Controller(tuple(members), True, name, control_steps(votes, members, company))
            for number, (name, members) in enumerate(concerts)
            if company in together.of(number)
        ]
    if (votes.high > votes.low).any():
        may = set(_tops(votes.may_control(), company)) - {m for one in found for m in one.members}
        found += [Controller((one,), False) for one in sorted(may)]
    return found


def _tops(found: Controlled, company: int) -> list[int]:
    """Those in control of a company whom nobody controls in turn; all of them where they control each other."""
    who, controlled = found.pairs
    mine = who[controlled == company]
    tops = mine[~np.isin(mine, controlled)]
    return sorted(int(one) for one in (tops if tops.size else mine))
