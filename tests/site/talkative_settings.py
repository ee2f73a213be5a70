"""Planted: an office that logs the address of each request, as web servers do."""

import logging

from kaname.site.settings import *  # noqa: F403


class Talkative:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        logging.getLogger("kaname.planted").info("GET %s", request.get_full_path())
        return self.get_response(request)


MIDDLEWARE = ["talkative_settings.Talkative", *MIDDLEWARE]  # noqa: F405
