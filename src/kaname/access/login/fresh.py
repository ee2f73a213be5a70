"""Step-up: who changes keys or people has proved within five minutes that it is still them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kaname.access.login.words import said
from kaname.law import T

_FIRST = T("先にパスキーかパスワードを設定すること。本人であることを確かめるため",
           "set up a passkey or a password first: it is asked for before this")  # fmt: skip


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose POST asks for password, code or passkey again when the last time was over five minutes ago."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            if not get_reauthentication_flows(request.user):
                messages.error(request, said(_FIRST))
                return redirect("mfa_index")
            if not did_recently_reauthenticate(request):
                raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked
