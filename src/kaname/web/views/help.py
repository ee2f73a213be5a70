"""Help: the keys and the marks of states; the words stand in the glossary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.law import T
from kaname.web.keys import KEYS, Where

STATES = (
    ("running", None, T("期間が進んでいます。", "The period runs.")),
    ("due_soon", 3, T("末日が近づいています。", "Its last day is near.")),
    (
        "overdue",
        2,
        T("末日を過ぎても履行の記録がありません。", "Its last day has passed and nothing shows it was met."),
    ),
    ("stopped", None, T("期間が止まっています。", "The period is stopped.")),
    ("met", None, T("履行した記録があります。", "The record shows it was met.")),
    ("lapsed", None, T("期間が終わりました。", "The period is over.")),
    ("ban", None, T("この日、この行為は禁じられています。", "On this day the act is forbidden.")),
    ("freed", None, T("禁止が解けています。", "The ban is lifted.")),
    (
        "unverified",
        None,
        T(
            "法令の読み方が定まっていません。安全な側の日を示します。",
            "The law is unclear here; the safe day is shown.",
        ),
    ),
)


def help_page(request: HttpRequest) -> HttpResponse:
    return render(
        request, "web/help.html", {"keys": [(w, [k for k in KEYS if k.where is w]) for w in Where], "states": STATES}
    )
