"""Outreach in numbers, and the answers that can be used again: pure functions over folded cases.

    counts(consultations, briefings, date(2026, 11, 26))      the figures on a day
    by_month(consultations, briefings, date(2026, 11, 26))    twelve months up to a day
    answers(consultations, "子会社 保守", date(2026, 11, 26))    reusable answers with these words

Give it cases folded at the day asked for: what came later is then not there. Downloads are those last counted by then.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from kaname.procedure.standing import Standing
from kaname.regimes.general.catalogue.events import Subject
from kaname.regimes.general.tags import Moved, moved

CONSULTATION, BRIEFING = "general.consultation", "general.briefing"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Counts:
    """`waiting`: neither answered nor withdrawn. `reusable`: answers published. `people`: at all briefings held."""

    questions: int
    answered: int
    waiting: int
    withdrawn: int
    reusable: int
    briefings: int
    people: int
    materials: int
    downloads: int


@dataclass(frozen=True, slots=True)
class Month:
    """What came in one month; `first` is its first day."""

    first: date
    questions: int
    answered: int
    briefings: int
    people: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A reusable answer. `law_of`: the day whose law it rests on; `moved`: what has changed since."""

    subject: str
    question: str
    answer: str
    regime: Subject
    provisions: str
    published_on: date
    law_of: date
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    asked_on: date
    regime: str
    answered_on: date | None
    published_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class _Held:
    held_on: date
    regime: str
    people: int


@dataclass(frozen=True, slots=True)
class _Material:
    published_on: date
    regime: str
    downloads: int


def counts(
    consultations: Iterable[Standing], briefings: Iterable[Standing], as_of: date, regime: str = "",
) -> Counts:
    """The figures at the end of a day, of one regime where asked."""
    asked = [q for q in _questions(consultations) if q.asked_on <= as_of and regime in ("", q.regime)]
    kept = list(briefings)
    held = [h for h in _held(kept) if h.held_on <= as_of and regime in ("", h.regime)]
    materials = [m for m in _materials(kept, as_of) if m.published_on <= as_of and regime in ("", m.regime)]
    answered = sum(_by(q.answered_on, as_of) for q in asked)
    withdrawn = sum(_by(q.withdrawn_on, as_of) for q in asked)
    return Counts(
        len(asked), answered, len(asked) - answered - withdrawn, withdrawn,
        sum(_by(q.published_on, as_of) for q in asked), len(held), sum(h.people for h in held), len(materials),
        sum(m.downloads for m in materials))


def by_month(consultations: Iterable[Standing], briefings: Iterable[Standing], as_of: date) -> tuple[Month, ...]:
    """The months up to that of a day, oldest first; of the last one the days up to it."""
    asked, held = list(_questions(consultations)), list(_held(briefings))
    return tuple(_month(asked, held, first, as_of) for first in _firsts(as_of))


def answers(consultations: Iterable[Standing], words: str, as_of: date, regime: str = "") -> tuple[Answer, ...]:
    """The answers published as reusable that hold every word, the newest first."""
    found = (a for s in consultations if (a := answer_of(s, as_of)))
    fitting = (a for a in found if fits(a, words, regime))
    return tuple(sorted(fitting, key=lambda a: (a.published_on, a.subject), reverse=True))


def fits(of: Answer, words: str, regime: str = "") -> bool:
    """Whether an answer is about a regime and holds every word, in whatever width and case it is written."""
    return regime in ("", of.regime.value) and all(word in _said(of) for word in _plain(words).split())


def answer_of(s: Standing, as_of: date) -> Answer | None:
    """The reusable answer of a case; None while it has none."""
    track = s.tracks.get("consultation")
    if not (track and track.state == "published" and _fact(s, "published_on") <= as_of):
        return None
    regime, tags, law_of = _fact(s, "regime"), _fact(s, "provisions") or "", _fact(s, "law_of")
    return Answer(
        _fact(s, "subject"), _fact(s, "question"), _fact(s, "answer"), Subject(regime), tags, _fact(s, "published_on"),
        law_of, moved(regime, tags, law_of, as_of))


# -- what the cases say ----------------------------------------------------------------------------------------------


def _fact(s: Standing, name: str) -> Any:
    return s.facts.get(f"consultation.{name}")


def _questions(of: Iterable[Standing]) -> Iterator[_Question]:
    for s in of:
        if _fact(s, "asked_on"):
            published = _fact(s, "published_on") if s.tracks["consultation"].state == "published" else None
            yield _Question(_fact(s, "asked_on"), _fact(s, "regime"), _fact(s, "answered_on"), published,
                _fact(s, "withdrawn_on"))


def _held(of: Iterable[Standing]) -> Iterator[_Held]:
    for s in of:
        if held_on := s.facts.get("briefing.held_on"):
            yield _Held(held_on, s.facts["briefing.regime"], s.facts["briefing.people"])


def _materials(of: Iterable[Standing], as_of: date) -> Iterator[_Material]:
    for s in of:
        for key, track in s.tracks.items():
            published = s.facts.get(f"{key}.published_on") if track.procedure == "material" else None
            if published:
                counted = _by(s.facts.get(f"{key}.counted_on"), as_of)
                yield _Material(published, s.facts[f"{key}.regime"], s.facts[f"{key}.downloads"] if counted else 0)


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


# -- months ----------------------------------------------------------------------------------------------------------


def _firsts(as_of: date) -> Iterator[date]:
    number = as_of.year * 12 + as_of.month - 1
    for n in range(number - MONTHS + 1, number + 1):
        yield date(n // 12, n % 12 + 1, 1)


def _month(asked: list[_Question], held: list[_Held], first: date, as_of: date) -> Month:
    def within(day: date | None) -> bool:
        return day is not None and (day.year, day.month) == (first.year, first.month) and day <= as_of

    here = [h for h in held if within(h.held_on)]
    return Month(first, sum(within(q.asked_on) for q in asked), sum(within(q.answered_on) for q in asked), len(here),
        sum(h.people for h in here))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _said(of: Answer) -> str:
    return _plain(" ".join((of.subject, of.question, of.answer, of.provisions, of.regime.label.ja,
        of.regime.label.en)))


def figures(of: Counts) -> dict[str, int]:
    """The figures by name, as open data carries them."""
    return {f.name: getattr(of, f.name) for f in fields(of)}
