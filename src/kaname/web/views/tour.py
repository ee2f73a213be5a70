"""The tour: begin, next, back, leave, go on again; and all its steps on one page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.aside import choices
from kaname.web.tour import KEY, TOURS, Step, step, steps

DONE = "done"


@require_http_methods(["GET", "HEAD", "POST"])
def tour(request: HttpRequest) -> HttpResponse:
    """The list of tours with their steps; a POST walks: `do` is begin, go, leave or resume, `at` names a step."""
    kept = choices.of(request.user).tour
    if request.method == "POST":
        return _walk(request, request.POST.get("do", ""), request.POST.get("at", "")[:40], kept)
    administers = request.user.administers
    shown = [(t, steps(t.id, administers)) for t in TOURS if t.id != "administrator" or administers]
    return render(request, "web/tour.html", {"tours": shown, "left": step(kept, administers), "done": kept == DONE})


def _walk(request: HttpRequest, asked: str, at: str, kept: str) -> HttpResponse:
    if asked == "leave":  # where it was left is kept
        request.session.pop(KEY, None)
        return redirect("tour")
    if asked == "end":
        request.session.pop(KEY, None)
        choices.keep(request.user, tour=DONE)
        return redirect("tour")
    to: Step | None = step(kept if asked == "resume" else at, request.user.administers)
    if to is None:
        raise Http404
    request.session[KEY] = to.mark
    choices.keep(request.user, tour=to.mark)
    return redirect(f"{to.href}#tour")
