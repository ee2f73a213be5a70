"""Yearly statistics of Chapter 5: the six published figures, counted over folded cases, and those of the government.

A fiscal year runs from 1 April to 31 March; fiscal 2024 began with the regime on 2024-05-01.
Published row: Cabinet Office and JPO, July 2025, as relayed by a patent firm; the official page was not seen (note 9).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.procedure.standing import Standing


@dataclass(frozen=True, slots=True)
class Figures:
    """The six figures of one fiscal year (numbers of cases; `standing_at_end` on 31 March)."""

    sent: int
    designations: int
    lifted_or_expired: int
    standing_at_end: int
    prior_confirmation_requests: int
    non_sending_notices: int


@dataclass(frozen=True, slots=True)
class Published:
    """The figures of a fiscal year as published, with source and confidence. `known_from`: published by this day (of a
    month, its last)."""

    fiscal_year: int
    begins: date
    ends: date
    known_from: date
    figures: Figures
    source: Text
    confidence: Confidence


PUBLISHED = (
    Published(
        2024, date(2024, 5, 1), date(2025, 3, 31), date(2025, 7, 31), Figures(90, 0, 0, 0, 1305, 630),
        T("内閣府・特許庁公表（2025年7月、特許事務所の紹介による）",
            "Cabinet Office and JPO, July 2025, relayed by a patent firm"),
        Confidence.MEDIUM,
    ),
)  # fmt: skip


def count(standings: Iterable[Standing], fiscal_year: int) -> Figures:
    """The six figures over folded cases of `patents.application` and `patents.prior_confirmation`.

    The standings must be as of 31 March of the year's end or later.
    """
    first, last = date(fiscal_year, 4, 1), date(fiscal_year + 1, 3, 31)
    cases = list(standings)

    def days(name: str) -> Iterator[date]:
        return (d for s in cases if (d := s.fact(name)) is not None)

    def within(name: str) -> int:
        return sum(first <= d <= last for d in days(name))

    begun = sum(d <= last for d in days("designation.designated_on"))
    over = sum(d <= last for d in days("designation.ended_on"))
    return Figures(
        sent=within("first_review.sent_on"),
        designations=within("designation.designated_on"),
        lifted_or_expired=within("designation.ended_on"),
        standing_at_end=begun - over,
        prior_confirmation_requests=within("prior_confirmation.requested_on"),
        non_sending_notices=within("first_review.nonsend_notice_on"),
    )


def added(one: Figures, other: Figures) -> Figures:
    """The figures of two sets of cases that have none in common."""
    return Figures(*(getattr(one, f.name) + getattr(other, f.name) for f in fields(Figures)))
