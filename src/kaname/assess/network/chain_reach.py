"""A chain of stages and providers as a whole: who provides what, whose loss leaves most without a source."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaname.assess.network.chips import Chain, Outcome, Provider, lose


@dataclass(frozen=True, slots=True)
class Provided:
    """An input or a stage: the share of each country that states one, the firms that count, and those that do not."""

    id: str
    stage: str
    shares: Mapping[str, float]
    firms: tuple[Provider, ...]
    small: tuple[Provider, ...]

    @property
    def largest(self) -> tuple[str, float]:
        """The country with the largest share; ("", 0) where none is stated."""
        return max(self.shares.items(), key=lambda one: one[1], default=("", 0.0))


def provided(chain: Chain) -> list[Provided]:
    """Every stage with its inputs after it, in the order of the tables."""
    of_stage: dict[str, list[str]] = {stage: [stage] for stage in chain.stages}
    for one in chain.names:
        of_stage.setdefault(chain.stage.get(one, ""), []).append(one)
    return [provided_of(chain, one, stage) for stage, members in of_stage.items() for one in members]


def provided_of(chain: Chain, one: str, stage: str) -> Provided:
    of = chain.provided.get(one, ())
    firms = [p for p in of if not p.provider.is_country]
    return Provided(
        one, stage, {p.provider.name: p.share for p in of if p.provider.is_country and p.share is not None},
        tuple(p.provider for p in firms if not p.negligible), tuple(p.provider for p in firms if p.negligible),
    )  # fmt: skip


def countries(rows: Sequence[Provided]) -> list[str]:
    """Countries with a share, those with shares of the most inputs first."""
    count = Counter(name for row in rows for name in row.shares)
    return sorted(count, key=lambda name: (-count[name], name))


@dataclass(frozen=True, slots=True)
class Reach:
    """What the loss of one country alone does: inputs with no second source, what stops, the largest share lost."""

    country: str
    alone: int
    stopped: int
    losing: int
    largest: float
    largest_of: str


def reaches(chain: Chain, least: float = 0.0) -> list[Reach]:
    """Of every country, the gravest first."""
    found = [_reach(lose(chain, [one.id], least), one.name) for one in chain.providers.values() if one.is_country]
    return sorted(found, key=lambda one: (-one.alone, -one.stopped, -one.largest, -one.losing, one.country))


def _reach(outcome: Outcome, country: str) -> Reach:
    worst = max(outcome.losses, key=lambda one: one.low or 0.0, default=None)
    return Reach(
        country, len(outcome.without_source), len(outcome.stopped), len(outcome.losses),
        (worst.low or 0.0) if worst else 0.0, worst.input if worst and worst.low else "",
    )  # fmt: skip
