"""Day rules, and clocks (期間) with what changes their end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kaname.days import FirstDay, Length, Move
from kaname.law import Bases, Text

if TYPE_CHECKING:
    from kaname.procedure.view import View

COUNTED, EXCLUDED = FirstDay.COUNTED, FirstDay.EXCLUDED


@dataclass(frozen=True)
class DayRule:
    """A named day from which a clock counts (起算日). Answers None for "not yet": the clock waits."""

    id: str
    label: Text
    day: Callable[["View"], date | None]


def day_rule(label: Text) -> Callable[[Callable[["View"], date | None]], DayRule]:
    """Turn a named function over a view into a DayRule; its name becomes the id."""
    return lambda day: DayRule(day.__name__, label, day)


@day_rule(Text("その行為の日", "the day of the act"))
def act_day(view: "View") -> date | None:
    return view.on


@day_rule(Text("通知を受けた日", "the day the notice was received"))
def received(view: "View") -> date | None:
    return view.received_on


class Kind(StrEnum):
    """The kind of period. It alone decides whether, and how, the last day moves over closed days."""

    FILING = "filing", Move.AGENCY  # an act toward a national administrative organ
    STANDSTILL = "standstill", Move.NONE  # a waiting period, or the end of a prohibition
    AGENCY_DUTY = "agency_duty", Move.NONE  # binds the authority itself
    PATENT = "patent", Move.PATENT  # a procedure before the Patent Office
    SUIT = "suit", Move.COURT
    TERM = "term", Move.NONE  # how long a right or designation stands
    CONTRACT = "contract", Move.CONTRACT
    DATE = "date", Move.NONE  # a calendar day that an order or a request names: no period, so nothing moves it (R09)

    move: Move

    def __new__(cls, value: str, move: Move) -> "Kind":
        kind = str.__new__(cls, value)
        kind._value_, kind.move = value, move
        return kind


class Force(StrEnum):
    """What the end of a clock means. A target never changes a state; "without delay" has no last day."""

    DEADLINE = "deadline"
    IN_PRINCIPLE = "in_principle"
    TARGET = "target"
    WITHOUT_DELAY = "without_delay"


@dataclass(frozen=True)
class Count:
    """One way to count: a length from a day, its first day counted (起算して) or not. `length=None`: that very day."""

    length: Length | None
    at: DayRule
    first_day: FirstDay = EXCLUDED


@dataclass(frozen=True)
class Reading:
    """A second reading of unclear law: the end `plus` days later. Shown beside the safe day; rights end only then."""

    plus: int
    label: Text
    question: int


@dataclass(frozen=True)
class Clock:
    """A period (期間). Several counts: the latest end counts. `chosen` names the field by which the authority sets an
    earlier end; the count is then the cap. No counts with WITHOUT_DELAY: an open duty. `lasting`: outlives its track.
    """

    id: str
    label: Text
    kind: Kind
    basis: Bases
    counts: tuple[Count, ...] = ()
    force: Force = Force.DEADLINE
    chosen: str | None = None
    reading: Reading | None = None
    lasting: bool = False
    since: date | None = None
    until: date | None = None
    judged_by: DayRule | None = None
    question: int | None = None


@dataclass(frozen=True)
class Extend:
    """Moves a clock's end to the day in field `to` (or the cap). The cap runs from the clock's start or its end."""

    clock: str
    cap: Length
    basis: Bases
    counted_from: str = "end"  # "start" | "end"
    to: str = "ends_on"
    first_day: FirstDay = COUNTED


@dataclass(frozen=True)
class Shorten:
    """Moves a clock's end forward to the day in field `to`."""

    clock: str
    basis: Bases
    to: str = "ends_on"
