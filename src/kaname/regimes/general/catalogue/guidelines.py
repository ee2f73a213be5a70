"""The basic policy and the four basic guidelines, with the days on which the Cabinet decided them.

The revision of 2026-09-11 is known from an index of legal changes only: which of the five it touched and what it says
was not seen (note 0501 in docs/law).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kaname.law import Bases, Confidence, T, Text
from kaname.law.laws import art
from kaname.regimes.general.catalogue.sources import DECK, GAZETTE_INDEX

REVISED = date(2026, 9, 11)


@dataclass(frozen=True, slots=True)
class Edition:
    """One Cabinet decision. `note`: the open question in docs/law where the decision is only reported."""

    decided_on: date
    source: Text
    confidence: Confidence = Confidence.HIGH
    note: int | None = None

    @property
    def verified(self) -> bool:
        return self.note is None


@dataclass(frozen=True, slots=True)
class Guideline:
    """`kind` and `procedure`: where it is run as a case (one owner each). `regime`: `general` for the policy."""

    id: str
    label: Text
    regime: str
    basis: Bases
    kind: str
    procedure: str
    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition | None:
        """The edition in force on a day: the latest decided by then."""
        return max((e for e in self.editions if e.decided_on <= day), key=lambda e: e.decided_on, default=None)


_FIRST = Edition(date(2022, 9, 30), DECK)
_SECOND = Edition(date(2023, 4, 28), DECK)
_REVISION = Edition(REVISED, GAZETTE_INDEX, Confidence.MEDIUM, note=501)

_OWN = "general.guideline"
_ALL = (
    Guideline("basic_policy", T("基本方針", "basic policy"), "general", art("2"), _OWN, "basic_policy",
        (_FIRST, _REVISION)),
    Guideline("supply", T("安定供給確保基本指針", "basic guideline on stable supply"), "supply", art("6"),
        "supply.policy", "guideline", (_FIRST, _REVISION)),
    Guideline("infrastructure", T("特定社会基盤役務基本指針", "basic guideline on infrastructure services"),
        "infrastructure", art("49"), _OWN, "infrastructure_guideline", (_SECOND, _REVISION)),
    Guideline("technology", T("特定重要技術研究開発基本指針", "basic guideline on R&D of critical technologies"),
        "technology", art("60"), _OWN, "technology_guideline", (_FIRST, _REVISION)),
    Guideline("patents", T("特許出願非公開基本指針", "basic guideline on non-disclosure of patent applications"),
        "patents", art("65"), "patents.guideline", "guideline", (_SECOND,)),
)
GUIDELINES: Mapping[str, Guideline] = {g.id: g for g in _ALL}
