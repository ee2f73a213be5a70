"""How a person is told: own rules, the day's mail, the calendar feed, webhooks; what became of each message."""

from typing import Any

from django.conf import settings as office
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from kaname.access.login.fresh import fresh
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.notices import api as told
from kaname.notices.hooks import BadHook
from kaname.notices.models import Outgoing
from kaname.notices.remind import USUAL, BadRule, When
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.templatetags.kaname import lang

_SHOWN = 30
_EMPTY_LINES = 3
_WAYS = (("page", T("画面", "page")), ("digest", T("一日一通の電子メール", "daily mail")),
         ("mail", T("その都度の電子メール", "a mail of its own")))  # fmt: skip
_STATES = {"waiting": T("送信待ち", "waiting"), "sent": T("送信済み", "sent"),
           "void": T("不要になった", "no longer needed"), "dead": T("送るのをやめた", "given up")}  # fmt: skip
_HEADS = (Column(T("作成", "Made")), Column(T("送り先", "To")), Column(T("試した回数", "Tries"), num=True),
          Column(T("最後のわけ", "Last fault")), Column(T("状態", "State")))  # fmt: skip


def notices_settings(request: HttpRequest) -> HttpResponse:
    """Rules and the hour of the day's mail: one form."""
    if request.method != "POST":
        return _page(request, _lines(told.remind.rules(request.user)))
    typed = _typed(request)
    hour = request.POST.get("digest_hour", "")
    errors: dict[str, Text] = {}
    try:
        wanted = [When(int(line["before"]), line["how"], line["kind"]) for line in typed if line["before"].strip()]
        told.remind.keep(request.user, [] if set(wanted) == set(USUAL) else wanted)
    except ValueError as wrong:
        errors["rules"] = wrong.text if isinstance(wrong, BadRule) else T("日数を半角の整数で", "expected whole days")
    if hour and not (hour.isdecimal() and int(hour) in told.HOURS):
        errors["digest_hour"] = T("0 から 23 の時を", "expected an hour from 0 to 23")
    if errors:
        return _page(request, typed, errors, 422)
    told.wish(request.user, int(hour) if hour else None)
    messages.success(request, T("お知らせの設定を保存しました。", "Your settings of notices are saved.")[lang()])
    return redirect("notices_settings")


@require_POST
@fresh
def feed(request: HttpRequest) -> HttpResponse:
    """Make the feed's address, make it anew, or end it. The address stands on this answer alone."""
    if request.POST.get("do") == "end":
        told.calendar.end_feed(request.user)
        return redirect("notices_settings")
    path = reverse("calendar_feed", args=[told.calendar.begin_feed(request.user)])
    where = f"{office.ORIGIN}{path}" if office.ORIGIN else request.build_absolute_uri(path)
    return _page(request, _lines(told.remind.rules(request.user)), feed=where)


def _page(
    request: HttpRequest, lines: list[dict[str, str]], errors: dict[str, Text] | None = None, status: int = 200,
    feed: str = "",
) -> HttpResponse:  # fmt: skip
    wishes = told.wishes(request.user)
    return render(request, "web/notices/settings.html", {
        "lines": [*lines, *({"before": "", "how": "page", "kind": ""} for _ in range(_EMPTY_LINES))],
        "ways": _WAYS, "kinds": [(k.id, k.label) for k in kinds().values()], "errors": errors or {},
        "hours": told.HOURS, "hour": wishes.digest_hour, "has_feed": bool(wishes.feed), "feed": feed,
        "mail": told.mail.is_set_up(), "at_work": told.sender.is_at_work(), "table": _messages(request),
        "dead": list(told.outbox.of(request.user).filter(state="dead")[:_SHOWN]),
    }, status=status)  # fmt: skip


def _lines(rules: tuple[When, ...]) -> list[dict[str, str]]:
    return [{"before": str(w.before), "how": w.how, "kind": w.kind} for w in rules]


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    columns = [request.POST.getlist(name)[:100] for name in ("before", "how", "kind")]
    return [dict(zip(("before", "how", "kind"), line, strict=True)) for line in zip(*columns, strict=False)]


# -- webhooks --------------------------------------------------------------------------------------------------------


@fresh
def webhooks(request: HttpRequest) -> HttpResponse:
    """The list and the form. Each secret can be seen here again: it is worked out, not kept."""
    errors: dict[str, Text] = {}
    typed: Any = request.POST
    if request.method == "POST":
        try:
            told.hooks.make(request.user, *(typed.get(name, "") for name in ("name", "url", "kind")))
        except BadHook as wrong:
            errors = {wrong.field: wrong.text}
        else:
            messages.success(request, T("webhook を作りました。", "The webhook is made.")[lang()])
            return redirect("webhooks")
    mine = [(hook, told.hooks.secret_of(hook)) for hook in told.hooks.of(request.user)]
    return render(request, "web/notices/webhooks.html", {
        "hooks": mine, "errors": errors, "typed": typed, "kinds": [(k.id, k.label) for k in kinds().values()],
        "at_work": told.sender.is_at_work(),
    }, status=422 if errors else 200)  # fmt: skip


@require_POST
def webhook_end(request: HttpRequest, hook: str) -> HttpResponse:
    if told.hooks.end(request.user, hook):
        messages.success(request, T("webhook を終わらせました。", "The webhook has ended.")[lang()])
    return redirect("webhooks")


@require_POST
def message_again(request: HttpRequest, message: str) -> HttpResponse:
    """Send one of my messages that was given up once more."""
    if not told.outbox.again(message, request.user):
        raise Http404
    messages.success(request, T("もう一度送ります。", "It will be sent once more.")[lang()])
    return redirect("notices_settings")


def _messages(request: HttpRequest) -> Table | None:
    rows = [_row(row) for row in told.outbox.of(request.user)[:_SHOWN]]
    return Table(T("最近のお知らせ", "Messages of late"), _HEADS, rows) if rows else None


def _row(row: Outgoing) -> Row:
    to = told.hooks.host(row.hook) if row.hook else row.person.email
    return Row(localdate(row.made_at), (to, row.tries, row.fault, _STATES[row.state]))
