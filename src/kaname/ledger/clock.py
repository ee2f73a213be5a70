"""The one place where the office asks what time it is. A clock may jump; what stands here is how that is borne.

`after`: what is recorded runs forward within a case, whatever the clock does. `is_from_the_future`: no session and no
lease is made longer by a clock that was set back.
"""

from datetime import UTC, date, datetime, timedelta

from kaname.days import JST

DIFFERENCE = timedelta(minutes=5)  # of the clocks of two machines that share a database
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


def is_from_the_future(moment: datetime) -> bool:
    """An instant noted by this office that has not come yet: the clock was set back since. What machines that share a
    database may differ by is no such thing."""
    return moment > now() + DIFFERENCE
