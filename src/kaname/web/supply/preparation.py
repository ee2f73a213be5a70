"""An application in preparation: a draft of its maker, saved with every part, until it becomes the act that files it.

It holds the fields of the act as they were typed. The act is recorded under the key of the draft, so that a filed
preparation is known by its case.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import token_hex
from typing import Any

from django.http import HttpRequest

from kaname.access import api as access
from kaname.desk.supply_plans import PLAN
from kaname.law import Text
from kaname.ledger.kinds import kinds
from kaname.procedure.index import index
from kaname.regimes.supply.filing.check import Checked, check
from kaname.regimes.supply.filing.parts import Part
from kaname.regimes.supply.plan import FILING
from kaname.web import attached, drafts
from kaname.web.drafts import Kept, Place
from kaname.web.forms.asking import PARTY
from kaname.web.forms.opening import OpeningForm
from kaname.web.models import Draft
from kaname.web.read import read_form

MOST = 50  # of one person
_ACT = "application"  # no act of the kind: the place of its drafts
_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """`errors`: what was typed and cannot be read, by the names of the form. `case`: as which it was filed, or ""."""

    id: str
    kept: Kept
    data: Mapping[str, Any]
    errors: Mapping[str, Text]
    case: str

    @property
    def title(self) -> str:
        """How its maker knows it: the item, else the first applicant."""
        return str(self.data.get("item") or self.lead)

    @property
    def lead(self) -> str:
        """The first applicant."""
        return next((str(row.get("party") or "") for row in self.data.get("applicants") or ()), "")

    @property
    def updated(self) -> datetime | None:
        found: datetime | None = self.kept.updated
        return found

    def checked(self, filing: date) -> Checked:
        return check(self.data, filing)


def begin(request: HttpRequest) -> str:
    """A new, empty preparation; its id."""
    id = token_hex(6)
    drafts.save(request, drafts.opened(request, _place(id), 0), {})
    return id


def mine(request: HttpRequest) -> list[Prepared]:
    """The preparations of the person, the newest first."""
    rows = Draft.objects.filter(person=request.user, kind=PLAN, act=_ACT, case="").order_by("-updated", "-pk")[:MOST]
    return [drawn for row in rows if (drawn := see(request, row.run))]


def see(request: HttpRequest, id: str) -> Prepared | None:
    """One of them; None where the person has none of that id."""
    kept = drafts.opened(request, _place(id), 0) if _ID.fullmatch(id) else None
    if kept is None or kept.fresh:
        return None
    read = read_form(FILING, kept.typed)
    return Prepared(id, kept, read.data, read.errors, access.opened_by_key(request.user, kept.key) or "")


def keep(request: HttpRequest, now: Prepared, part: Part) -> tuple[Prepared, Mapping[str, Text]]:
    """The preparation with what was posted for one part in the place of what it said there; and files not taken."""
    names = {f.id for f in part.fields}
    typed = {k: list(v) for k, v in now.kept.typed.items() if k.partition(".")[0] not in names}
    typed |= {k: v for k, v in request.POST.lists() if k.partition(".")[0] in names}
    files, wrong = attached.taken(request, "")
    several = {f.id for f in part.fields if f.several}
    for name, references in files.items():
        lines = [line for line in "\n".join(typed.get(name, ())).splitlines() if line.strip()]
        typed[name] = ["\n".join((*lines, *references))] if name in several else references[-1:]
    kept = drafts.save(request, now.kept, typed)
    read = read_form(FILING, typed)
    return replace(now, kept=kept, data=read.data, errors=read.errors), wrong


def drop(request: HttpRequest, id: str) -> None:
    drafts.drop(request, _place(id))


def form_of(request: HttpRequest, checked: Checked) -> OpeningForm | None:
    """The form of the act that files it; None where the person may not do that act."""
    kind = kinds()[PLAN]
    of = index(kind).acts[checked.act]
    held = {m.role for m in access.may_open(request.user, PLAN)}
    return OpeningForm(request.user, kind, of) if any(r.id in held for r in of.act.roles) else None


def hand_over(request: HttpRequest, now: Prepared, form: OpeningForm) -> str:
    """Fill the form of the act with it, under its key; the address of the check page. Nothing is filed by this."""
    first = form.first()
    party = next(iter(first.get(PARTY, ())), "") or now.lead
    drafts.drop(request, form.place)
    drafts.save(request, Kept(form.place, now.kept.key, 0), {**first, **now.kept.typed, PARTY: [party]})
    return form.check_address


def _place(id: str) -> Place:
    return Place("", PLAN, _ACT, id)
