"""What the bar over the inbox does to the chosen lines; and how it is taken back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kaname.access import api as access
from kaname.law import T, Text
from kaname.task import marks
from kaname.task.marks import CannotBeDone, Done
from kaname.task.models import What
from kaname.web.templatetags.kaname import lang
from kaname.web.way_back import page_here

SLEEPS = (1, 3, 7, 14, 30)  # days offered

_SAID = {
    What.ASSIGN: ("件の担当を変えました。", "assigned"),
    What.SEEN: ("件を確認済みにしました。", "marked as seen"),
    What.SNOOZE: ("件を後に回しました。", "put off"),
}
_UNDONE = {
    What.ASSIGN: ("件の担当を元に戻しました。", "assignments taken back"),
    What.SEEN: ("件の確認済みを取り消しました。", "marks taken back"),
    What.SNOOZE: ("件を受信箱に戻しました。", "brought back"),
}
_NONE_CHOSEN = T(
    "行が選ばれていません。行を選んでから押してください。", "No row is chosen. Choose rows, then press it."
)


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """`do`: mine, to (a colleague), nobody, seen, snooze, back."""
    keys, do = request.POST.getlist("key"), request.POST.get("do", "")
    try:
        if not keys:
            messages.warning(request, _NONE_CHOSEN[lang()])
        elif do == "back":
            done = Done(marks.back(request.user, keys))
            messages.success(request, _sentence(_UNDONE[What.SNOOZE], done)[lang()])
        elif told := _done(request, do, keys):
            messages.success(request, _sentence(_SAID[told[0]], told[1])[lang()])
    except CannotBeDone as wrong:
        messages.error(request, wrong.text[lang()])
    return redirect(_whence(request))


def _done(request: HttpRequest, do: str, keys: list[str]) -> tuple[What, Done] | None:
    cases = [key.partition("|")[0] for key in keys]
    match do:
        case "mine":
            return What.ASSIGN, marks.assign(request.user, cases, request.user.public_id)
        case "to":
            return What.ASSIGN, marks.assign(request.user, cases, request.POST.get("to", "") or "-")
        case "nobody":
            return What.ASSIGN, marks.assign(request.user, cases, None)
        case "seen":
            return What.SEEN, marks.see(request.user, keys)
        case "snooze":
            days = request.POST.get("days", "")
            until = access.today() + timedelta(int(days) if days.isdecimal() and len(days) < 4 else 0)
            return What.SNOOZE, marks.snooze(request.user, keys, until)
    return None


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last step back."""
    undone = marks.undo(request.user)
    if undone is None:
        messages.warning(request, T("元に戻すものはありません。", "There is nothing to take back.")[lang()])
    else:
        messages.success(request, _sentence(_UNDONE[undone[0]], undone[1])[lang()])
    return redirect(_whence(request))


def _sentence(words: tuple[str, str], done: Done) -> Text:
    left = T(f"{len(done.left)}件はそのままです：{done.left[0][1].ja}。",
             f" {len(done.left)} left as they were: {done.left[0][1].en}.") if done.left else T("", "")  # fmt: skip
    return T(f"{done.count}{words[0]}{left.ja}", f"{done.count} {words[1]}.{left.en}")


def _whence(request: HttpRequest) -> str:
    return page_here(request.POST.get("next", "")) or reverse("inbox")
