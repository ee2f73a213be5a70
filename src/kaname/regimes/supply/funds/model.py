"""One line of money: what, for which product, in which fiscal year, how much, and as of when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaname.law import T, Text

NOTHING = T("", "")


class What(StrEnum):
    """The stages of the money, in the order in which it runs."""

    BUDGET = "budget"
    CONTRIBUTED = "contributed"
    DECIDED = "decided"
    SPENT = "spent"
    RETURNED = "returned"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    What.BUDGET: T("予算", "budget"), What.CONTRIBUTED: T("基金の造成（国費）", "contributed to the fund"),
    What.DECIDED: T("交付決定", "decided"), What.SPENT: T("執行", "spent"),
    What.RETURNED: T("国庫納付", "returned to the Treasury"),
}  # fmt: skip


class Extent(StrEnum):
    """Whether an amount is that of the year, or all up to its end."""

    YEAR = "year"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Line:
    """One amount in whole yen. `product` "" stands for all products together; `estimate` for one not yet settled."""

    product: str
    fiscal_year: int
    what: What
    amount: int
    as_of: date
    extent: Extent = Extent.YEAR
    source: Text = NOTHING
    estimate: bool = False
    loaded: bool = False
    label: Text = NOTHING

    @property
    def key(self) -> tuple[str, int, What, Extent, str]:
        """Two lines of one key tell the same thing; the newer holds."""
        return self.product, self.fiscal_year, self.what, self.extent, self.label.ja
