"""What time alone will bring: the days on which the bans of a standing end if nothing else happens."""

from datetime import date

from kaname.days import DayError
from kaname.procedure.fold import at, next_change
from kaname.procedure.show import BanNow, bans
from kaname.procedure.standing import Standing, track_key

BanKey = tuple[str, str, str]  # procedure, run, id of the ban
_CHANGES = 100  # as many days of change ahead; yearly reports would go on for ever


def ends_by_time(standing: Standing) -> dict[BanKey, date]:
    """The first free day of each ban that ends by itself, found by letting time pass from change to change."""
    ends: dict[BanKey, date] = {}
    waiting, now = _bans(standing), standing
    dated = {_key(b) for b in bans(standing) if b.until}
    for _ in range(_CHANGES):
        try:
            day = next_change(now) if waiting else None
            if day is None:
                break
            now = at(now.kind, now, day)
        except (DayError, OverflowError, ValueError):  # beyond the calendar
            break
        over = waiting - _bans(now)
        ends |= {key: day for key in over if key in dated or not _is_over(now, key)}
        waiting -= over
    return ends


def _bans(standing: Standing) -> set[BanKey]:
    return {_key(b) for b in bans(standing)}


def _key(ban: BanNow) -> BanKey:
    return ban.of.procedure.id, ban.run, ban.of.ban.id


def _is_over(standing: Standing, key: BanKey) -> bool:
    """Whether the ban fell away because its run came to an end: who was bound is not free, the case is gone."""
    procedure, run, _ = key
    track = standing.tracks.get(track_key(procedure, run))
    of = next(p for p in standing.kind.procedures if p.id == procedure)
    return track is not None and of.is_end(track.state)
