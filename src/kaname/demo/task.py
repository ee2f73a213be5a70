"""A day's work in the demonstration: cases with somebody who sees to them, a view that is pinned, an absence ahead."""

from datetime import date, timedelta

from kaname.access import api as access
from kaname.access.models import Person
from kaname.law import T
from kaname.task import marks, views

_MINE = T("出願済みのもの", "Filed")


def furnish(today: date) -> None:
    """The reviewer sees to the cases that are due first; the minister's desk is away next week."""
    reviewer, minister, deputy = (
        Person.objects.get(email=f"{login}@demo.example") for login in ("jpo", "mext", "secretary")
    )
    due = [item.case for box in access.inbox(reviewer, size=5) for item in box.items]
    marks.assign(reviewer, due[:5], reviewer.public_id)
    views.save(reviewer, "cases", _MINE.ja, "kind=patents.application&state=filed", shared=True, pinned=True)
    first = max(today, access.today()) + timedelta(7)
    access.deputies.name(minister, deputy, first, first + timedelta(4))
