"""Compartments, for their members. Whoever is not one gets the page of what does not exist."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kaname.access import api as access
from kaname.access.login.fresh import fresh
from kaname.access.models import Membership, Person
from kaname.law import T
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.views.people_forms import COMPARTMENT, DESTROY, MEMBER, PLACE, Form

_NOBODY = T("そのメールアドレスの人はいない", "there is no person with this address")


@require_safe
def compartments(request: HttpRequest) -> HttpResponse:
    """Those one is a member of."""
    rows = [
        Row(room.name, (access.compartments.members(room).count(),), reverse("compartment", args=[room.public_id]))
        for room in access.own_compartments(request.user)
    ]
    heads = [Column(T("名称", "name")), Column(T("構成員", "members"), num=True)]
    table = Table(T("区画", "Compartments"), heads, rows)
    return render(request, "web/people/compartments.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def compartment(request: HttpRequest, compartment: str) -> HttpResponse:
    """One of them: its members, bringing in and taking out, moving a case in, destroying its key."""
    room = access.compartments.own_compartment(request.user, compartment)
    doing = request.POST.get("do", "")
    join = Form(MEMBER, request.POST if doing == "join" else None)
    place = Form(PLACE, request.POST if doing == "place" else None)
    destroy = Form(DESTROY, request.POST if doing == "destroy" else None)
    forms = {"join": join, "place": place, "destroy": destroy}
    wrong = None
    try:
        if doing == "join" and join.ok:
            who = _person(join.data["person"])
            access.compartments.join(request.user, compartment, who, join.day("from"), join.day("until"))
        elif doing == "leave":
            members = access.compartments.members(room).filter(person__public_id=request.POST.get("person", ""))
            access.compartments.leave(request.user, compartment, _first(members))
        elif doing == "place" and place.ok:
            access.place(request.user, place.data["case"], compartment)
        elif doing == "destroy" and destroy.ok:
            access.destruction.ask(request.user, compartment, destroy.data["reason"])
        elif doing == "confirm_destruction":
            access.destruction.confirm(request.user, compartment)
        elif doing == "withdraw_destruction":
            access.destruction.withdraw(request.user, compartment)
    except access.UnknownCase as unknown:
        place.errors["case"] = unknown.text
    except access.AccessError as error:
        if doing in forms:
            forms[doing].wrong(error)
        else:
            wrong = error.text
    fine = wrong is None and all(form.ok for form in forms.values())
    if request.method == "POST" and fine:
        return redirect("compartments") if _left(request, compartment) else redirect("compartment", compartment)
    held = list(access.compartments.members(room))
    of_key = {
        "destroy": destroy, "destroyed": access.destruction.told(compartment),
        "reach": access.destruction.reach(request.user, compartment),
        "waiting": access.destruction.waiting(request.user, compartment),
    }  # fmt: skip
    values = {"room": room, "members": held, "join": join, "place": place, "wrong": wrong, **of_key}
    return render(request, "web/people/compartment.html", values, status=200 if fine else 422)


def _person(email: str) -> Person:
    found = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise access.NotAllowed(_NOBODY, field="person")
    return found


def _first(members: "QuerySet[Membership]") -> Person:
    found = members.first()
    if found is None:
        raise access.Unknown
    return found.person


def _left(request: HttpRequest, compartment: str) -> bool:
    return not access.own_compartments(request.user).filter(public_id=compartment).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def compartment_new(request: HttpRequest) -> HttpResponse:
    """An administrator makes one for another person, and is not in it."""
    form = Form(COMPARTMENT, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.ok:
        try:
            access.compartments.create(request.user, form.data["name"], _person(form.data["person"]))
            return redirect("people")
        except access.AccessError as error:
            form.wrong(error)
    title, button = T("区画を作る", "Make a compartment"), T("区画を作る", "Make the compartment")
    values = {"form": form, "title": title, "button": button, "back": reverse("people")}
    return render(request, "web/people/form.html", values, status=200 if form.ok else 422)
