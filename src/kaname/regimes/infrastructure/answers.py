"""How the pure advisers of Chapter 3 answer: inside, outside or ask, each with why, provision and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kaname.law import Bases, Text
from kaname.law.dated import Confidence
from kaname.regimes.infrastructure.questions import READ_ONCE


class Verdict(StrEnum):
    """Inside the rule, outside it, or not to be told without more facts."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Why:
    """One reason, with its provision. `question`: the note in docs/law it rests on."""

    text: Text
    basis: Bases = ()
    confidence: Confidence = Confidence.HIGH
    question: int | None = None

    @property
    def unverified(self) -> bool:
        return self.confidence.unverified or self.question in READ_ONCE


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that is missing: `id` is the name under which it is given, `options` the names of its answers, where there
    are only so many. Names of the catalogue stand here and never in a reason: reasons are words."""

    id: str
    label: Text
    options: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question."""

    verdict: Verdict
    why: tuple[Why, ...]
    needs: tuple[Need, ...] = ()


def inside(*why: Why) -> Answer:
    return Answer(Verdict.INSIDE, why)


def outside(*why: Why) -> Answer:
    return Answer(Verdict.OUTSIDE, why)


def ask(*why: Why, needs: Iterable[Need] = ()) -> Answer:
    return Answer(Verdict.ASK, why, tuple(dict.fromkeys(needs)))
