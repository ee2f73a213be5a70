"""The councils (協議会) of the K Program that are known: how many on a day, and the one that the deck names.

They are councils of a designated fund (Art. 63(4)). The list of the Cabinet Office could not be reached (question 410).
"""

from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.sources import DECK, Source, cited


@dataclass(frozen=True, slots=True)
class Councils:
    """What a source tells of the councils on a day. `names`: those it names; the others it only counts."""

    as_of: date
    count: int
    names: tuple[Text, ...]
    sources: tuple[Source, ...]
    confidence: Confidence

    @property
    def unnamed(self) -> int:
        return self.count - len(self.names)


_TOLD = (
    Councils(DECK, 11, (T("衛星コンステレーション技術に関する協議会", "council on satellite constellations"),),
        cited("seed"), Confidence.HIGH),
)

# Who usually sits in one: from the law as far as it says so, else from knowledge (medium).
TYPICAL_MEMBERS = (
    T("内閣総理大臣（内閣府）", "Prime Minister (Cabinet Office)"),
    T("指定基金所管大臣（JSTは文部科学大臣、NEDOは経済産業大臣）",
        "minister of the fund (MEXT for JST, METI for NEDO)"),
    T("研究代表者", "lead researcher"), T("その他の研究者", "other researchers"),
    T("防衛省、海上保安庁、国土交通省、総務省などの関係府省庁",
        "ministries that need the technology: defence, coast guard, land and transport, internal affairs"),
    T("資金配分機関（構成員又はオブザーバー）", "funding agency, as member or observer"),
)  # fmt: skip


def councils(as_of: date) -> Councils | None:
    """What was last told by a day; None before anything was."""
    return max((c for c in _TOLD if c.as_of <= as_of), key=lambda c: c.as_of, default=None)
