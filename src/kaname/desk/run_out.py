"""What has had its time on the desks of offices is thrown away by the worker beside the office, by `kaname papers`, and
by whoever brings something new. Who only looks finds it no more, and changes nothing."""

import time

from kaname.desk import holdings, names, screenings, shock_runs, shocks, trade

DESKS = (screenings, holdings, names, trade, shocks, shock_runs)
_EVERY = 600.0
_next = 0.0


def sweep() -> int:
    return sum(desk.sweep() for desk in DESKS)


def now_and_then(now: float | None = None) -> None:
    """For a worker that comes round every moment: once in ten minutes. `now`: in seconds of any clock that goes on."""
    global _next
    now = time.monotonic() if now is None else now
    if now >= _next:
        _next = now + _EVERY
        sweep()
