"""The reminders that have come and are not read yet, and the calendar feed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from kaname.access import api as access
from kaname.access.login import logged
from kaname.aside import notes
from kaname.law import T
from kaname.notices import api as told
from kaname.web.calendar import as_calendar
from kaname.web.templatetags.kaname import lang
from kaname.web.views.cases import case_href, case_name


def notices(request: HttpRequest) -> HttpResponse:
    """The list; a POST marks what it names as read (`key`), or all that is shown."""
    if request.method == "POST":
        read = told.remind.mark_read(request.user, request.POST.getlist("key"))
        read += notes.mark_read(request.user) if "mentions" in request.POST else 0
        messages.success(request, T(f"{read}件を既読にしました。", f"{read} marked as read.")[lang()])
        return redirect("notices")
    today = access.today()
    rows = [
        {"key": one.key, "item": one.item, "name": case_name(one.item), "href": case_href(one.item.case), "on": one.on}
        for one in told.remind.on_page(request.user, today)
    ]
    named = notes.mentions(request.user)
    return render(request, "web/notices/notices.html", {
        "rows": rows, "today": today, "mentions": named, "unread": len(rows) + len(named),
    })  # fmt: skip


@require_GET
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's days, for a calendar that knows the secret address. An address that is none is not there."""
    person = told.calendar.holder(secret)
    if person is None:
        logged.link(request)
        raise Http404
    return as_calendar(told.calendar.feed(person), "kaname.ics")
