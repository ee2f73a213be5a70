"""Leaving a council: one form records the act and ends every access, and shows what is to be returned or destroyed.

Afterwards the room is for this person what does not exist. The duty of secrecy goes on, and the page says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kaname.access import api as access
from kaname.access import exits
from kaname.access.login.fresh import fresh
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger.errors import LedgerError, UnknownCase
from kaname.papers import api as papers
from kaname.procedure import Entry, Refused
from kaname.procedure.declare import Field, FieldType, Option
from kaname.regimes.technology.room import Item, Room, Seat
from kaname.web.parts.fields import field_view
from kaname.web.read import read_form
from kaname.web.views.case import head
from kaname.web.views.technology.room import of_council, told, ways_out

_ON = Field("on", T("退く日", "day of leaving"), FieldType.DAY, required=True)
_RETURNED = Field("returned", T("資料の返却・廃棄", "return or destruction of material"), FieldType.TEXT,
    help=T("いつ、何を、どう確かめたか", "when, what, and how it was checked"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holds:
    """A person who leaves, what the register says they hold, and the files they have opened here."""

    name: str
    items: tuple[Item, ...]
    files: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def leave(request: HttpRequest, case: str) -> HttpResponse:
    found = of_council(request, case)
    of = told(request, found)
    ways = ways_out(found, of, request.user.name)
    if not ways:
        raise Http404
    inside = exits.inside(request.user, case)
    fields = _fields(ways, inside)
    typed = dict(request.POST.lists()) if request.method == "POST" else _first(request, ways, inside)
    read = read_form(fields, typed)
    errors = {**_missing(fields, read.data), **read.errors} if request.method == "POST" else {}
    refused: Refused | None = None
    if request.method == "POST" and not errors:
        way = ways[int(read.data["way"])]
        going = list(read.data.get("people") or ())
        try:
            done = exits.leave(
                request.user, case, _entry(way, read.data), going, idempotency_key=request.POST.get("key", "")
            )
        except access.AccessError as wrong:
            errors["people"] = wrong.text
        except UnknownCase:
            raise
        except LedgerError as wrong:
            errors["on"] = wrong.text
        else:
            if isinstance(done, Refused):
                refused = done
            else:
                return _left(request, case, of, way, read.data, [p for p in inside if p.public_id in going], done.seq)
    return render(request, "web/technology/leave.html", {
        **head(request, found, "council_room"), "room": of, "errors": errors, "refused": refused,
        "views": [field_view(f, typed, errors=errors, on=access.today()) for f in fields],
        "holds": _holds(request, case, of, inside), "beside": exits.beside(request.user, case),
        "key": typed.get("key", [uuid4().hex])[0], "hidden": access.in_compartment(request.user, case),
    }, status=422 if errors or refused else 200)  # fmt: skip


Way = tuple[str, Seat, str]


def _fields(ways: Sequence[Way], inside: Sequence[Person]) -> tuple[Field, ...]:
    options = tuple(Option(str(n), _way(way)) for n, way in enumerate(ways))
    people = tuple(Option(p.public_id, T(f"{p.name}、{p.office.name_ja}", f"{p.name}, {p.office.name_en}"))
                   for p in inside)  # fmt: skip
    return (
        Field("way", T("何を記録するか", "what is recorded"), FieldType.CHOICE, required=True, options=options),
        _ON, *((_RETURNED,) if any(act == "membership.leave" for act, _, _ in ways) else ()),
        Field("people", T("入口を閉じる人", "whose access ends"), FieldType.CHOICE, several=True, options=people,
              help=T("区画の構成員である期間と、この案件だけの権限が終わる",
                     "their time in the compartment and their mandates for this case end")),
    )  # fmt: skip


def _missing(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, Text]:
    """What is left out, and what is chosen that was not offered."""
    found: dict[str, Text] = {}
    for field in fields:
        value = data.get(field.id)
        chosen = value if isinstance(value, (list, tuple)) else [value] if value else []
        if field.required and not chosen:
            found[field.id] = T(f"「{field.label.ja}」を入れてください。", f"Fill in: {field.label.en}.")
        elif field.options and set(chosen) - {o.id for o in field.options}:
            found[field.id] = T("一覧にあるものから選んでください。", "Choose one that is offered.")
    return found


def _way(way: Way) -> Text:
    act, seat, person = way
    if act == "membership.leave":
        return T(f"構成員「{seat.name.ja}」が退任する", f"the member {seat.name.en} leaves")
    return T(f"{person}（{seat.name.ja}）の従事が終わります。構成員は残ります",
             f"the work of {person} ({seat.name.en}) ends; the member stays")  # fmt: skip


def _first(request: HttpRequest, ways: Sequence[Way], inside: Sequence[Person]) -> dict[str, list[str]]:
    """What the link said: of which member or person; the accounts of those names are ticked."""
    run, person = request.GET.get("run", ""), request.GET.get("person", "")
    fit = [n for n, (_, seat, who) in enumerate(ways) if (not run or seat.run == run) and (not person or who == person)]
    chosen = fit[0] if run or person or len(ways) == 1 else None
    typed = {"on": [f"{access.today():%Y/%m/%d}"]}
    if fit and chosen is not None:
        names = {ways[chosen][2]} if ways[chosen][2] else {p.name for p in ways[chosen][1].persons}
        names |= {ways[chosen][1].name.ja} if not ways[chosen][2] else set()
        typed |= {"way": [str(chosen)], "people": [p.public_id for p in inside if p.name in names]}
    return typed


def _entry(way: Way, data: Mapping[str, Any]) -> Entry:
    act, seat, person = way
    said = {"name": person} if person else {"return_of_material": data.get("returned") or ""}
    by = "council_secretariat" if person else "member"
    return Entry(act, date.fromisoformat(data["on"]), {k: v for k, v in said.items() if v}, seat.run, by)


def _holds(request: HttpRequest, case: str, of: Room, inside: Sequence[Person]) -> list[Holds]:
    """What each person inside would have to return or destroy, by the register and by what they have opened."""
    files = {p.id: p.name for p in papers.papers(request.user, case)}
    names = dict.fromkeys([p.name for p in inside] + [p.name for s in of.seats if s.inside for p in s.persons])
    opened = {p.name: exits.opened_by(request.user, case, p) for p in inside}
    held = (Holds(name, of.held_by(name), tuple(files.get(id, id) for id in opened.get(name, ()))) for name in names)
    return [one for one in held if one.items or one.files]


def _left(
    request: HttpRequest, case: str, of: Room, way: Way, data: Mapping[str, Any], going: Sequence[Person], seq: int
) -> HttpResponse:  # fmt: skip
    """What has been recorded, who is out, and what goes on. It is the last page of the room for who has left it."""
    still = request.user.pk not in {p.pk for p in going}
    names = {way[2]} if way[2] else {p.name for p in way[1].persons} or {way[1].name.ja}
    items = [(name, of.held_by(name)) for name in sorted(names) if of.held_by(name)]
    return render(request, "web/technology/left.html", {
        "way": _way(way), "on": date.fromisoformat(data["on"]), "going": going, "items": items,
        "back": reverse("council_room", args=[case]) if still else "",
        "receipt": reverse("receipt", args=[case, seq]) if still else "",
    })  # fmt: skip
