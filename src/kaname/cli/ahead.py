"""What time alone will bring: the days on which the bans of a standing end if nothing else happens."""

from datetime import date

from kaname.days import DayError
from kaname.procedure import Standing, at, bans, next_change

BanKey = tuple[str, str, str]  # procedure, run, id of the ban
_CHANGES = 100  # as many days of change ahead; yearly reports would go on for ever


def ends_by_time(standing: Standing) -> dict[BanKey, date]:
    """The first free day of each ban that ends by itself, found by letting time pass from change to change."""
    ends: dict[BanKey, date] = {}
    waiting, now = _bans(standing), standing
    for _ in range(_CHANGES):
        try:
            day = next_change(now) if waiting else None
            if day is None:
                break
            now = at(now.kind, now, day)
        except (DayError, OverflowError, ValueError):  # beyond the calendar
            break
        over = waiting - _bans(now)
        ends |= dict.fromkeys(over, day)
        waiting -= over
    return ends


def _bans(standing: Standing) -> set[BanKey]:
    return {(b.of.procedure.id, b.run, b.of.ban.id) for b in bans(standing)}
