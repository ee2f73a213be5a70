"""The one place where the ledger asks what time it is."""

from datetime import UTC, date, datetime, timedelta

from kaname.days import JST

_TICK = timedelta(microseconds=1)


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The legal day: Japan's."""
    return now().astimezone(JST).date()


def after(last: str) -> datetime:
    """Now, but always later than what was recorded last: a clock set back must not turn the order of a case round."""
    moment = now()
    return max(moment, datetime.fromisoformat(last) + _TICK) if last else moment
