"""Saved views: kept from the list itself, opened by one click, looked after on a page of their own."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from kaname.access import api as access
from kaname.access.api import Group
from kaname.law import T
from kaname.task import inbox as work
from kaname.task import views
from kaname.task.inbox import Show
from kaname.task.marks import CannotBeDone
from kaname.task.views import Seen
from kaname.web.parts.tables import Chip
from kaname.web.templatetags.kaname import lang
from kaname.web.views.cases_wanted import wanted_of

COUNTED = 8  # views of which the rows are counted: each costs a statement


def told(request: HttpRequest, page: str, every: Sequence[Seen]) -> dict[str, Any]:
    """What a list shows of its views: a chip each, with a count, and what the form to keep this one needs."""
    mine = [s for s in every if s.view.page == page]
    try:
        now = views.kept(request.GET.urlencode())
    except ValueError:  # more than a view holds: kept as none
        now = ""
    return {
        "page": page, "now": now,
        "chips": [Chip(T(s.view.name, s.view.name), href(s), _count(request, s) if n < COUNTED else None,
                       on=s.view.query == now) for n, s in enumerate(mine)],
    }  # fmt: skip


def rail(request: HttpRequest, every: Sequence[Seen]) -> list[Chip]:
    """The pinned views of all lists."""
    pinned = [s for s in every if s.pinned][:COUNTED]
    return [Chip(T(s.view.name, s.view.name), href(s), _count(request, s)) for s in pinned if href(s)]


def href(seen: Seen) -> str:
    """Where a view is. A view without filters says so in its address, or its list would begin with the first one."""
    try:
        return f"{reverse(seen.view.page)}?{seen.view.query or urlencode({'saved': '1'})}"
    except NoReverseMatch:
        return ""


def begins_with(request: HttpRequest, page: str, every: Sequence[Seen]) -> str:
    """Where the list begins for this person, when they ask for no view; "" where it begins as it is."""
    query = views.first(every, page) if request.method == "GET" and not request.GET else ""
    return f"{reverse(page)}?{query}" if query else ""


def _count(request: HttpRequest, seen: Seen) -> int | None:
    get = QueryDict(seen.view.query)
    if seen.view.page == "cases":
        return access.listed(request.user, wanted_of(get, {}), 0, 1).total
    if seen.view.page == "inbox":
        show = next((s for s in Show if s == get.get("show")), Show.OPEN)
        groups = [g for g in Group if g == get.get("group")] or list(work.DUE)
        return sum(box.count for box in work.inbox(request.user, show, 1, groups))
    return None


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the view of a list."""
    post = request.POST
    page = post.get("page", "")
    try:
        made = views.save(request.user, page, post.get("name", ""), post.get("query", ""),
                          "shared" in post, "pinned" in post)  # fmt: skip
    except CannotBeDone as wrong:
        messages.error(request, wrong.text[lang()])
        return redirect(page if page in views.LISTS else "task_views")
    messages.success(request, T(f"「{made.name}」として保存しました。", f"Kept as {made.name}.")[lang()])
    return redirect(f"{reverse(page)}?{made.query or 'saved=1'}")


@require_safe
def view_list(request: HttpRequest) -> HttpResponse:
    """All of them, to be looked after."""
    rows = [(s, views.LISTS[s.view.page], href(s)) for s in views.of(request.user) if s.view.page in views.LISTS]
    return render(request, "web/task/views.html", {"rows": rows})


@require_POST
def change(request: HttpRequest, view: str) -> HttpResponse:
    """`do`: rename, share, unshare, pin, unpin, first, unfirst, delete."""
    do, me = request.POST.get("do", ""), request.user
    try:
        match do:
            case "rename":
                views.rename(me, view, request.POST.get("name", ""))
            case "share" | "unshare":
                views.share(me, view, do == "share")
            case "pin" | "unpin":
                views.use(me, view, pinned=do == "pin")
            case "first" | "unfirst":
                views.use(me, view, first=do == "first")
            case "delete":
                views.delete(me, view)
    except LookupError:
        raise Http404 from None
    except CannotBeDone as wrong:
        messages.error(request, wrong.text[lang()])
    return redirect("task_views")
