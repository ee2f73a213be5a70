"""A day, month, year or fiscal year as a source tells it: never made more exact than it is."""

import calendar
from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class When:
    """`told` as the source has it: 2023-03-27, 2022-12, 2024 or FY2023. `first` and `last` are the days it may be."""

    told: str

    @property
    def first(self) -> date:
        if self.told.startswith("FY"):
            return date(int(self.told[2:]), 4, 1)
        year, month, day = (*map(int, self.told.split("-")), 1, 1)[:3]
        return date(year, month, day)

    @property
    def last(self) -> date:
        if self.told.startswith("FY"):
            return date(int(self.told[2:]) + 1, 3, 31)
        parts = tuple(map(int, self.told.split("-")))
        month = parts[1] if len(parts) > 1 else 12
        return date(parts[0], month, parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1])

    @property
    def exact(self) -> bool:
        return self.first == self.last

    def by(self, day: date) -> bool:
        """Whether it had surely come by a day: a month only with its last day."""
        return self.last <= day

    @property
    def label(self) -> Text:
        if self.told.startswith("FY"):
            return T(f"{self.told[2:]}年度", f"fiscal {self.told[2:]}")
        words = "".join(f"{int(n)}{unit}" for n, unit in zip(self.told.split("-"), "年月日", strict=False))
        return T(words, self.told)
