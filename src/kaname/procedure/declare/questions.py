"""Conditions: questions of law over a view of the case, composed with & | ~."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kaname.law import Bases, Text
from kaname.procedure.declare.days import DayRule

if TYPE_CHECKING:
    from kaname.procedure.view import View

Test = Callable[["View"], bool | None]


class Asked:
    """What conditions have in common: they compose. Each is one of the four below, which a base class cannot say."""

    def __and__(self, other: "AnyCondition") -> "Both":
        return Both((self, other))  # type: ignore[arg-type]

    def __or__(self, other: "AnyCondition") -> "Either":
        return Either((self, other))  # type: ignore[arg-type]

    def __invert__(self) -> "Not":
        return Not(self)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Condition(Asked):
    """One question of law over a view of the case: met, unmet, or unknown while the form is empty.

    `requires` says what is asked (for the page), `lacks` what is wrong (for the refusal); `tells`, where given, says
    that with the days of the case at hand. Composes with & | ~.
    `since`/`until` bound it in time; `judged_by` is the day rule that picks the version: the transitional rule.
    """

    id: str
    requires: Text
    lacks: Text
    basis: Bases
    test: Test
    since: date | None = None
    until: date | None = None
    judged_by: "DayRule | None" = None
    question: int | None = None
    tells: "Callable[[View], Text] | None" = None


@dataclass(frozen=True)
class Both(Asked):
    """All parts must be met; every unmet part gives its own reason."""

    parts: "tuple[AnyCondition, ...]"


@dataclass(frozen=True)
class Either(Asked):
    """One part suffices; when none is met, every part gives its reason."""

    parts: "tuple[AnyCondition, ...]"


@dataclass(frozen=True)
class Not(Asked):
    """Met when its part is unmet; unknown stays unknown."""

    part: "AnyCondition"


AnyCondition = Condition | Both | Either | Not


def condition(
    requires: Text, lacks: Text, basis: Bases, *, since: date | None = None, until: date | None = None,
    judged_by: "DayRule | None" = None, question: int | None = None, tells: "Callable[[View], Text] | None" = None,
) -> Callable[[Test], Condition]:  # fmt: skip
    """Turn a named function over a view into a Condition; its name becomes the id."""

    def made(test: Test) -> Condition:
        return Condition(test.__name__, requires, lacks, basis, test, since, until, judged_by, question, tells)

    return made


def atoms(c: AnyCondition | None) -> Iterable[Condition]:
    """The single questions inside a composed condition."""
    if isinstance(c, Condition):
        yield c
    elif isinstance(c, Not):
        yield from atoms(c.part)
    elif c is not None:
        for part in c.parts:
            yield from atoms(part)
