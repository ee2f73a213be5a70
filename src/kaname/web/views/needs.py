"""What a door answers when something leaves only with approval: the way to the form that asks for it, and no byte."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kaname.access.custody.api import NeedsApproval


def to_ask(wrong: NeedsApproval) -> HttpResponse:
    return redirect(f"{reverse('custody', args=[wrong.case])}?{urlencode({'what': wrong.what})}#ask")
