"""Error pages: what happened, why, what to do, what was kept. What the office itself fails at: `site/trouble.py`."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from kaname.access.errors import AccessError
from kaname.access.gate.expired import keep_for_confirmation
from kaname.law import T, Text

_NOTHING_DONE = T("記録は何も変わっていません。", "Nothing was changed in the records.")
_GO_BACK = T(
    "ブラウザーの「戻る」で前の画面に戻ると、入力した内容が残っています。",
    "Go back with your browser: what you entered is still there.",
)
_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, _LARGE):
        return too_large(request)

    return _page(
        request,
        400,
        T("要求を読み取れませんでした", "The request could not be read"),
        T(
            "送られた内容が、この画面の求める形ではありませんでした。",
            "It did not have the form that this page expects.",
        ),
        T("画面を開き直して、もう一度送ってください。", "Open the page again and send it once more."),
        (_NOTHING_DONE, _GO_BACK),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        413,
        T("ファイル又は入力が大きすぎます", "The file or form is too large"),
        T("一度に受け取れる大きさを超えました。", "It is larger than this office takes in one piece."),
        T(
            "ファイルを分けるか、項目を減らして、もう一度送ってください。",
            "Split the file or send fewer fields, then try again.",
        ),
        (_NOTHING_DONE, _GO_BACK),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    refused = next((one for one in exception.args if isinstance(one, AccessError)), None) if exception else None
    return _page(
        request,
        403,
        T("この画面を開く権限がありません", "You may not open this page"),
        refused.text if refused else T("あなたの権限では、この画面を使えません。", "Your mandates do not cover it."),
        T("必要なときは、管理者に権限の付与を求めてください。", "If you need it, ask an administrator for a mandate."),
        (_NOTHING_DONE,),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if address := keep_for_confirmation(request):  # logged in anew in another tab: what was typed is shown again
        return HttpResponse(headers={"HX-Redirect": address}) if "HX-Request" in request.headers else redirect(address)
    return _page(
        request,
        403,
        T("安全の確認ができませんでした", "The safety check failed"),
        T(
            "画面を開いてから時間がたったか、クッキーが使えない設定になっています。",
            "The page was open too long, or cookies are switched off.",
        ),
        T(
            "前の画面に戻り、画面を読み込み直してから、もう一度送ってください。",
            "Go back, reload the page and send it again.",
        ),
        (_NOTHING_DONE, _GO_BACK),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # Hidden and absent are the same page: the address is not repeated, the wording does not tell which it was.
    return _page(
        request,
        404,
        T("その画面はありません", "There is no such page"),
        T(
            "アドレスが違うか、その案件があなたの権限の範囲にありません。",
            "The address is wrong, or your mandates do not cover the case.",
        ),
        T(
            "番号を確かめて検索するか、受信箱から開いてください。",
            "Check the number and search, or start from the inbox.",
        ),
        (),
    )


def unprintable(request: HttpRequest, why: Text) -> HttpResponse:
    """A paper with a character that no font has."""
    return _page(
        request,
        422,
        T("この書面は作れません", "This paper cannot be made"),
        why,
        T("項目を直して、もう一度開いてください。", "Change the field and open the paper again."),
        (_NOTHING_DONE,),
    )


def _page(
    request: HttpRequest, status: int, title: Text, why: Text, todo: Text, kept: tuple[Text, ...]
) -> HttpResponse:
    values = {"title": title, "why": why, "todo": todo, "kept": kept, "status": status}
    return HttpResponse(render_to_string("web/error.html", values, request), status=status)
