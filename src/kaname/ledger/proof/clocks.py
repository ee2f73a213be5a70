"""Whether this office's clock can be right, by what others have signed: their anchors, countersignatures and
time stamps bound it.

Each of these carries the instant of another machine. One that lies ahead of our now was either signed by a clock that
is fast, or ours is slow; one under an anchor of ours that says it came before that anchor, the other way round. Which
of the two is wrong nobody here can tell, so it is told and hinders nothing. Only the newest of each office counts: once
clocks are set right, the doubt goes with the next contact.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from kaname.law import T, Text
from kaname.ledger import clock, keys
from kaname.ledger.models import Anchor, Countersignature, TimeStamp, Witnessed
from kaname.ledger.strict_json import loads

TOLERATED = timedelta(minutes=5)


class Doubt(NamedTuple):
    """Two clocks that disagree: that of an office (key) or an authority of time (name) said `theirs` no later than ours
    said `ours` (`ahead`), or no earlier."""

    office: str
    ours: datetime
    theirs: datetime
    ahead: bool

    @property
    def text(self) -> Text:
        who = keys.name_of(self.office)
        ours, theirs = (f"{instant:%Y-%m-%d %H:%M} UTC" for instant in (self.ours, self.theirs))
        return T(f"時計が食い違う：{who} は {theirs} に署名したが、ここでは{'今' if self.ahead else '先に'} {ours}。"
                 "どちらの時計が正しいか確かめること",
                 f"clocks differ: {who} signed at {theirs}, but here it {'is' if self.ahead else 'already was'} {ours}"
                 "; find out whose is right")  # fmt: skip


def doubts() -> list[Doubt]:
    """Every office whose clock and ours cannot both be right, the one that differs most first."""
    found = [*_ahead(), *_before_ours(), *_by_stamps()]
    return sorted(found, key=lambda d: (-abs(d.theirs - d.ours), d.office))


def _ahead() -> Iterator[Doubt]:
    now = clock.now()
    for office in Witnessed.objects.order_by("office").values_list("office", flat=True).distinct():
        last = Witnessed.objects.filter(office=office).order_by("-number").values_list("statement", flat=True)[0]
        theirs = datetime.fromisoformat(_line(last)["made_at"])
        if theirs > now + TOLERATED:
            yield Doubt(office, now, theirs, True)


def _before_ours() -> Iterator[Doubt]:
    for office in Countersignature.objects.order_by("office").values_list("office", flat=True).distinct():
        last = Countersignature.objects.filter(office=office).order_by("-number")[0]
        theirs = datetime.fromisoformat(_line(last.statement)["at"])
        made = Anchor.objects.filter(number=last.number).values_list("made_at", flat=True).first()
        if made and (ours := datetime.fromisoformat(made)) - theirs > TOLERATED:
            yield Doubt(office, ours, theirs, False)


def _by_stamps() -> Iterator[Doubt]:
    """An authority has stamped an anchor before it was made by our clock, or later than it is now."""
    for authority in TimeStamp.objects.order_by("authority").values_list("authority", flat=True).distinct():
        last = TimeStamp.objects.filter(authority=authority).order_by("-number")[0]
        theirs, now = datetime.fromisoformat(last.at), clock.now()
        made = Anchor.objects.filter(number=last.number).values_list("made_at", flat=True).first()
        if theirs > now + TOLERATED:
            yield Doubt(authority, now, theirs, True)
        elif made and (ours := datetime.fromisoformat(made)) - theirs > TOLERATED:
            yield Doubt(authority, ours, theirs, False)


def _line(statement: str) -> dict[str, str]:
    """What was signed: its signature was looked at when it was taken in."""
    said: dict[str, str] = loads(statement.partition("\n")[0].encode())
    return said
