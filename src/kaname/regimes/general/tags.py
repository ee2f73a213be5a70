"""Provisions written as tags, `52(1), 53(1)`, and whether the law has moved since a day on which an answer rested."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kaname.law import Provision, T, Text, amendments, article, parse
from kaname.law.commencement import AMENDMENTS
from kaname.law.laws import ESPA
from kaname.regimes.general.catalogue.guidelines import GUIDELINES


def parts(tags: str) -> list[str]:
    """The single citations of a line of tags; full-width commas and Japanese ones part them too."""
    for mark in "、，;；":
        tags = tags.replace(mark, ",")
    return [one.strip() for one in tags.split(",") if one.strip()]


def unreadable(tags: str) -> list[str]:
    """Those that are no place of the Act."""
    return [one for one in parts(tags) if _place(one) is None]


def places(tags: str) -> tuple[Provision, ...]:
    """The places of the Act; what cannot be read is left out (the form has refused it)."""
    return tuple(found for one in parts(tags) if (found := _place(one)))


def _place(text: str) -> Provision | None:
    try:
        found = parse(ESPA, text)
        article(found)
    except (ValueError, LookupError):
        return None
    return found


@dataclass(frozen=True, slots=True)
class Moved:
    """One change of law after the day on which an answer rests."""

    on: date
    text: Text


def moved(regime: str, tags: str, law_of: date, as_of: date) -> tuple[Moved, ...]:
    """What changed after `law_of` up to a day: amendments of the places tagged, and editions of the regime's guideline.

    Without tags every amendment of the Act counts: nobody said that it does not matter.
    """
    return tuple(sorted(_moved(regime, tags, law_of, as_of), key=lambda m: m.on))


def _moved(regime: str, tags: str, law_of: date, as_of: date) -> Iterator[Moved]:
    named = places(tags)
    touching = [a for a in AMENDMENTS if not named or any(a in amendments(p) for p in named)]
    for amendment in touching:
        if amendment.in_force and law_of < amendment.in_force <= as_of:
            yield Moved(amendment.in_force, T("{by}の施行", "{by} in force").fill(by=amendment.by))
    for guideline in GUIDELINES.values():
        if guideline.regime == regime:
            for edition in guideline.editions:
                if law_of < edition.decided_on <= as_of:
                    yield Moved(edition.decided_on, T("{of}の決定・改定",
                        "{of} decided or revised").fill(of=guideline.label))


