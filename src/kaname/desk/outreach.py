"""Outreach as one reader may know it: the figures on a day, the months before it, and the reusable answers.

Counted are only cases that the reader may know of; the national figures are those of an office whose reader sees all.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kaname.access import api as access
from kaname.access.models import Person
from kaname.regimes.general import outreach
from kaname.regimes.general.outreach import BRIEFING, CONSULTATION, Answer, Counts, Month


@dataclass(frozen=True, slots=True)
class Outreach:
    """The figures on a day and the twelve months up to it."""

    as_of: date
    counts: Counts
    months: tuple[Month, ...]


class Found(NamedTuple):
    """A reusable answer and its case."""

    case: access.CaseAt
    answer: Answer


def on(person: Person, as_of: date, regime: str = "") -> Outreach:
    """What was told to whom by the end of a day."""
    asked = [c.standing for c in access.standings(person, CONSULTATION, as_of)]
    held = [c.standing for c in access.standings(person, BRIEFING, as_of)]
    return Outreach(as_of, outreach.counts(asked, held, as_of, regime), outreach.by_month(asked, held, as_of))


def search(person: Person, words: str, as_of: date, regime: str = "") -> list[Found]:
    """The reusable answers that hold every word, the newest first; each with what has moved since in the law."""
    published = access.standings(person, CONSULTATION, as_of, {"consultation": ("published",)})
    known = [(c, a) for c in published if (a := outreach.answer_of(c.standing, as_of))]
    fitting = [Found(c, a) for c, a in known if outreach.fits(a, words, regime)]
    return sorted(fitting, key=lambda f: (f.answer.published_on, f.case.case.number), reverse=True)
