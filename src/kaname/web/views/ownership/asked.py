"""What a page of ownership is asked for: the source, the day, the right by which shares are traced."""

from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from kaname.access import api as access
from kaname.assess.ownership.look import Look
from kaname.assess.ownership.network import Right
from kaname.days import DayError
from kaname.desk import holdings
from kaname.desk.models import Holdings
from kaname.law import T, Text
from kaname.web.read import parse_day


@dataclass(frozen=True)
class Asked:
    """One source as it is asked for. `before`: the day to compare with. `errors`: days that are none, by field."""

    one: Holdings
    read: holdings.Read
    day: date
    before: date | None = None
    right: Right = Right.CAPITAL
    errors: dict[str, Text] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The part of the address that keeps day and right from page to page."""
        said = {"day": self.day.isoformat() if self.day != access.today() else "",
                "before": self.before.isoformat() if self.before else "",
                "right": self.right.value if self.right is not Right.CAPITAL else ""}  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value})

    def look(self, number: int) -> Look:
        """The company of a number, looked through."""
        if number >= len(self.read.book.entities):
            raise Http404
        return holdings.look(holdings.on(self.read, self.day), self.read.book.entities[number].id, self.right)

    def number(self, seen: Look, entity: int) -> int:
        """The number in the source of somebody in a look."""
        return self.read.book.number[seen.book.entities[entity].id]


def mine(request: HttpRequest, id: str) -> Holdings:
    one = holdings.of(request.user, id)
    if one is None:
        raise Http404
    return one


def asked(request: HttpRequest, id: str) -> Asked:
    """What the address says; a day that cannot be read is told, and today taken. A source that is still being read has
    its first page only."""
    one = mine(request, id)
    if not holdings.is_open(one):
        raise Http404
    errors: dict[str, Text] = {}
    days: dict[str, date | None] = {}
    for name in ("day", "before"):
        text, days[name] = request.GET.get(name, "").strip()[:40], None
        try:
            days[name] = parse_day(text) if text else None
        except DayError:
            errors[name] = T(f"「{text}」は日付として読めません。20260401、令和8年4月1日のように入力してください。",
                             f"{text!r} cannot be read as a date. Enter one such as 20260401.")  # fmt: skip
    day = days["day"] or access.today()
    right = Right.VOTES if request.GET.get("right") == Right.VOTES.value else Right.CAPITAL
    request.as_of = day
    return Asked(one, holdings.opened(one), day, days["before"], right, errors)
