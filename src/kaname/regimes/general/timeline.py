"""The timeline of the Act (年表): promulgation, commencement, guidelines, amendments, first acts, as dated facts.

    timeline(date(2024, 6, 4))        what had happened by that day, and what was known to lie ahead
    timeline()                        everything

A fact is told once: commencement and amendments are read from law.commencement, decisions on guidelines from their
catalogue. What other regimes' catalogues hold (products, operators, fields) joins above, as `more`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from kaname.law.commencement import AMENDMENTS, GROUPS, LAW_TEXT, PROMULGATED
from kaname.law.laws import art
from kaname.law.text import T
from kaname.regimes.general.catalogue.events import EVENTS, Event, Subject
from kaname.regimes.general.catalogue.guidelines import GUIDELINES
from kaname.regimes.general.catalogue.resolutions import RESOLUTIONS

__all__ = ["Event", "Subject", "timeline"]

_OF_GROUP = {
    "infrastructure_designation": Subject.INFRASTRUCTURE, "infrastructure_review": Subject.INFRASTRUCTURE,
    "patents": Subject.PATENTS,
}  # fmt: skip
_FAR = date.max


def timeline(as_of: date | None = None, more: Iterable[Event] = ()) -> tuple[Event, ...]:
    """The facts of the Act known on a day (None: all), by their day; those without one last. `more`: of other regimes.

    Before 2022-05-18 there is nothing to tell: the answer is empty.
    """
    told = [e for e in (*_general(), *more) if as_of is None or e.known(as_of)]
    return tuple(sorted(told, key=lambda e: (e.day or _FAR, e.latest or _FAR, e.id)))


def _general() -> Iterator[Event]:
    yield Event("promulgated", PROMULGATED, Subject.ACT,
        T("経済安全保障推進法（令和4年法律第43号）の公布", "the Act, No. 43 of 2022, is promulgated"), art("suppl. 1"),
        LAW_TEXT)
    yield from _commencement()
    yield from _amendments()
    yield from _guidelines()
    yield from _resolutions()
    yield from EVENTS


def _commencement() -> Iterator[Event]:
    for group in GROUPS:
        label = T("施行：{of}", "in force: {of}").fill(of=group.subject)
        yield Event(f"in_force_{group.id}", group.in_force, _OF_GROUP.get(group.id, Subject.ACT), label, group.basis,
            LAW_TEXT, group.confidence)


def _amendments() -> Iterator[Event]:
    """An amendment whose day is not set is known from its promulgation on."""
    for one in AMENDMENTS:
        act, year = re.findall(r"\d+", one.by.en)[:2]
        label = T("{by}の施行：{effect}", "{by} in force: {effect}").fill(by=one.by, effect=one.effect)
        known_from = one.promulgated if one.in_force is None else None
        yield Event(f"amendment_{act}_{year}_{one.in_force or 'open'}", one.in_force, Subject.ACT, label,
            one.touches or art("suppl. 1"), one.source, one.confidence, known_from, one.latest, one.note)


def _guidelines() -> Iterator[Event]:
    for guideline in GUIDELINES.values():
        for number, edition in enumerate(guideline.editions, 1):
            said = T("{of}の閣議決定", "the Cabinet decides the {of}") if number == 1 else T(
                "{of}の改定の閣議決定（報道等による）", "the Cabinet decides a revision of the {of} (reported)")
            yield Event(f"guideline_{guideline.id}_{number}", edition.decided_on, Subject(guideline.regime),
                said.fill(of=guideline.label), guideline.basis, edition.source, edition.confidence, note=edition.note)


def _resolutions() -> Iterator[Event]:
    for resolution in RESOLUTIONS:
        yield Event(f"resolution_{resolution.id}", resolution.on, Subject.INFRASTRUCTURE,
            T("{of}の附帯決議", "resolution of the {of}").fill(of=resolution.committee), resolution.basis,
            resolution.source, note=resolution.note)
