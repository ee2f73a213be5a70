"""A clock as a card: last day, first free day, kind of date, extension, second reading; made from a standing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kaname.law import Bases, Text
from kaname.procedure.declare import Force
from kaname.procedure.standing import Running, Standing
from kaname.web.parts import dates
from kaname.web.parts.states import clock_state


@dataclass(frozen=True, slots=True)
class ClockView:
    """What a reader must see of a clock. `reading`: the second reading of unclear law, its day and its question."""

    key: str
    label: Text
    run: str
    state: str
    days: int | None
    start: date | None
    last_day: date | None
    first_free_day: date | None
    sort: Text
    extension: Text
    closed: Text
    basis: Bases
    without_delay: bool
    met_on: date | None
    reading: tuple[Text, date] | None
    question: int | None
    as_of: date

    @property
    def urgent(self) -> str:
        """Class of the card: `late` or `now`, else nothing."""
        return {"overdue": "late", "due_soon": "now"}.get(self.state, "")


def clock_view(standing: Standing, running: Running) -> ClockView:
    """A clock of a standing as it is shown on the standing's day."""
    clock = running.clock
    state, days = clock_state(running, standing.as_of)
    second = (clock.reading.label, running.later) if clock.reading and running.later else None
    question = clock.question or (clock.reading.question if clock.reading else None)
    return ClockView(
        key=running.key,
        label=clock.label,
        run=running.run,
        state=state,
        days=days,
        start=running.starts[running.winner] if running.starts else running.since,
        last_day=running.last_day,
        first_free_day=running.last_day + timedelta(1) if running.last_day else None,
        sort=dates.sort_of(standing, running),
        extension=dates.extension(dates.can_be_extended(standing, running)),
        closed=dates.on_closed_day(running),
        basis=clock.basis,
        without_delay=clock.force is Force.WITHOUT_DELAY,
        met_on=running.met_on,
        reading=second if second and second[1] != running.last_day else None,
        question=question,
        as_of=standing.as_of,
    )


_ORDER = ("overdue", "due_soon", "running", "pending", "stopped", "met", "lapsed")


def clock_views(standing: Standing) -> list[ClockView]:
    """All clocks of a standing: what presses first, what is over last."""
    found: Iterable[ClockView] = (clock_view(standing, r) for r in standing.clocks.values())
    return sorted(found, key=lambda c: (_ORDER.index(c.state), c.last_day or date.max))
