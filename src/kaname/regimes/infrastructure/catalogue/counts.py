"""How many operators stood designated, as published: totals only; a count by sector was not found.

Sources: a law firm's newsletter, a news copy and a paper of the Social Security Council; the official list of
2026-07-01 was not seen.
"""

from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence


@dataclass(frozen=True, slots=True)
class Designated:
    """A published total of designated operators (特定社会基盤事業者). `on`: its day, of a month the last."""

    on: date
    total: int
    source: Text
    url: str
    confidence: Confidence = Confidence.HIGH


PUBLISHED = (
    Designated(date(2024, 2, 29), 210, T("法律事務所の解説（2024年3月13日、同年2月現在）",
        "law firm newsletter of 2024-03-13, for February 2024"),
        "https://amt-law.com/en/publications/detail/publication_0028359_en_001"),
    Designated(date(2024, 5, 17), 210, T("報道（2024年5月17日）", "news of 2024-05-17"),
        "https://nikkeilive.com/politics/7922.html", Confidence.MEDIUM),
    Designated(date(2025, 7, 31), 257, T("社会保障審議会医療部会 資料3（2025年11月25日）",
        "Social Security Council, paper 3 of 2025-11-25"), "https://www.wic-net.com/material/document/22532/2"),
)


def designated(day: date) -> Designated | None:
    """The last total published for a day up to this one."""
    return max((d for d in PUBLISHED if d.on <= day), key=lambda d: d.on, default=None)
