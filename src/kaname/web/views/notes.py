"""Notes on a case, and the notices that they make."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kaname.aside import notes
from kaname.law import T, Text
from kaname.web.templatetags.kaname import say
from kaname.web.views.asked import seen
from kaname.web.views.case import head


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, case: str) -> HttpResponse:
    """The notes; a POST writes one, edits or removes one's own. What could not be kept comes back as it was typed."""
    found = seen(request, case)
    wrong: Text | None = None
    if request.method == "POST":
        try:
            _done(request, case)
            return redirect("case_notes", case)
        except notes.BadNote as bad:
            wrong = bad.text
        except LookupError:
            raise Http404 from None
    else:
        notes.mark_read(request.user, found.case)
    return render(request, "web/case/notes.html", {
        **head(request, found, "case_notes"), "notes": notes.listed(request.user, case), "longest": notes.LONGEST,
        "errors": {"text": wrong} if wrong else {}, "typed": request.POST.get("text", ""),
        "typed_for": request.POST.get("note", ""), "typed_shared": request.POST.get("shared") == "yes",
    }, status=400 if wrong else 200)  # fmt: skip


def _done(request: HttpRequest, case: str) -> None:
    asked, id = request.POST.get("do", ""), request.POST.get("note", "")[:16]
    text, shared = request.POST.get("text", ""), request.POST.get("shared") == "yes"
    match asked:
        case "write":
            _tell(request, notes.write(request.user, case, text, shared))
        case "edit":
            _tell(request, notes.edit(request.user, case, id, text, shared))
        case "remove":
            notes.remove(request.user, case, id)
            messages.success(request, say(T("メモを消しました。", "The note is removed.")))
        case _:
            raise Http404


def _tell(request: HttpRequest, kept: notes.Kept) -> None:
    said = [T("メモを保存しました。", "The note is saved.")]
    if kept.told:
        said.append(T("{who}に知らせました。", " {who} will be told.").fill(who="、".join(kept.told)))
    if kept.nobody:
        names = "、".join(kept.nobody)
        said.append(
            T("この案件を見られる人に「{who}」はいません。", " Nobody who may see this case is called {who}.").fill(
                who=names
            )
        )
    (messages.warning if kept.nobody else messages.success)(request, "".join(map(say, said)))
