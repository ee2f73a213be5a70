"""A word about what was done, shown on the next page."""

from django.contrib import messages
from django.http import HttpRequest

from kaname.law import Text
from kaname.web.templatetags.kaname import say


def done(request: HttpRequest, text: Text) -> None:
    messages.success(request, say(text))
