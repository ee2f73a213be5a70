"""Around the login: a password set by an invitation, what was typed before a session ended, passkeys that may go."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from kaname.access.gate import expired
from kaname.access.gate.expired import Kept
from kaname.access.login import factors, invitations, keys, logged, passwords
from kaname.access.login.strict import Strict, TooWeak
from kaname.access.login.words import said
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.procedure.declare import Field, FieldType
from kaname.procedure.index import index
from kaname.web.forms.opening import opening_acts
from kaname.web.way_back import page_here

_log = logging.getLogger("kaname.login")
_SET = T("パスワードを設定しました。ログインできます。", "Your password is set: you can log in.")
_TWICE = T(
    "二つのパスワードが同じではありません。もう一度入力してください。", "The two passwords differ. Enter them again."
)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Set a password by an invitation. A link that was used, replaced or has run out is no page at all."""
    person = invitations.invited(secret)
    if person is None:
        logged.link(request)
        raise Http404
    errors: dict[str, Text] = {}
    if request.method == "POST":
        password = request.POST.get("password1", "")
        errors = _wrong(password, request.POST.get("password2", ""), person)
        if not errors:
            if invitations.accept(secret, password) is None:
                raise Http404
            messages.success(
                request, said(T("パスワードを設定しました。ログインできます。", "Your password is set; log in."))
            )
            return redirect(f"{reverse('account_login')}{_after(request)}")
    values = {"email": person.email, "errors": errors, "help": passwords.HELP}
    return render(request, "web/account/welcome.html", values, status=422 if errors else 200)


def _after(request: HttpRequest) -> str:
    """Where the link was to lead (?next=), a page of this office only."""
    there = _here(request)
    return f"?{urlencode({'next': there})}" if there else ""


def _here(request: HttpRequest) -> str:
    """The page of this office in ?next=; "" where it is none."""
    return page_here(request.GET.get("next", ""))


def _wrong(password: str, again: str, person: Any) -> dict[str, Text]:
    try:
        validate_password(password, person)
    except ValidationError as error:
        why = [e.text for e in error.error_list if isinstance(e, passwords.Unfit)]
        return {"password1": T("。".join(t.ja for t in why), "; ".join(t.en for t in why))}
    return {} if password == again else {"password2": _TWICE}


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What was typed when the session ended, with a button that sends it on."""
    found = expired.kept(request)
    if found is None:
        expired.forget(request)
        return redirect("inbox")
    return render(request, "web/account/kept.html", {"kept": found, "shown": list(_shown(found))})


@require_http_methods(["GET", "HEAD", "POST"])
def key_first(request: HttpRequest) -> HttpResponse:
    """The office asks for a key and this person has none: to the page that adds one, or on without it for once."""
    if request.method == "POST":
        keys.go_on_without(request)
    if not request.session.get(keys.LACKING):
        return redirect(_here(request) or reverse("inbox"))
    return render(request, "web/account/key_first.html", {"bound": request.user.office.keys_bound})


_HEAD = {"act.on": T("行為の日", "day of the act"), "act.party": T("する者の名", "name of the one who acts"),
         "act.run": T("手続の名", "name of the run")}  # fmt: skip
_FLAG = {"yes": T("はい", "Yes"), "no": T("いいえ", "No")}
_TECHNICAL = ("key", "seq", "step", "page", "over")


def _shown(found: Kept) -> Iterator[tuple[Text, Text]]:
    """What was typed, under the words of the form it was typed into, as far as that is the form of an act."""
    fields = _fields(found.path)
    for name, value in found.fields:
        first, *rest = name.split(".")
        field, label = fields.get(first), _HEAD.get(name) or T(name, name)
        if name in _TECHNICAL or not value.strip():
            continue
        if field is not None:
            column = next((c.label for c in field.columns if rest and c.id == rest[-1]), None)
            label = T(f"{field.label.ja}：{column.ja}", f"{field.label.en}: {column.en}") if column else field.label
        options = {o.id: o.label for o in field.options} if field else {}
        flag = _FLAG.get(value) if field and field.type is FieldType.FLAG else None
        yield label, options.get(value) or flag or T(value, value)


def _fields(path: str) -> Mapping[str, Field]:
    """The fields of the act whose form is at a path, {} where none is."""
    at = resolve(path.partition("?")[0]).kwargs
    opening = (of for id, kind in kinds().items() if id == at.get("kind") for of in opening_acts(kind))
    acts = (of for kind in kinds().values() if (of := index(kind).acts.get(at.get("name", ""))))
    return {id: field for of in (*opening, *acts) for id, field in of.fields.items()}


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """allauth's page, unless the factor is needed beside a short password."""
    found = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    if not factors.may_go(found):
        messages.error(request, factors.Factors.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    answer: HttpResponse = remove_webauthn(request, pk=pk)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth's way to another organisation; one that does not answer is told, not crashed upon."""
    return _there(OAuth2LoginView, request, provider_id)


@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """And back from there. Who logged in by weaker means than the office asks for is told which it asks for."""
    try:
        return _there(OAuth2CallbackView, request, provider_id)
    except TooWeak as weak:
        _log.warning("login through %s refused: %s", provider_id, weak.args[0].en)
        logged.failed(request, logged.ORGANISATION)
        messages.error(request, said(weak.args[0]))
        return redirect("account_login")


def _there(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Strict(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, OAuth2Error, ValueError, KeyError):  # no answer, or none that describes this login
        _log.warning("the organisation %s cannot be asked", provider_id, exc_info=True)
        return redirect("socialaccount_login_error")
    return answer


@require_GET
def cancelled(request: HttpRequest) -> HttpResponse:
    messages.info(request, said(T("ログインを取りやめました。", "The login was cancelled.")))
    return redirect("account_login")


@require_GET
def failed(request: HttpRequest) -> HttpResponse:
    text = T("相手の機関でのログインができませんでした。もう一度試すか、パスワード又はパスキーで入ってください。",
             "The login at the other organisation failed. Try again, or use your password or passkey.")  # fmt: skip
    messages.error(request, said(text))
    return redirect("account_login")
