"""What a form asked for is done once its sender has proved who they are, and answered under the address of that proof.

There a form that names no address would go to the proof, and what was typed the second time would be lost; a link to
the page's own views likewise. So both are told where they belong.
"""

import re
from collections.abc import Callable
from html import escape

from django.http import HttpRequest, HttpResponseBase

_FORM = re.compile(r"<form\b(?![^>]*\saction=)")
_VIEW = re.compile(r'\bhref="(?=\?)')


class Resumed:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        here = request.path
        answer = self.get_response(request)
        # allauth does what was asked for in the same request, made into the one that was held back.
        if request.path == here or answer.streaming or not answer.headers["Content-Type"].startswith("text/html"):
            return answer
        there = escape(request.path)
        page = _FORM.sub(f'<form action="{there}"', answer.content.decode())
        answer.content = _VIEW.sub(f'href="{there}', page).encode()
        return answer
