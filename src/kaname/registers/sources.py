"""Who says it: the sources that figures of several subjects share, and values that were published for a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaname.law import Confidence, T, Text
from kaname.registers.blocks import Source

ACT_URL = "https://laws.e-gov.go.jp/law/504AC0000000043"
ORDER_URL = "https://laws.e-gov.go.jp/law/504CO0000000394"

DECK_DAY = date(2024, 6, 4)
DECK = Source(T("政府資料（経済安全保障推進法の施行状況）", "government deck on the Act"), DECK_DAY)
CASE = T("件", "cases")
PLAN = T("計画", "plans")
OKU = T("億円", "JPY 100 m")
UNPUBLISHED = T("公表された値は、この日までにない", "no value was published up to this day")


def law(day: date) -> Source:
    """The text of the Act or of an order under it, as in force on a day."""
    return Source(T("法令の条文", "the text of the law"), day, ACT_URL)


def order(day: date) -> Source:
    """The Enforcement Order (Cabinet Order No. 394 of 2022) as in force on a day."""
    return Source(
        T("施行令（令和4年政令第394号）", "Enforcement Order (Cabinet Order No. 394 of 2022)"), day, ORDER_URL
    )


def office(day: date) -> Source:
    """The cases of this office that the reader may know of."""
    return Source(
        T("この事務所の記録（見ることのできる案件）", "records of this office: the cases you may know of"), day
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A value as published. `since`: the day from which it was known; `note`: what a reader must know beside it."""

    since: date
    value: int
    source: Source
    confidence: Confidence = Confidence.HIGH
    note: Text | None = None


def latest(known: Iterable[Known], day: date) -> Known | None:
    """What was published last by a day, None before anything was."""
    return max((k for k in known if k.since <= day), key=lambda k: k.since, default=None)
