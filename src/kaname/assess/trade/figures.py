"""A figure that explains itself: its formula, what went into it, the rows and the file; and can be computed again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kaname.assess.trade.stated import MEASURES, Measure
from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `records`: the rows used, from 1; `low`, `high`: what it can be where data leaves that open;
    `drawn`: 5th and 95th percentile of resampling."""

    measure: str
    year: int
    value: float | None
    inputs: dict[str, Any]
    source: str
    partner: str = ""
    of: str = ""  # the measure that a change is of, or the material
    records: tuple[int, ...] = ()
    low: float | None = None
    high: float | None = None
    drawn: tuple[float, float] | None = None

    @property
    def stated(self) -> Measure:
        return MEASURES[self.measure]

    def recomputed(self) -> float | None:
        """The value out of the inputs alone."""
        return self.stated.compute(**self.inputs) if self.inputs else None

    def working(self) -> Text:
        """Title, formula and inputs in one sentence."""
        title = self.stated.title
        if self.value is None:
            return T(f"{title.ja}：データがない", f"{title.en}: no data")
        put = "; ".join(f"{name}: {_shown(value)}" for name, value in self.inputs.items())
        rows = len(self.records)
        said = f"{self.stated.formula} = {self.value:.6g} [{put}]"
        return T(f"{title.ja}：{said}；{rows}行", f"{title.en}: {said}; {rows} {'row' if rows == 1 else 'rows'}")

    def as_json(self) -> dict[str, Any]:
        working = self.working()
        return {
            "year": self.year, "measure": self.measure, "partner": self.partner, "of": self.of, "value": self.value,
            "low": self.low, "high": self.high, "drawn": self.drawn, "formula": self.stated.formula,
            "inputs": self.inputs, "records": list(self.records), "source": self.source,
            "working_ja": working.ja, "working_en": working.en,
        }  # fmt: skip


def _shown(value: Any) -> str:
    """Numbers short, amounts by country with the largest first."""
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: -float(pair[1]))
        more = f" +{len(pairs) - 5}" if len(pairs) > 5 else ""
        return ", ".join(f"{code} {float(amount):.6g}" for code, amount in pairs[:5]) + more
    return f"{value:.6g}" if isinstance(value, float) else str(value)


class Figures(list[Figure]):
    """The figures of a page as they are added, one after the other."""

    def add(
        self, measure: str, year: int, inputs: dict[str, Any], records: Iterable[int], source: str, **more: Any
    ) -> Figure:
        made = figure(measure, year, inputs, source, records=tuple(records), **more)
        self.append(made)
        return made

    def value(self, measure: str, year: int, of: str = "") -> float | None:
        """The value of the figure last added of them, None where there is none."""
        for one in reversed(self):
            if (one.measure, one.year, one.of) == (measure, year, of):
                return one.value
        return None


def figure(measure: str, year: int, inputs: dict[str, Any], source: str, **more: Any) -> Figure:
    """The figure of these inputs."""
    return Figure(measure, year, MEASURES[measure].compute(**inputs), inputs, source, **more)
