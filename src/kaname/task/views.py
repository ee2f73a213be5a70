"""Saved views: a name for what stands in the address of a list. A view shows each person what they may know of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db import IntegrityError, transaction
from django.db.models import Q

from kaname.access.models import Person
from kaname.law import T, Text
from kaname.task.marks import CannotBeDone
from kaname.task.models import Use, View

LISTS: dict[str, Text] = {
    "inbox": T("受信箱", "Inbox"), "cases": T("案件", "Cases"),
}  # fmt: skip
MOST = 50  # views of one person
LONGEST = 64
_PASSING = {"page", "format", "as", "into", "saved"}  # what is in an address and no part of the view
_NAME = re.compile(r"[a-z_]{1,32}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A view as one person has it."""

    view: View
    pinned: bool
    first: bool
    mine: bool


def of(person: Person, page: str = "") -> list[Seen]:
    """The person's own views and those shared with their office, by list and name."""
    found = View.objects.filter(Q(person=person) | Q(shared=True, office=person.office_id)).select_related("person")
    found = found.filter(page=page) if page else found
    rows = list(found.order_by("page", "name", "pk"))
    uses = {u.view_id: u for u in Use.objects.filter(person=person)} if rows else {}
    return [
        Seen(v, v.pk in uses and uses[v.pk].pinned, v.pk in uses and uses[v.pk].first, v.person_id == person.pk)
        for v in rows
    ]


def first(every: Iterable[Seen], page: str) -> str:
    """What the address of a list holds where a person asks for no view: "" for the list as it is."""
    return next((s.view.query for s in every if s.first and s.view.page == page), "")


def kept(query: str) -> str:
    """What of an address makes the view, in one spelling."""
    pairs = [(k, v) for k, v in parse_qsl(query, max_num_fields=40) if _NAME.fullmatch(k) and k not in _PASSING and v]
    return urlencode(sorted(pairs))[:1024]


def save(person: Person, page: str, name: str, query: str, shared: bool = False, pinned: bool = False) -> View:
    """Keep a view; one of the same name and list is replaced. Raises CannotBeDone."""
    name = _named(name)
    if page not in LISTS:
        raise CannotBeDone("page", T(f"一覧は {', '.join(LISTS)}", f"expected one of {', '.join(LISTS)}"))
    if View.objects.filter(person=person).exclude(page=page, name=name).count() >= MOST:
        raise CannotBeDone("name", T(f"一人 {MOST} 個まで", f"expected at most {MOST} views a person"))
    try:
        asked = {"query": kept(query), "shared": shared, "office_id": person.office_id}
    except ValueError:
        raise CannotBeDone("query", T("条件が多すぎる", "the address holds too many filters")) from None
    made, _ = View.objects.update_or_create(person=person, page=page, name=name, defaults=asked)
    if pinned:
        use(person, made.public_id, pinned=True)
    return made


def _named(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        raise CannotBeDone("name", T(f"1 から {LONGEST} 文字の名", f"expected a name of 1 to {LONGEST} characters"))
    return name


def rename(person: Person, public_id: str, name: str) -> None:
    """Another name for one's own view. Raises CannotBeDone, LookupError."""
    view, name = _own(person, public_id), _named(name)
    try:
        with transaction.atomic():
            View.objects.filter(pk=view.pk).update(name=name)
    except IntegrityError:
        raise CannotBeDone("name", T("その名の見方はもうある", "there is a view of that name already")) from None


def share(person: Person, public_id: str, shared: bool) -> None:
    """Share one's own view with the office, or no more. Raises LookupError."""
    View.objects.filter(pk=_own(person, public_id).pk).update(shared=shared, office=person.office_id)


def delete(person: Person, public_id: str) -> None:
    """Raises LookupError."""
    _own(person, public_id).delete()


@transaction.atomic
def use(person: Person, public_id: str, pinned: bool | None = None, first: bool | None = None) -> None:
    """Pin a view of one's own or of the office, or begin its list with it (one a list). Raises LookupError."""
    view = next((s.view for s in of(person) if s.view.public_id == public_id), None)
    if view is None:
        raise LookupError(public_id)
    mine, _ = Use.objects.get_or_create(person=person, view=view)
    if first:
        Use.objects.filter(person=person, view__page=view.page).update(first=False)
    mine.pinned = mine.pinned if pinned is None else pinned
    mine.first = mine.first if first is None else first
    mine.save()


def _own(person: Person, public_id: str) -> View:
    found: View | None = View.objects.filter(person=person, public_id=public_id).first()
    if found is None:
        raise LookupError(public_id)
    return found
