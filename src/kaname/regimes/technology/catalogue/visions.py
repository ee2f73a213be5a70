"""The R&D visions (研究開発ビジョン): which technologies the programme is to raise. They are practice, no law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.sources import Source, cited
from kaname.regimes.technology.versions import FIRST_VISION, SECOND_VISION


@dataclass(frozen=True, slots=True)
class Vision:
    """`count`: how many technologies it names, as the deck prints."""

    number: int
    label: Text
    decided_on: date
    count: int
    sources: tuple[Source, ...]
    confidence: Confidence = Confidence.HIGH


_LIST = (
    Vision(1, T("研究開発ビジョン（第一次）", "first R&D vision"), FIRST_VISION, 27, cited("seed")),
    Vision(2, T("研究開発ビジョン（第二次）", "second R&D vision"), SECOND_VISION, 23, cited("seed")),
)
# A third was not found up to November 2026, which does not prove that there is none (question 404).

VISIONS: Mapping[int, Vision] = {v.number: v for v in _LIST}


def visions(as_of: date) -> tuple[Vision, ...]:
    """Those decided by a day."""
    return tuple(v for v in _LIST if v.decided_on <= as_of)
