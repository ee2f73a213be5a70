"""Step-up: who changes keys or people, opens a sealed document, or takes away what leaves whole, has proved within five
minutes that it is still them."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import (
    STATE_SESSION_KEY,
    did_recently_reauthenticate,
    get_reauthentication_flows,
    suspend_request,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

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


def unproved(request: HttpRequest) -> HttpResponse | None:
    """None where the person has proved it within five minutes; else the page that asks, and leads back to what was
    asked for: an address is gone to again, a form is done as it was sent."""
    if proved(request):
        return None
    ways = get_adapter().get_reauthentication_methods(request.user)
    answer: HttpResponse = suspend_request(request, ways[0]["url"])
    return answer


def proved(request: HttpRequest) -> bool:
    """Who comes in by another organisation's login alone has no way here to prove it, and is not asked."""
    return bool(did_recently_reauthenticate(request))


def held_back(request: HttpRequest) -> str:
    """What the proof is asked for: a "form" that was sent, a "file", or a "page"."""
    there = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    held = json.loads(request.session.get(STATE_SESSION_KEY, {}).get("request", "{}"))
    if there and held.get("path") == there.partition("?")[0]:
        return "form"
    own = reverse("account_reauthenticate").removesuffix("reauthenticate/")  # pages of one's account hand out no file
    return "page" if not there or there.startswith(own) else "file"


def to_take(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that hands out what leaves whole, or what is sealed."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return unproved(request) or view(request, *args, **kwargs)

    return asked
