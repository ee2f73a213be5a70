"""What a form asked for is done once its sender has proved who they are, and answered under the address of that proof.

There a form that names no address would go to the proof, and what was typed the second time would be lost; a link to
the page's own views likewise. So both are told where they belong. And a form whose address has a query is one as well:
allauth compares the whole address with the path alone, and would lead there empty-handed.
"""

import json
import re
from collections.abc import Callable
from html import escape

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseBase

_FORM = re.compile(r"<form\b(?![^>]*\saction=)")
_VIEW = re.compile(r'\bhref="(?=\?)')


class Resumed:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        here = request.path
        if request.method == "POST" and STATE_SESSION_KEY in request.session:
            _find_again(request)
        answer = self.get_response(request)
        # allauth does what was asked for in the same request, made into the one that was held back.
        if request.path == here or answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            return answer
        there = escape(request.path)
        page = _FORM.sub(f'<form action="{escape(request.get_full_path())}"', answer.content.decode())
        answer.content = _VIEW.sub(f'href="{there}', page).encode()
        return answer


def _find_again(request: HttpRequest) -> None:
    """Where the proof leads back to what was held back, it is told of that by its path."""
    held = json.loads(request.session[STATE_SESSION_KEY].get("request", "{}"))
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    if held.get("GET") and asked == f"{held['path']}?{held['META'].get('QUERY_STRING', '')}":
        request.POST = request.POST.copy()
        request.POST[REDIRECT_FIELD_NAME] = held["path"]
